"""What becomes of the webhooks at the end: they are put back, emptied or left, or the destroy fails."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.stack import Stack
from tests.engine.webhooks import (
    EMPTY,
    LEFT,
    NOUN,
    OURS,
    SAME,
    THEIRS,
    WRITE,
    Webhooks,
    account_of,
    in_accounts,
    names,
    urn,
    warnings,
    webhooks,
)

BY_HAND = "https://by-hand.example.com"
VARIABLE = "SWITCHBOARD_ON_DESTROY"


@pytest.fixture
def colleague(emulator: Emulator) -> Webhooks:
    return Webhooks(emulator)


def test_each_policy_does_what_it_says_and_leaves_to_others_what_they_have_changed(
    stack: Stack, emulator: Emulator
) -> None:
    policies = {
        "restore": "restore",
        "seen": "restore",
        "undone": "restore",
        "reset": "reset",
        "retain": "retain",
    }
    colleagues = {name: Webhooks(emulator, account_of(name)) for name in policies}
    for colleague in colleagues.values():
        colleague.change(**THEIRS)
    given = {name: OURS[name] for name in ("filters", "method", "post_webhook_url")}
    said = stack.up(
        in_accounts({name: {**given, "on_destroy": policy} for name, policy in policies.items()}),
        "--parallel",
        "8",
    )
    at_the_end = {name: warnings(said, name)[0].rpartition("\n")[2].strip() for name in policies}
    assert at_the_end == {
        **dict.fromkeys(("restore", "seen", "undone"), "Destroying the resource puts back what was there"),
        "reset": "Destroying the resource does not put that back: it leaves the vendor's empty state",
        "retain": "Destroying the resource does not put that back: it leaves all as it is then",
    }
    for name, colleague in colleagues.items():
        colleague.change(post_webhook_url=THEIRS["post_webhook_url"] if name == "undone" else BY_HAND)
    stack.refresh("--target", urn(stack, "seen"))
    colleagues["restore"].new_requests()

    said = stack.destroy("--parallel", "8")

    others = f"{LEFT} in post_webhook_url: someone else has changed it since"
    assert {name: warnings(said, name) for name in policies} == {
        "restore": [others],
        "seen": [others],
        "undone": [],
        "reset": [],
        "retain": [f"{LEFT}, and not managed any more: on_destroy is retain"],
    }
    assert sorted(colleagues["restore"].new_requests()) == ["GET"] * 4 + ["POST"] * 4
    assert {name: colleague.shown() for name, colleague in colleagues.items()} == {
        "restore": {**THEIRS, "post_webhook_url": BY_HAND},
        "seen": {**THEIRS, "post_webhook_url": BY_HAND},
        "undone": THEIRS,
        "reset": EMPTY,
        "retain": {**THEIRS, **given, "post_webhook_url": BY_HAND},
    }
    assert names(stack) == []


def test_the_environment_overrules_the_policy_which_changes_without_a_request(
    stack: Stack, colleague: Webhooks
) -> None:
    colleague.change(**THEIRS)
    stack.up(webhooks(OURS))
    colleague.new_requests()

    assert "[diff: +on_destroy]" in stack.up(webhooks({**OURS, "on_destroy": "reset"}))
    assert colleague.new_requests() == []
    stack.assert_settled()

    stack.environment[VARIABLE] = "keep"
    said = stack.destroy(fails=True)
    assert f"{VARIABLE} in the environment is none of restore, reset, retain" in said
    assert colleague.new_writes() == []
    stack.environment[VARIABLE] = "retain"
    assert warnings(stack.destroy()) == [f"{LEFT}, and not managed any more: on_destroy is retain"]
    assert colleague.new_writes() == []
    assert colleague.shown() == OURS

    assert SAME in warnings(stack.up(webhooks(OURS)))[0]
    stack.environment[VARIABLE] = "reset"
    assert warnings(stack.destroy()) == []
    assert colleague.new_writes() == ["POST"]
    assert colleague.shown() == EMPTY


def test_a_destroy_that_is_refused_fails_forgets_nothing_and_names_the_ways_out(
    stack: Stack, emulator: Emulator
) -> None:
    refused, down = (Webhooks(emulator, account_of(name)) for name in ("refused", "down"))
    refused.change(**THEIRS)
    stack.up(in_accounts({"refused": OURS, "down": {**OURS, "on_destroy": "reset"}}))
    refused.new_requests()

    with (
        emulator.inject(WRITE, Answer(400), where="onUserAdded"),
        emulator.inject(WRITE, Answer(500), where="PreWebhookUrl=&", times=None),
    ):
        said = stack.destroy("--continue-on-error", fails=True)

    for name, status in (("refused", 400), ("down", 500)):
        assert (
            f"could not delete twilio.conversations.WebhookConfiguration '{name}': Twilio answered: " in said
        )
        assert f"(HTTP {status}" in said
    assert said.partition("Diagnostics:")[2].count(f"{NOUN} is managed as before") == 1
    assert said.partition("Diagnostics:")[2].count(f"whether {NOUN} was given back is not known") == 1
    assert f"{VARIABLE}=retain in the environment" in said
    assert f"{VARIABLE}=reset for the vendor's empty state" in said
    assert sorted(names(stack)) == ["down", "refused"]
    assert refused.shown() == down.shown() == OURS
    stack.assert_settled()

    stack.environment[VARIABLE] = "retain"
    refused.new_requests()
    stack.destroy("--target", urn(stack, "refused"))
    assert refused.new_requests() == []
    stack.environment[VARIABLE] = "reset"
    stack.destroy()
    assert refused.shown() == OURS
    assert down.shown() == EMPTY
    assert names(stack) == []


@pytest.mark.parametrize("policy", ["reset", "restore"])
def test_a_destroy_that_the_vendor_takes_and_does_not_carry_out_fails(stack: Stack, policy: str) -> None:
    with Emulator(switches=Switches(conversations_empty_value="ignore")) as emulator:
        colleague = Webhooks(emulator)
        stack.endpoint = emulator.url
        stack.up(webhooks({**OURS, "on_destroy": policy}))

        said = stack.destroy(fails=True)

        assert "filters, method, pre_webhook_url, post_webhook_url" in said
        assert f"{NOUN} is managed as before" in said
        assert names(stack) == ["webhooks"]
        stack.assert_settled()
        stack.environment[VARIABLE] = "retain"
        stack.destroy()
        assert colleague.shown() == OURS
