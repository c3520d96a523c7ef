"""What Twilio answers for the webhooks of Conversations: what is shown, and what is an error."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.wording import in_words
from pulumi_switchboard.definitions.twilio.conversations.webhook_configuration import (
    WebhookConfigurationInputs,
    WebhookConfigurationState,
    definition,
)
from pulumi_switchboard.errors import LostAnswerError, VendorError
from pulumi_switchboard.vendors.twilio.client import Twilio

from tests.definitions.conversation_webhooks import SHOWN, SID, URL, call, sent, shown
from tests.http.fakes import answer


def test_a_read_shows_the_webhooks_in_our_names() -> None:
    moment, wire = call(shown())

    state = definition.read(moment, SID)

    assert sent(wire) == [("GET", URL, [])]
    assert state is not None
    names = ("account_sid", "filters", "method", "pre_webhook_url", "post_webhook_url", "target", "url")
    assert plain(state) == {**{name: SHOWN[name] for name in names}, "on_destroy": "restore"}
    assert state.body == SHOWN


ODD: dict[str, dict[str, Any]] = {
    "nulls": {**dict.fromkeys(SHOWN), "account_sid": SID},
    "missing": {"account_sid": SID},
    "empties": {
        "account_sid": SID,
        "filters": [],
        "method": "",
        "pre_webhook_url": "",
        "post_webhook_url": "",
    },
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD.keys())
def test_null_missing_and_empty_members_are_one(body: dict[str, Any]) -> None:
    moment, _ = call(answer(200, json.dumps(body).encode()))

    state = definition.read(moment, SID)

    assert state is not None
    assert state.account_sid == SID
    assert state.body == body
    managed = {"filters": [], "method": "", "pre_webhook_url": "", "post_webhook_url": ""}
    assert changed(WebhookConfigurationInputs, plain(state), managed) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"filters": "onMessageAdded"},
        {"filters": [None, 7, {"a": [1]}]},
        {"filters": {"a": "b"}},
        {"method": 7},
        {"method": ["GET"]},
        {"pre_webhook_url": {"a": 1}},
        {"post_webhook_url": "no URL at all"},
        {"target": "next year's"},
        {"target": True},
        {"url": 7},
    ],
    ids=str,
)
def test_members_of_an_odd_kind_are_taken_as_they_are_and_compared(changes: dict[str, Any]) -> None:
    moment, _ = call(shown(**changes))

    state = definition.read(moment, SID)

    assert state is not None
    ours = {**SHOWN, "on_destroy": "restore"}
    assert changed(WebhookConfigurationInputs, plain(state), ours) == [n for n in changes if n != "url"]
    for name in changes:
        if name != "url":
            assert in_words(WebhookConfigurationInputs, name, plain(state)[name])


def test_where_no_account_is_shown_it_is_that_of_the_credentials() -> None:
    moment, _ = call(shown(account_sid=None), answer(200, b'{"target": "webhook"}'))

    for _ in range(2):
        state = definition.read(moment, SID)
        assert state is not None
        assert state.account_sid == SID


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"x"', b"7", b"{}", b'{"sid": "IS1"}'])
def test_an_answer_that_is_no_configuration_is_an_error_that_leaves_open_what_was_done(body: bytes) -> None:
    moment, _ = call(answer(200, body), answer(200, body))

    with pytest.raises(LostAnswerError):
        definition.read(moment, SID)
    with pytest.raises(LostAnswerError) as caught:
        definition.write(moment, None, WebhookConfigurationInputs(method="GET"))
    assert caught.value.may_have_acted


Verb = Callable[[Call[Twilio]], Any]
VERBS: dict[str, Verb] = {
    "read": lambda moment: definition.read(moment, SID),
    "create": lambda moment: definition.create(moment, WebhookConfigurationInputs(method="GET")),
    "update": lambda moment: definition.update(
        moment, SID, decoded(WebhookConfigurationState, SHOWN), WebhookConfigurationInputs(method="GET")
    ),
    "reset": lambda moment: definition.reset(moment, decoded(WebhookConfigurationState, SHOWN)),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())
def test_no_verb_hides_a_refusal(verb: Verb) -> None:
    moment, wire = call(answer(403, b'{"code": 20003, "message": "No.", "status": 403}'))

    with pytest.raises(VendorError):
        verb(moment)
    assert len(wire.sent) == 1
