"""Who the resource is: renames, moves and replacements, look-ups and imports, other accounts."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.defaults import NEVER, SHORT
from tests.engine.stack import ACCOUNT, Stack
from tests.engine.webhooks import (
    EMPTY,
    LEFT,
    NOUN,
    OURS,
    READ,
    SAME,
    TAKES_OVER,
    THEIRS,
    Webhooks,
    diagnostics,
    names,
    provider,
    urn,
    warnings,
    webhooks,
)

OTHER = "AC" + "2" * 32


@pytest.fixture
def colleague(emulator: Emulator) -> Webhooks:
    return Webhooks(emulator)


def test_a_new_name_or_place_without_alias_and_a_replacement_leave_the_webhooks_alone_and_say_so(
    stack: Stack, colleague: Webhooks
) -> None:
    colleague.change(**THEIRS)
    stack.up(webhooks(OURS))
    colleague.new_requests()

    def assert_left(said: str, old: str, new: str, holder: str) -> None:
        assert SAME in warnings(said, new)[0]
        assert f"{LEFT}: it is managed as {holder} now" in warnings(said, old)
        assert colleague.new_requests() == ["GET", "GET"]
        assert colleague.shown() == OURS
        assert names(stack) == [new]

    assert_left(stack.up(webhooks(OURS, name="desk")), "webhooks", "desk", urn(stack, "desk"))

    team = 'team = pulumi.ComponentResource("proof:index:Team", "team")\n'
    said = stack.up(team + webhooks(OURS, "parent=team", name="desk"))
    moved = urn(stack, "desk").replace("pulumi-python:", "proof:index:Team$pulumi-python:")
    assert f"{LEFT}: it is managed as {moved} now" in said
    assert colleague.new_requests() == ["GET", "GET"]
    assert colleague.shown() == OURS

    said = stack.up(None, "--replace", moved)
    assert f"{LEFT}: it is managed as {moved} now" in said
    assert colleague.new_writes() == []
    assert colleague.shown() == OURS
    stack.assert_settled()

    assert "what was there before is not known" in warnings(stack.destroy(), "desk")[0]
    assert colleague.new_writes() == []
    assert colleague.shown() == OURS


def test_a_rename_with_alias_keeps_what_is_remembered(stack: Stack, colleague: Webhooks) -> None:
    colleague.change(**THEIRS)
    stack.up(webhooks(OURS))
    colleague.new_requests()

    said = stack.up(webhooks(OURS, 'aliases=[pulumi.Alias(name="webhooks")]', name="desk"))
    assert "warning" not in said
    assert colleague.new_requests() == []
    assert names(stack) == ["desk"]
    stack.assert_settled()

    assert "warning" not in stack.destroy()
    assert colleague.new_requests() == ["GET", "POST"]
    assert colleague.shown() == THEIRS


def test_two_resources_for_the_webhooks_of_one_account_are_refused_before_anything_happens(
    stack: Stack, colleague: Webhooks
) -> None:
    one, two = webhooks(OURS, name="one"), webhooks({"method": "GET"}, "depends_on=[one]", name="two")
    stack.write(one + two)

    said = diagnostics(stack.run("preview", fails=True).output).partition("(two):")[2]
    assert f"{NOUN} is managed by two resources, the other one is {urn(stack, 'one')}" in said
    assert "What to do: remove one of them from the program\n" in said
    assert colleague.new_writes() == []
    stack.up(one)
    stack.assert_settled()


def test_a_look_up_shows_the_webhooks_and_never_touches_them(stack: Stack, colleague: Webhooks) -> None:
    there = {**THEIRS, "post_webhook_url": f"https://old.example.com/?token={stack.secret('canary')}"}
    colleague.change(**there)
    program = "desk = twilio.conversations.WebhookConfiguration.get('desk', {!r})\n" + "".join(
        f"pulumi.export({name!r}, desk.{name})\n" for name in (*THEIRS, "account_sid")
    )

    said = stack.up(program.format(OTHER), fails=True)
    assert f"{OTHER} is not the id of the account's Conversations webhook configuration" in said
    assert f"its id is {ACCOUNT}: use that" in said

    stack.up(program.format(ACCOUNT))
    assert stack.outputs() == {**there, "account_sid": ACCOUNT}

    colleague.change(filters=["onMessageSend"])
    stack.refresh()
    stack.assert_settled()
    stack.destroy()
    assert colleague.new_writes() == []
    assert colleague.shown() == {**there, "filters": ["onMessageSend"]}


def test_an_import_is_a_take_over_by_the_right_id_and_other_credentials_get_nowhere(
    stack: Stack, colleague: Webhooks, emulator: Emulator
) -> None:
    colleague.change(**THEIRS)
    stack.write(webhooks(OURS, f"import_={OTHER!r}"))
    for said in (stack.preview(fails=True), stack.up(fails=True)):
        assert f"{OTHER} is not the id of the account's Conversations webhook configuration" in said
    assert colleague.new_writes() == []
    assert names(stack) == []

    said = stack.up(webhooks(OURS, f"import_={ACCOUNT!r}"))
    assert TAKES_OVER in warnings(said)[0]
    assert colleague.new_writes() == ["POST"]
    stack.write(webhooks(OURS))
    stack.assert_settled()

    stack.environment["TWILIO_ACCOUNT_SID"] = OTHER
    said = stack.up(webhooks({**OURS, "method": "GET"}), fails=True)
    assert "the object belongs to another account or endpoint than the credentials" in said
    assert f"account {ACCOUNT}" in said
    assert f"account {OTHER}" in said
    assert colleague.new_writes() == []
    assert names(stack) == ["webhooks"]
    assert Webhooks(emulator, OTHER).shown()["method"] is None
    del stack.environment["TWILIO_ACCOUNT_SID"]
    stack.up()
    assert colleague.shown() == {**OURS, "method": "GET"}
    stack.assert_settled()


@pytest.mark.parametrize("said_by", ["program", "environment"])
def test_a_key_of_another_account_does_not_empty_the_webhooks_of_that_one(
    stack: Stack, colleague: Webhooks, emulator: Emulator, said_by: str
) -> None:
    other = Webhooks(emulator, OTHER)
    other.change(**THEIRS)
    stack.up(webhooks({**OURS, "on_destroy": "reset" if said_by == "program" else "restore"}))
    settings = dict(stack.environment)
    stack.environment["TWILIO_API_KEY"] = "SK" + "2" * 32
    stack.environment["TWILIO_API_SECRET"] = stack.secret("canary-of-the-key")
    stack.environment["SWITCHBOARD_ON_DESTROY"] = "reset" if said_by == "environment" else ""

    said = stack.destroy(fails=True)

    assert f"the credentials are not those of account {ACCOUNT}: they belong to {OTHER}" in said
    assert other.shown() == THEIRS
    assert colleague.shown() == OURS
    assert names(stack) == ["webhooks"]
    stack.environment = settings
    stack.destroy()
    assert colleague.shown() == EMPTY


def test_a_new_name_with_another_provider_of_the_account_needs_a_second_run(
    stack: Stack, colleague: Webhooks
) -> None:
    """Each provider has a process of its own, and knows nothing of what the other one has just taken over."""
    colleague.change(**THEIRS)
    one, two = provider("one", "one"), provider("two", "two")
    stack.up(one + two + webhooks(OURS, "provider=one"))

    stack.up(one + two + webhooks(OURS, "provider=two", name="desk"))
    assert colleague.shown() == THEIRS
    stack.up(None, "--refresh")

    assert colleague.shown() == OURS
    stack.assert_settled()


@pytest.mark.parametrize("policy", ["restore", "reset"])
def test_a_new_name_whose_take_over_fails_leaves_the_webhooks_alone_even_if_the_rest_goes_on(
    stack: Stack, colleague: Webhooks, emulator: Emulator, policy: str
) -> None:
    colleague.change(**THEIRS)
    program = {**OURS, "on_destroy": policy}
    stack.up(webhooks(program))
    colleague.new_writes()

    with emulator.inject(READ, Answer(503, retry_after=NEVER), nth=2) as fault:
        said = stack.up(webhooks(program, SHORT, name="desk"), "--continue-on-error", fails=True)

    assert fault.fired
    assert f"{LEFT}: it is managed as {urn(stack, 'desk')} now" in warnings(said)
    assert colleague.new_writes() == []
    assert colleague.shown() == OURS
    assert names(stack) == []
    stack.up()
    assert names(stack) == ["desk"]
    assert colleague.shown() == OURS
