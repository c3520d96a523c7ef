"""Taking over, looking up and keeping apart configurations: `import_`, `.get()`, `Provider`, secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.orchestrator import (
    FULL,
    NEEDED,
    SERVICE,
    Code,
    Orchestrator,
    configuration,
    ids,
    urn,
)
from tests.engine.stack import ACCOUNT, Stack

MISSING = "conv_configuration_00000000000000000000000000"
OTHER = "AC" + "2" * 32


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(operation_time=0.3) as running:
        yield running


@pytest.fixture
def colleague(emulator: Emulator) -> Orchestrator:
    return Orchestrator(emulator)


def test_import_writes_only_where_something_differs(stack: Stack, colleague: Orchestrator) -> None:
    same = colleague.add("Support", description="Customer support")
    differs = colleague.add("By hand", conversationsV1Bridge={"serviceId": SERVICE})
    program = configuration("same", NEEDED, f"import_={same!r}") + configuration(
        "differs", FULL, f"import_={differs!r}"
    )

    stack.write(program)
    for verb in (stack.preview, stack.up):
        said = verb()
        assert f"this resource adopts {same} without a change: it is as the program says" in said
        assert f"this resource adopts {differs}, and overwrites what is there:" in said
        for line in ('display_name: "By hand" -> "Support"', "channel_settings.CHAT: nothing -> {"):
            assert said.count(line) == 1, said
    assert ids(stack) == {"same": same, "differs": differs}
    assert colleague.new_writes() == ["PUT"]
    shown = colleague.all()[differs]
    assert (shown["displayName"], shown["version"]) == ("Support", 2)
    stack.assert_settled()
    stack.up(configuration("same", NEEDED) + configuration("differs", FULL))
    assert colleague.new_writes() == []
    stack.assert_settled()


def test_import_of_what_can_not_be_taken_over_makes_nothing(stack: Stack, colleague: Orchestrator) -> None:
    stack.up(configuration("holder"))
    held = ids(stack)["holder"]
    colleague.new_writes()

    missing = configuration("missing", NEEDED, f"import_={MISSING!r}")
    said = stack.up(configuration("holder") + missing, fails=True)
    assert f"{MISSING} does not exist in account {ACCOUNT}" in said

    thief = configuration("thief", NEEDED, f"import_={held!r}, depends_on=[holder]")
    said = stack.up(configuration("holder") + thief, fails=True)
    assert f"{held} is managed by two resources, the other one is {urn(stack, 'holder')}" in said
    assert colleague.new_writes() == []
    assert ids(stack) == {"holder": held}
    stack.up(configuration("holder"))
    stack.assert_settled()


def test_import_with_another_grouping_type_says_so_and_changes_nothing(
    stack: Stack, colleague: Orchestrator
) -> None:
    id = colleague.add("Support", conversationGroupingType="GROUP_BY_PARTICIPANT_ADDRESSES")
    before = colleague.all()

    stack.write(configuration("support", NEEDED, f"import_={id!r}"))
    for verb in (stack.preview, stack.up):
        said = verb(fails=True)
        assert f"{id} can't become what the program says: conversation_grouping_type can't be changed" in said
        assert "give conversation_grouping_type the value that the object has" in said
    assert colleague.all() == before
    assert colleague.new_writes() == []
    fitting = {**NEEDED, "conversation_grouping_type": "GROUP_BY_PARTICIPANT_ADDRESSES"}
    stack.up(configuration("support", fitting, f"import_={id!r}"))
    assert ids(stack) == {"support": id}
    stack.assert_settled()


def test_get_shows_what_is_there_and_never_touches_it(stack: Stack, colleague: Orchestrator) -> None:
    id = colleague.add("Support", statusCallbacks=[{"url": "https://desk.example.com"}])
    program = """
        desk = twilio.orchestrator.Configuration.get("desk", "{id}")
        for name in ("configuration_id", "display_name", "status_callbacks", "version", "account_sid"):
            pulumi.export(name, getattr(desk, name))
    """

    stack.up(program.format(id=id))

    expected = {
        "configuration_id": id,
        "display_name": "Support",
        "status_callbacks": [{"url": "https://desk.example.com", "method": "POST"}],
        "version": 1,
        "account_sid": ACCOUNT,
    }
    assert stack.outputs() == expected
    colleague.change(id, displayName="By hand", statusCallbacks=[])
    stack.refresh()
    stack.up()
    assert (stack.outputs()["display_name"], stack.outputs()["version"]) == ("By hand", 2)
    stack.assert_settled()
    said = stack.up(program.format(id=MISSING), fails=True)
    assert f"{MISSING} does not exist in account {ACCOUNT}" in said
    stack.destroy()
    assert colleague.new_writes() == []
    assert set(colleague.all()) == {id}


def test_a_provider_makes_them_in_its_own_account(stack: Stack, emulator: Emulator) -> None:
    stack.environment["ACME_TOKEN"] = stack.secret("canary-of-acme")
    program = (
        f"""
import os
acme = Provider("acme", twilio_account_sid="{OTHER}", twilio_auth_token=os.environ["ACME_TOKEN"])
"""
        + configuration("own")
        + configuration("theirs", FULL, "provider=acme")
        + 'pulumi.export("accounts", [own.account_sid, theirs.account_sid])\n'
    )

    stack.up(program)

    assert stack.outputs() == {"accounts": [ACCOUNT, OTHER]}
    made = ids(stack)
    assert set(Orchestrator(emulator).all()) == {made["own"]}
    assert set(Orchestrator(emulator, OTHER).all()) == {made["theirs"]}
    stack.assert_settled()
    stack.destroy()
    assert Orchestrator(emulator, OTHER).all() == {}


def test_secrets_in_an_argument_are_nowhere_in_plain(stack: Stack, colleague: Orchestrator) -> None:
    stack.secret("canary")
    urls = (
        "https://user:canary-password@desk.example.com/a",
        "https://desk.example.com/b?token=canary-token",
    )
    arguments = {
        **NEEDED,
        "status_callbacks": [{"url": Code(f"pulumi.Output.secret({url!r})")} for url in urls],
        "channel_settings": {
            "SMS": {"capture_rules": [{"from_": "*", "to": "*", "metadata": {"key": Code("hidden")}}]}
        },
    }
    hidden = 'hidden = pulumi.Output.secret("canary-of-metadata")\n'
    export = "".join(
        f'pulumi.export("{name}", support.{name})\n'
        for name in ("status_callbacks", "channel_settings", "configuration_id")
    )
    stack.up(hidden + configuration("support", arguments) + export)

    assert [item["url"] for item in colleague.only()["statusCallbacks"]] == list(urls)
    colleague.change(
        ids(stack)["support"],
        statusCallbacks=[{"url": "https://user:canary-by-hand@desk.example.com/a"}, {"url": urls[1]}],
    )
    stack.refresh()
    stack.preview()
    stack.up(hidden + configuration("support", {**arguments, "description": "Help"}) + export)

    assert [item["url"] for item in colleague.only()["statusCallbacks"]] == list(urls)
    shown = json.loads(stack.run("stack", "output", "--json").output)
    assert shown["configuration_id"] == ids(stack)["support"]
    stack.assert_settled()


def test_a_secret_in_a_list_stays_one_wherever_the_vendor_shows_it(
    stack: Stack, colleague: Orchestrator
) -> None:
    stack.secret("canary")
    callbacks = [
        {"url": "https://desk.example.com/status"},
        {"url": Code('pulumi.Output.secret("https://canary.example.com/status")')},
    ]
    stack.up(configuration("support", {**NEEDED, "status_callbacks": callbacks}))

    shown = colleague.only()["statusCallbacks"]
    colleague.change(ids(stack)["support"], statusCallbacks=[shown[1], shown[0]])
    stack.refresh()

    stack.assert_settled()
