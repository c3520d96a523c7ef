"""Every argument is changed, cleared, and brought back when someone else has changed it."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.stack import Stack
from tests.engine.webhooks import (
    CLEARED,
    CLEARING,
    EMPTY,
    HOST,
    NOUN,
    OURS,
    THEIRS,
    Webhooks,
    details,
    diagnostics,
    warnings,
    webhooks,
)

OTHER = {
    "filters": ["onMessageAdded", "onUserUpdated"],
    "method": "GET",
    "pre_webhook_url": "https://desk.example.com/v2/pre",
    "post_webhook_url": "https://desk.example.com/v2/post",
    "target": "flex",
}


@pytest.fixture
def colleague(emulator: Emulator) -> Webhooks:
    return Webhooks(emulator)


def test_each_argument_is_changed_cleared_and_given_again(stack: Stack, colleague: Webhooks) -> None:
    stack.up(webhooks(OURS))
    assert colleague.new_requests() == ["GET", "GET", "POST"]
    assert colleague.shown() == OURS

    said = stack.up(webhooks(OTHER))
    assert f"[diff: ~{','.join(sorted(OTHER))}]" in said
    assert colleague.new_requests() == ["GET", "POST"]
    assert colleague.shown() == OTHER

    said = stack.up(webhooks({}))
    assert f"[diff: -{','.join(sorted(OTHER))}]" in said
    assert colleague.new_requests() == ["GET", "POST"]
    assert colleague.shown() == EMPTY

    colleague.change(**THEIRS)
    stack.refresh()
    stack.assert_settled()
    assert colleague.new_writes() == []

    stack.up(webhooks(OURS))
    stack.write(webhooks({**OURS, **CLEARING}))
    assert details(stack.preview()) == CLEARED
    stack.up()
    assert colleague.new_writes() == ["POST", "POST"]
    assert colleague.shown() == EMPTY

    stack.up(webhooks({"target": "webhook"}))
    assert colleague.new_writes() == []
    stack.assert_settled()


def test_what_others_change_in_each_argument_is_shown_and_put_right(
    stack: Stack, colleague: Webhooks
) -> None:
    stack.up(webhooks(OURS))
    colleague.change(**THEIRS)
    colleague.new_requests()

    refreshed, shown = stack.refresh(), stack.preview()
    assert details(refreshed) == details(shown) == {f"~ {name}" for name in OURS}
    assert ': "GET" => "POST"' in shown
    assert ': "flex" => "webhook"' in shown
    assert colleague.new_requests() == ["GET"]
    stack.up()
    assert colleague.new_requests() == ["GET", "POST"]
    assert colleague.shown() == OURS

    colleague.change(filters=[*OURS["filters"], "onUserAdded"], method="post")
    refreshed, shown = stack.refresh(), stack.preview()
    assert details(refreshed) == details(shown) == {"~ filters"}
    assert '+ [2]: "onUserAdded"' in refreshed
    assert '- [2]: "onUserAdded"' in shown

    colleague.change(**EMPTY)
    stack.up(None, "--refresh")
    assert colleague.new_writes() == ["POST"]
    assert colleague.shown() == OURS
    stack.assert_settled()


def test_what_others_have_changed_and_no_refresh_has_seen_is_put_right_by_the_next_update(
    stack: Stack, colleague: Webhooks
) -> None:
    stack.up(webhooks({**OURS, "target": "flex"}, 'ignore_changes=["filters"]'))
    colleague.change(filters=["onUserAdded"], post_webhook_url="https://by-hand.example.com")
    colleague.new_requests()

    said = stack.up(webhooks({**OURS, "filters": ["onMessageSend"]}, 'ignore_changes=["filters"]'))
    (told,) = warnings(said)
    head, line = told.splitlines()
    assert head == f"{NOUN} is not as the last finished update has left it, and this one overwrites that:"
    more = "and more, which may be secret"
    assert line == f"      post_webhook_url: https://by-hand.example.com -> https://desk.example.com {more}"
    assert colleague.new_requests() == ["GET", "POST"]
    assert colleague.shown() == {**OURS, "filters": ["onUserAdded"]}

    stack.refresh()
    stack.assert_settled()
    assert colleague.new_writes() == []

    stack.up(webhooks(OURS))
    assert colleague.new_writes() == ["POST"]
    assert colleague.shown() == OURS
    stack.assert_settled()


def test_what_is_odd_is_warned_of_once_while_it_is_new(stack: Stack, colleague: Webhooks) -> None:
    odd = {"filters": ["onMessageAdded", "onMessageSend"], "post_webhook_url": "http://desk.example.com"}
    unknown = "warning: filters has events that are not documented, at [1]. Twilio may never announce them"
    http = "warning: post_webhook_url is plain http: what is sent there can be read and changed on the way."

    said = diagnostics(stack.up(webhooks(odd)))
    assert said.count("warning: ") == 2
    assert unknown in said
    assert http in said
    assert colleague.shown() == {**EMPTY, **odd}
    assert "warning: " not in stack.preview("--expect-no-changes")

    said = diagnostics(stack.up(webhooks({**odd, "post_webhook_url": "HTTP://desk.example.com/2"})))
    assert said.count("warning: ") == 1
    assert "post_webhook_url is plain http" in said

    said = stack.up(
        webhooks({"filters": ["onMessageAdded", ""], "post_webhook_url": "desk", "target": "both"}),
        fails=True,
    )
    assert "filters: has an empty name: leave it out" in said
    assert "post_webhook_url: is not an absolute URL" in said
    assert "target: must be 'webhook' or 'flex'" in said
    assert colleague.new_writes() == ["POST", "POST"]
    stack.write(webhooks({**odd, "post_webhook_url": "HTTP://desk.example.com/2"}))
    stack.assert_settled()


ODD_VENDOR = Switches(
    conversations_filter_order="reversed",
    conversations_method_case="lower",
    conversations_empty_value="empty",
    conversations_unset_target="null",
)


def test_however_the_vendor_spells_what_it_shows_nothing_is_left_to_do(stack: Stack) -> None:
    with Emulator(switches=ODD_VENDOR) as emulator:
        colleague = Webhooks(emulator)
        stack.endpoint = emulator.url
        stack.environment["TWILIO_REGION"] = "ie1"
        for arguments in (OURS, {**OURS, **CLEARING}, {}):
            assert "warning: " not in stack.up(webhooks(arguments))
            stack.assert_settled()
        assert {entry.host for entry in colleague.new_entries()} == {HOST.replace("twilio", "ie1.twilio")}
        stack.up(webhooks({"filters": OURS["filters"], "method": "GET"}))
        assert "warning: " not in stack.destroy()
        assert {item for item in colleague.shown().values() if item} <= {"webhook"}
