"""The functions that look objects up in a program."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from threading import Thread
from typing import Any

import pulumi
import pytest
from pulumi.resource import DependencyProviderResource
from pulumi.runtime.mocks import MockCallArgs
from pulumi_switchboard import Provider, definitions, twilio, ultravox
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold
from pulumi_switchboard.program.results import dataclass
from pulumi_switchboard.transport.session import SessionTransport

from tests.conformance.vendor import ACCOUNT, TOKEN
from tests.conformance.world import SETTINGS, World, each, each_sample, new_world
from tests.engine.account import Account
from tests.program.cloud import Cloud
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample
from tools.generate.lookups import LookUps, look_ups

OTHER = "AC" + "2" * 32
STORES = [sample for sample in every() if sample.type == "twilio/memory:Store"]
CLIENTS = [sample for sample in every() if sample.type == "twilio/voice:ClientConfiguration"]
LATE = object()
"""Stands for an output, which can only be made in a run."""
REFERENCE = "urn:pulumi:dev::proof::pulumi:providers:pulumi-python::of another program::id"
Found = dict[str, Any]
SOON = 20.0
"""Seconds within which a program that fails has ended; a request without an answer takes 30."""
FAILING = """
import asyncio
import sys

import pulumi
from pulumi_switchboard import twilio

from tests.program.cloud import Cloud


async def fail():
    await asyncio.to_thread(sys.stdin.readline)
    raise pulumi.RunError("it fails")


def program():
    return pulumi.Output.all(twilio.voice.list_client_configurations_output(), fail())


Cloud(state={}).run(program)
"""
"""A program that fails when it is told to."""


@pytest.fixture
def world(sample: Sample) -> Iterator[World]:
    """The type of the sample, at an emulator with the default switches."""
    with new_world(sample) as made:
        yield made


def run(program: Callable[[], Any], config: Mapping[str, str] = SETTINGS, **options: Any) -> Cloud:
    """Run the program with the vendor in place of mocks."""
    return Cloud(state={}).run(program, config, secret=("twilio:authToken", "ultravox:apiKey"), **options)


def values(program: Callable[[], Mapping[str, Any]], **options: Any) -> Found:
    """The values that the outputs have, `None` in place of unknown ones, and which of them are secret."""
    found: Found = {}

    async def note(name: str, value: Any) -> None:
        output = pulumi.Output.from_input(value)
        found[name] = await output.future(), await output.is_secret(), await output.is_known()

    def declare() -> Any:
        return pulumi.Output.all(*(note(name, value) for name, value in program().items()))

    found["cloud"] = run(declare, **options)
    return found


def functions(world: World) -> tuple[LookUps, Any]:
    """The look-ups of the type, and the module that has them."""
    definition = definitions.find(world.sample.type)
    return look_ups(definition), import_module(f"pulumi_switchboard.{definition.name.rpartition('.')[0]}")


@proves("look-up.finds", "look-up.no-state")
@each_sample
def test_each_form_shows_what_the_resource_shows(world: World) -> None:
    found, module = functions(world)
    world.engine.up(world.maximal)
    keys: list[tuple[str, ...]] = [(key,) for key in found.keys] or [()]
    outputs = {**world.saved.outputs, "id": world.saved.id}

    def program() -> Found:
        shown: Found = {}
        for key in keys:
            given = {name: outputs[name] for name in key}
            shown[f"{key}"] = getattr(module, found.get)(**given)
            shown[f"{key} as an output"] = getattr(module, f"{found.get}_output")(**given)
        if found.list_all:
            (shown["listed"],) = getattr(module, found.list_all)()
            shown["listed as an output"] = getattr(module, f"{found.list_all}_output")().apply(
                lambda every: every[0]
            )
        return shown

    with world.without_writes():
        said = values(program)
    assert said.pop("cloud").names() == set(), "a resource was declared"
    expected = getattr(module, found.result)(**{field.name: outputs.get(field.name) for field in found.shown})
    assert {name: value for name, (value, _, _) in said.items()} == dict.fromkeys(said, expected)
    for name, (value, is_secret, _) in said.items():
        assert is_secret == (name.endswith("output") and bool(world.sample.secrets)), name
        assert not any(secret in repr(value) for secret in world.sample.secrets)


@proves("look-up.missing", "look-up.errors")
@each(STORES)
def test_a_missing_object_ends_the_program_with_one_text(world: World) -> None:
    world.add_outside({"displayName": "customer"})
    text = (
        f'twilio.memory.get_store: no memory store named "customers" in {ACCOUNT} '
        '(1 exists; closest: "customer")\n'
        "  What to do: correct it in the program, or check that the credentials are those of its account"
    )
    forms: list[Callable[..., Any]] = [twilio.memory.get_store, twilio.memory.get_store_output]
    for form in forms:
        with pytest.raises(pulumi.RunError) as missing:
            run(partial(form, display_name="customers"))
        assert str(missing.value) == text
        assert missing.value.__cause__ is None
    with pytest.raises(pulumi.RunError, match=r'named "\[secret\]" in') as missing:
        run(lambda: twilio.memory.get_store_output(display_name=pulumi.Output.secret("canary-name")))
    assert "canary" not in str(missing.value)


def late(value: Any) -> Any:
    """The value, with an output in place of what stands for one."""
    return pulumi.Output.from_input("a") if value is LATE else value


def test_arguments_that_say_no_object_are_refused_before_a_request() -> None:
    def get_with(given: Found) -> Any:
        return twilio.memory.get_store(**{name: late(value) for name, value in given.items()})

    cases: list[tuple[Found, str]] = [
        ({}, "id or display_name is missing\n  What to do: give exactly one of them"),
        (
            {"id": "a", "display_name": "b"},
            "id and display_name are given together\n  What to do: give exactly",
        ),
        ({"id": ""}, "id is empty, or not a text"),
        ({"display_name": 5}, "display_name is empty, or not a text"),
        ({"id": LATE}, "id can't be an output, because the look-up is made at once"),
    ]
    for given, text in cases:
        with pytest.raises(pulumi.RunError) as refused:
            run(partial(get_with, given))
        assert str(refused.value).startswith(f"twilio.memory.get_store: {text}")
    with pytest.raises(pulumi.RunError, match="memory_store_id is empty"):
        run(lambda: twilio.orchestrator.list_configurations_output(memory_store_id=""))

    def waiting() -> pulumi.InvokeOutputOptions:
        return pulumi.InvokeOutputOptions(depends_on=[acme()])

    with pytest.raises(pulumi.RunError, match="depends_on has no effect here"):
        run(lambda: twilio.memory.get_store_output(id="a", opts=waiting()))


def acme(**given: Any) -> Provider:
    return Provider("acme", twilio_account_sid=OTHER, **{"twilio_auth_token": TOKEN, **given})


class Office(pulumi.ComponentResource):
    """A component."""

    def __init__(self, **options: Any) -> None:
        super().__init__("proof:index:Office", "office", None, pulumi.ResourceOptions(**options))


def invoke(**options: Any) -> pulumi.InvokeOptions:
    return pulumi.InvokeOptions(**options)


@proves("look-up.settings", "credentials.second-account", "credentials.one-source")
@each(CLIENTS)
def test_a_look_up_has_the_settings_of_its_provider_or_its_parents_or_the_stacks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = world.add_outside()
    body = {"unique_name": "theirs", "configuration": world.objects[own]["configuration"]}
    theirs = world.vendor.request("POST", f"/{world.sample.collection}", json=body, account=OTHER)["id"]

    def ids(opts: Callable[[], pulumi.InvokeOptions | None]) -> list[str]:
        found = values(
            lambda: {"found": twilio.voice.list_client_configurations_output(opts=opts())}, config=settings
        )
        assert found["found"][1:] == (False, True), "only the credentials are secret"
        return [one.configuration_id for one in found["found"][0]]

    settings: Mapping[str, str] = SETTINGS
    assert [theirs] == ids(lambda: invoke(provider=acme()))
    assert [theirs] == ids(lambda: invoke(parent=Office(providers=[acme()])))
    assert [theirs] == ids(lambda: invoke(provider=acme(twilio_auth_token=pulumi.Output.secret(TOKEN))))
    assert [own] == ids(lambda: invoke(parent=Office()))
    assert [own] == ids(lambda: invoke(provider=pulumi.ProviderResource("aws", "theirs")))
    assert [own] == ids(lambda: None)
    list_all = twilio.voice.list_client_configurations_output
    both = values(lambda: {"own": list_all(), "theirs": list_all(opts=invoke(provider=acme()))})
    assert [both[name][0][0].configuration_id for name in ("own", "theirs")] == [own, theirs]
    settings = {name: value for name, value in SETTINGS.items() if name != "twilio:authToken"}
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", TOKEN)
    assert [own] == ids(lambda: None)


@proves("look-up.settings", "look-up.outputs", "credentials.misspelled")
def test_a_provider_whose_settings_cannot_be_used_is_refused() -> None:
    def get(opts: Callable[[], pulumi.InvokeOptions]) -> Callable[[], Any]:
        return lambda: twilio.memory.get_store(id="a", opts=opts())

    for opts, text in (
        (
            lambda: invoke(provider=acme(twilio_auth_token=pulumi.Output.secret(TOKEN))),
            "twilio.memory.get_store: the look-up is made at once, and twilio_auth_token of",
        ),
        (
            lambda: invoke(provider=pulumi.ProviderResource("pulumi-python", "own")),
            "the provider 'own' is for dynamic resources",
        ),
        (
            lambda: invoke(parent=Office(providers={"switchboard": DependencyProviderResource(REFERENCE)})),
            "the parent has a provider of another program",
        ),
        (
            lambda: invoke(provider=acme(endpoint="")),
            "twilio.memory.get_store: switchboard:endpoint in the configuration is empty",
        ),
    ):
        with pytest.raises(pulumi.RunError) as refused:
            run(get(opts))
        assert str(refused.value).startswith(text)
    with pytest.raises(pulumi.RunError, match="does not read switchboard:endpiont"):
        run(get(invoke), {**SETTINGS, "switchboard:endpiont": "x"})


@proves("look-up.outputs")
@each(STORES)
def test_an_output_is_unknown_while_its_arguments_or_its_provider_are(world: World) -> None:
    world.add_outside({"displayName": "customers"})
    get = twilio.memory.get_store_output

    def program() -> Found:
        unknown: Any = pulumi.Output.from_input(pulumi.output.UNKNOWN)
        return {
            "argument": get(id=unknown),
            "provider": get(display_name="customers", opts=invoke(provider=acme(twilio_auth_token=unknown))),
            "known": get(display_name=pulumi.Output.from_input("customers")).description,
            "secret": get(display_name=pulumi.Output.secret("customers")),
        }

    found = values(program, preview=True)
    shown = {name: value[1:] for name, value in found.items() if name != "cloud"}
    assert shown == {
        "argument": (False, False),
        "provider": (False, False),
        "known": (False, True),
        "secret": (True, True),
    }


@proves("look-up.few-requests")
@each(STORES)
def test_the_look_ups_of_a_run_share_their_connections_and_a_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add_outside({"displayName": "customers"})
    made: list[SessionTransport] = []
    initialise = SessionTransport.__init__

    def noted(transport: SessionTransport, *given: Any) -> None:
        made.append(transport)
        initialise(transport, *given)

    monkeypatch.setattr(SessionTransport, "__init__", noted)

    def program() -> Found:
        twilio.memory.list_stores()
        outputs = [twilio.memory.get_store_output(display_name="customers") for _ in range(3)]
        return {str(place): output for place, output in enumerate(outputs)}

    for runs in (1, 2):
        values(program)
        assert len(made) == runs
    lists = [entry for entry in world.vendor.requests() if entry.endswith("/Stores")]
    assert len(lists) == 2 * len(["list_stores", "by name"])


@proves("look-up.no-delay")
@pytest.mark.parametrize("at", ["", "/{id}"], ids=["the list", "an object"])
def test_a_program_that_fails_does_not_wait_for_its_look_ups(at: str) -> None:
    with Emulator() as emulator:
        account = Account(emulator)
        for number in range(20):
            account.add(CLIENTS[0], {"unique_name": f"desk-{number}"})
        settings = {
            "TWILIO_ACCOUNT_SID": account.account,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "SWITCHBOARD_ENDPOINT": emulator.url,
        }
        with (
            emulator.inject(f"GET voice.twilio.com/v2/Configurations/Client{at}", Hold()) as held,
            subprocess.Popen(
                [sys.executable, "-c", FAILING],
                env={**os.environ, **settings},
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ) as process,
        ):
            held.wait()
            began = time.monotonic()
            _, said = process.communicate("\n")
            assert time.monotonic() - began < SOON
    assert said.splitlines()[-1].endswith("it fails")


@dataclasses.dataclass
class Mocked(Cloud):
    """Answers look-ups as a user's mocks do."""

    answer: Any = None
    called: list[tuple[str, Found, str]] = dataclasses.field(default_factory=list)

    def call(self, args: MockCallArgs) -> Any:
        self.called.append((args.token, args.args, args.provider.split("::")[-1]))
        return self.answer


@proves("look-up.mocks")
def test_pulumis_mocks_answer_look_ups() -> None:
    shown: Found = {}

    def note(name: str, value: Any) -> Any:
        return pulumi.Output.from_input(value).apply(lambda known: shown.update({name: known}))

    def one() -> Any:
        note("now", twilio.memory.get_store(display_name="customers"))
        found = twilio.memory.get_store_output(id=pulumi.Output.from_input("a"), opts=invoke(provider=acme()))
        return note("later", found)

    cloud = Mocked(answer={"store_id": "mem_store_1", "version": 3})
    cloud.run(one)
    assert cloud.called == [
        ("switchboard:twilio/memory:getStore", {"display_name": "customers"}, ""),
        ("switchboard:twilio/memory:getStore", {"id": "a"}, "acme-id"),
    ]
    assert shown["now"] == shown["later"]
    assert (shown["now"].store_id, shown["now"].version, shown["now"].status) == ("mem_store_1", 3, None)
    assert isinstance(shown["now"].version, int)

    def several() -> Any:
        note("now", twilio.orchestrator.list_configurations(memory_store_id="mem"))
        return note("later", twilio.orchestrator.list_configurations_output())

    cloud = Mocked(answer={"items": [{"configuration_id": "a"}, {"configuration_id": "b"}]})
    cloud.run(several)
    assert [call[:2] for call in cloud.called] == [
        ("switchboard:twilio/orchestrator:listConfigurations", {"memory_store_id": "mem"}),
        ("switchboard:twilio/orchestrator:listConfigurations", {}),
    ]
    assert [one.configuration_id for one in shown["later"]] == ["a", "b"]
    with pytest.raises(pulumi.RunError, match="id or display_name is missing"):
        Mocked().run(twilio.memory.get_store)
    cloud = Mocked(answer={"call_creation_allow_all_agents": True})
    cloud.run(lambda: note("setting", ultravox.get_twilio_telephony()))
    assert shown["setting"].call_creation_allow_all_agents is True


def test_a_late_dataclass_is_a_dataclass() -> None:
    def made() -> Any:
        @dataclass(frozen=True)
        class Example:
            shown: int
            hidden: str = dataclasses.field(repr=False)

        return Example

    for first in (
        lambda kind: [field.name for field in dataclasses.fields(kind)],
        lambda kind: dataclasses.asdict(kind(1, "a")),
        lambda kind: kind(shown=1, hidden="a"),
        dataclasses.is_dataclass,
    ):
        kind = made()
        assert first(kind)
        example = kind(1, hidden="a")
        assert example == kind(1, "a") != kind(2, "a")
        assert repr(example).endswith("Example(shown=1)")
        assert dataclasses.asdict(example) == {"shown": 1, "hidden": "a"}
        with pytest.raises(dataclasses.FrozenInstanceError):
            example.shown = 2


def test_a_late_dataclass_is_made_once_in_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True)
    class Example:
        shown: int

    make, others, found = dataclasses.dataclass, list[Thread](), list[int]()

    def make_while_another_thread_asks(**options: Any) -> Any:
        others.append(Thread(target=lambda: found.append(len(dataclasses.fields(Example)))))
        others[-1].start()
        others[-1].join(0.1)
        return make(**options)

    monkeypatch.setattr(dataclasses, "dataclass", make_while_another_thread_asks)
    assert len(dataclasses.fields(Example)) == 1
    (other,) = others
    other.join()
    assert found == [1]
