"""What a resource class registers with the engine, and what its outputs are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pulumi
from pulumi.output import Unknown
from pulumi_switchboard import twilio, ultravox

from tests.dynamic.host import PROVIDER as PICKLED
from tests.program.cloud import PROVIDER, SECRET, Cloud, Registered
from tests.promises import proves

TOKEN = "pulumi-python:dynamic/twilio/voice:ClientConfiguration"
URL = "https://desk.example.com/calls"


def client(
    name: str = "support", opts: pulumi.ResourceOptions | None = None, url: Any = URL, **arguments: Any
) -> twilio.voice.ClientConfiguration:
    return twilio.voice.ClientConfiguration(name, opts, call_notification={"url": url}, **arguments)


def registered(program: Callable[[], Any], *, preview: bool = False) -> Registered:
    return Cloud().run(program, preview=preview).one("support")


def test_a_resource_is_registered_with_its_type_arguments_and_identity() -> None:
    class Desk(twilio.voice.ClientConfiguration):
        """A subclass is of its parent's type."""

    for kind in (twilio.voice.ClientConfiguration, Desk):
        found = registered(partial(kind, "support", call_notification={"url": URL}, description="Desk"))

        assert found.type == TOKEN
        assert found.properties == {
            "__provider": PICKLED,
            "_stack": "switchboard-id",
            "_resource": "twilio/voice:ClientConfiguration::support",
            "call_notification": {"url": URL},
            "description": "Desk",
        }
        assert found.secrets == set()


@proves("identity.stacks-apart")
def test_a_preview_leaves_the_identity_of_a_new_stack_open() -> None:
    found = registered(client, preview=True)

    assert isinstance(found.properties["_stack"], Unknown)
    assert found.properties["_resource"] == "twilio/voice:ClientConfiguration::support"


@proves("import.adopts")
def test_an_import_becomes_a_hidden_input_and_the_programs_options_stay() -> None:
    opts = pulumi.ResourceOptions(import_="id-7")
    found = registered(lambda: client(opts=opts))

    assert (found.properties["_import"], found.request.importId) == ("id-7", "")
    assert (opts.import_, opts.provider, opts.additional_secret_outputs) == ("id-7", None, None)


@proves("import.adopts")
def test_an_id_to_adopt_that_is_not_known_yet_stays_open() -> None:
    def program() -> None:
        import_: Any = client("other").configuration_id
        client(opts=pulumi.ResourceOptions(import_=import_))

    found = Cloud(has_ids=False).run(program, preview=True).one("support")
    assert isinstance(found.properties["_import"], Unknown)


@proves("import.adopts")
def test_a_preview_knows_the_id_of_an_object_that_will_be_adopted() -> None:
    imports: tuple[tuple[Callable[[], Any], bool], ...] = (
        (lambda: "id-7", True),
        (lambda: pulumi.Output.from_input("id-7"), True),
        (lambda: client("other").configuration_id, False),
        (lambda: None, False),
    )
    for import_, is_known in imports:

        def program(import_: Callable[[], Any] = import_) -> dict[str, pulumi.Output[Any]]:
            return {"id": client(opts=pulumi.ResourceOptions(import_=import_())).configuration_id}

        assert Cloud(has_ids=False).values(program, preview=True) == ({"id": "id-7"} if is_known else {})
        for preview in (True, False):
            assert Cloud().values(program, preview=preview) == {"id": "support-id"}


@proves("read.get")
def test_a_look_up_names_the_object_and_registers_nothing() -> None:
    cloud = Cloud({"unique_name": "desk"})

    found = cloud.values(lambda: {"name": twilio.voice.ClientConfiguration.get("there", "id-7").unique_name})

    assert found == {"name": "desk"}
    assert cloud.names(TOKEN) == set()


@proves("secret.outputs")
def test_a_secret_argument_is_a_secret_as_a_whole_and_named() -> None:
    found = registered(lambda: client(description=pulumi.Output.secret(SECRET)))
    assert (found.secrets, found.properties["_secret"]) == ({"description"}, ["description"])

    def telephony() -> None:
        mapping: dict[str, Any] = {"a": pulumi.Output.secret(SECRET), "b": "c"}
        for name, given in (("support", mapping), ("bare", None)):
            ultravox.TwilioTelephony(name, account_sid="AC1", auth_token="t", request_context_mapping=given)

    cloud = Cloud().run(telephony)
    found, bare = cloud.one("support"), cloud.one("bare")
    assert found.properties["_secret"] == ["request_context_mapping"]
    assert found.properties["request_context_mapping"] == {"a": SECRET, "b": "c"}
    assert found.secrets - bare.secrets == {"request_context_mapping"}
    assert "auth_token" in bare.secrets
    assert "_secret" not in bare.properties


@proves("secret.webhook-urls")
def test_an_argument_whose_url_has_userinfo_or_a_query_is_a_secret() -> None:
    plain = (URL, f"{URL}#part", "https://desk.example.com/u@h")
    hidden = (
        *("https://user@desk.example.com", "https://user:password@desk.example.com/calls"),
        *("HTTPS://desk.example.com?token=7", f"{URL}?token"),
    )

    def client_of(url: str) -> None:
        client(url=pulumi.Output.from_input(url))

    for url in (*plain, *hidden):
        found = registered(partial(client_of, url))

        assert found.secrets == ({"call_notification"} if url in hidden else set())
        assert found.properties["call_notification"] == {"url": url}
        assert "_secret" not in found.properties


def test_a_url_that_is_not_known_yet_is_no_secret_so_far_and_prose_never_is() -> None:
    def program() -> None:
        later = client("first").date_created.apply(lambda date: f"https://desk.example.com/?{date}")
        client(url=later, description="https://desk.example.com/?page=3 says more")

    assert registered(program, preview=True).secrets == set()


@proves("text.unusual-values")
def test_a_text_that_a_terminal_or_pulumi_obeys_is_a_secret() -> None:
    for text in ("<{%x%}>", "\x1b[31mred", "\x9b31m", "\u202etxt.exe"):
        assert registered(partial(client, description=text)).secrets == {"description"}
    assert registered(partial(client, description="Zoë\n\t😀 <{x}> אב")).secrets == set()


def test_an_argument_that_can_be_awaited_once_is_awaited_once() -> None:
    async def later(value: str) -> str:
        return value

    def program() -> None:
        mapping, ids = {"a": later("b")}, [later("c")]
        arguments: dict[str, Any] = {
            "request_context_mapping": mapping,
            "call_creation_allowed_agent_ids": ids,
        }
        ultravox.TwilioTelephony("support", account_sid=later("AC1"), auth_token="t", **arguments)

    properties = registered(program).properties

    assert properties["account_sid"] == "AC1"
    assert properties["request_context_mapping"] == {"a": "b"}
    assert properties["call_creation_allowed_agent_ids"] == ["c"]


@proves("program.typed")
def test_outputs_are_what_their_types_say() -> None:
    notification = {"url": URL, "method": "POST", "a": {"z": 3.0, "b": [1.0, 2.5]}}
    cloud = Cloud({"call_notification": notification, "account_sid": "AC1"})
    names = ("call_notification", "configuration_id", "account_sid", "date_created")

    def program() -> dict[str, pulumi.Output[Any]]:
        support = client()
        return {name: getattr(support, name) for name in names}

    found = cloud.values(program)

    shown = found["call_notification"]
    assert (list(shown), list(shown["a"])) == (["a", "method", "url"], ["b", "z"])
    assert repr((shown["a"]["z"], shown["a"]["b"])) == "(3, [1, 2.5])"
    assert [found[name] for name in names[1:]] == ["support-id", "AC1", None]


def test_only_a_program_with_a_resource_of_ours_has_a_provider_of_ours() -> None:
    assert Cloud().run(lambda: None).names(PROVIDER) == set()
    for _ in range(2):
        assert Cloud().run(client).names(PROVIDER) == {"switchboard"}, "each run has its own"
