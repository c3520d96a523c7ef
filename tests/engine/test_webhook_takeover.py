"""How a resource gets the webhooks that an account has, manages a part of them, and gives them back."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.stack import ACCOUNT, Stack
from tests.engine.webhooks import (
    CLEARED,
    CLEARING,
    EMPTY,
    LEFT,
    OURS,
    READ,
    SAME,
    TAKES_OVER,
    THEIRS,
    Webhooks,
    account_of,
    details,
    diagnostics,
    in_accounts,
    names,
    warnings,
    webhooks,
)

PART = {"filters": ["onMessageAdded", "onConversationAdd"], "method": "POST", "pre_webhook_url": ""}
GIVEN = {**PART, "pre_webhook_url": None}
"""The part as the vendor shows it."""


@pytest.fixture
def colleague(emulator: Emulator) -> Webhooks:
    return Webhooks(emulator)


def test_what_is_there_is_announced_overwritten_where_the_program_says_so_and_put_back(
    stack: Stack, colleague: Webhooks, emulator: Emulator
) -> None:
    colleague.change(**THEIRS)
    stack.write(webhooks(PART) + 'pulumi.export("url", webhooks.url)\npulumi.export("id", webhooks.id)\n')
    announcement = (
        f"warning: {TAKES_OVER}\n"
        '      filters: ["onUserAdded"] -> ["onMessageAdded", "onConversationAdd"]\n'
        '      method: "GET" -> "POST"\n'
        "      pre_webhook_url: https://old.example.com and more, which may be secret -> nothing\n"
        "    Destroying the resource puts back what was there\n"
    )

    with emulator.inject(READ, Answer(503)):
        assert TAKES_OVER not in stack.preview()
    assert colleague.new_requests() == ["GET"], "a look that fails is no reason to look again, nor to fail"
    previewed = stack.run("preview").output
    assert announcement in diagnostics(previewed)
    assert colleague.new_requests() == ["GET"]

    said = stack.up()
    assert announcement in diagnostics(said)
    assert colleague.new_requests() == ["GET", "GET", "POST"]
    assert colleague.shown() == {**THEIRS, **GIVEN}
    assert stack.outputs() == {
        "id": ACCOUNT,
        "url": "https://conversations.twilio.com/v1/Configuration/Webhooks",
    }

    colleague.change(
        filters=["onConversationAdd", "onMessageAdded", "onConversationAdd"],
        post_webhook_url="https://new.example.com",
        target="webhook",
    )
    stack.refresh()
    filters = ["onConversationAdd", "onMessageAdded", "onMessageAdded"]
    other_words = {**PART, "filters": filters, "method": "post", "on_destroy": "restore"}
    stack.write(webhooks(other_words))
    stack.assert_settled()
    assert colleague.new_writes() == []

    colleague.change(pre_webhook_url="https://by-hand.example.com")
    stack.refresh()
    assert details(stack.preview()) == {"~ pre_webhook_url"}
    stack.up()
    assert colleague.new_writes() == ["POST"]
    assert colleague.shown()["pre_webhook_url"] is None

    stack.write(webhooks({**other_words, "post_webhook_url": "https://desk.example.com/post"}))
    announcement = (
        f"{TAKES_OVER}\n"
        "      post_webhook_url: https://new.example.com -> https://desk.example.com and more, "
        "which may be secret\n"
        "    Destroying the resource puts back what was there"
    )
    colleague.new_requests()
    assert warnings(stack.run("preview").output) == [announcement]
    assert colleague.new_requests() == []
    assert warnings(stack.up()) == [announcement]
    assert colleague.new_writes() == ["POST"]
    assert "warning" not in stack.destroy()
    assert colleague.new_requests() == ["GET", "POST"]
    assert colleague.shown() == {**THEIRS, "post_webhook_url": "https://new.example.com", "target": "webhook"}
    assert names(stack) == []


def test_empty_webhooks_are_taken_over_in_silence_and_those_as_in_the_program_with_a_word(
    stack: Stack, emulator: Emulator
) -> None:
    empty, equal = (Webhooks(emulator, account_of(name)) for name in ("empty", "equal"))
    equal.change(**OURS)
    stack.write(in_accounts({"empty": {**OURS, "method": "post"}, "equal": OURS}))

    announcement = (
        f"warning: {SAME}; what was there before may have been something else, so destroying the resource "
        'leaves it as it is. Set on_destroy="reset" to have the vendor\'s empty state then'
    )
    previewed = stack.run("preview").output
    assert empty.new_requests() == ["GET", "GET"]
    said = stack.up()
    for text in (previewed, said):
        assert diagnostics(text).count("warning: ") == 1
        assert announcement in diagnostics(text).partition("(equal)")[2]
    assert empty.new_writes() == ["POST"]
    assert empty.shown() == equal.shown() == OURS
    stack.assert_settled()

    said = stack.destroy()
    assert diagnostics(said).count("warning: ") == 1
    left = f"warning: {LEFT} in {', '.join(OURS)}: what was there before is not known"
    assert left in diagnostics(said).partition("(equal)")[2]
    assert empty.new_writes() == ["POST"]
    assert empty.shown() == EMPTY
    assert equal.shown() == OURS


def test_an_empty_argument_clears_what_is_there_and_an_absent_one_leaves_it(
    stack: Stack, emulator: Emulator
) -> None:
    absent, managed = (Webhooks(emulator, account_of(name)) for name in ("absent", "managed"))
    for colleague in (absent, managed):
        colleague.change(**THEIRS)

    said = stack.up(in_accounts({"absent": {}, "managed": CLEARING}))

    assert diagnostics(said).count("warning: ") == 1
    assert all(f"\n      {name}: " in diagnostics(said) for name in CLEARING)
    assert absent.new_writes() == ["POST"]
    assert absent.shown() == THEIRS
    assert managed.shown() == {**EMPTY, "target": "flex"}
    stack.assert_settled()

    for colleague in (absent, managed):
        colleague.change(**{**THEIRS, "target": "webhook"})
    stack.refresh()
    shown = stack.preview()
    assert details(shown) == CLEARED
    assert "1 to update" in shown
    stack.up()
    assert managed.shown() == EMPTY
    assert absent.shown() == {**THEIRS, "target": "webhook"}
    stack.assert_settled()

    stack.destroy()
    assert managed.shown() == absent.shown() == {**THEIRS, "target": "webhook"}
