"""What is sent for the webhooks of Twilio Conversations to be written and reset."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pulumi_switchboard.core.problems import problems
from pulumi_switchboard.core.shape import decoded
from pulumi_switchboard.definitions.twilio.conversations.webhook_configuration import (
    WebhookConfigurationInputs,
    WebhookConfigurationState,
    definition,
)
from pulumi_switchboard.errors import LostAnswerError, OperationFailedError

from tests.definitions.conversation_webhooks import SECRET_URL, SHOWN, SID, URL, call, sent, shown
from tests.http.fakes import answer

UNSET: dict[str, Any] = {
    **SHOWN,
    **dict.fromkeys(("method", "filters", "pre_webhook_url", "post_webhook_url")),
    "target": "webhook",
}
CLEARED = [
    ("Filters", ""),
    ("Method", ""),
    ("PreWebhookUrl", ""),
    ("PostWebhookUrl", ""),
    ("Target", "webhook"),
]


def written(**arguments: Any) -> list[tuple[str, str]]:
    """The form of a write with these inputs."""
    moment, wire = call(shown())
    definition.write(moment, None, decoded(WebhookConfigurationInputs, arguments))
    ((method, url, form),) = sent(wire)
    assert (method, url) == ("POST", URL)
    assert wire.sent[0][1].headers["Content-Type"] == "application/x-www-form-urlencoded"
    return form


def test_a_write_sends_what_the_inputs_have_and_lists_as_repeated_parameters() -> None:
    assert written(
        filters=["onMessageAdded", "on&Next=Year"],
        method="POST",
        pre_webhook_url="https://a.example/?b=c&d=%20e+f#g",
        post_webhook_url="https://ü.example/ ",
        target="flex",
        on_destroy="reset",
    ) == [
        ("Filters", "onMessageAdded"),
        ("Filters", "on&Next=Year"),
        ("Method", "POST"),
        ("PreWebhookUrl", "https://a.example/?b=c&d=%20e+f#g"),
        ("PostWebhookUrl", "https://ü.example/ "),
        ("Target", "flex"),
    ]


@pytest.mark.parametrize(
    ("arguments", "form"),
    [
        ({"filters": ["onMessageAdded"]}, [("Filters", "onMessageAdded")]),
        ({"filters": []}, [("Filters", "")]),
        ({"method": ""}, [("Method", "")]),
        ({"pre_webhook_url": ""}, [("PreWebhookUrl", "")]),
        ({"post_webhook_url": ""}, [("PostWebhookUrl", "")]),
        ({"target": "webhook"}, [("Target", "webhook")]),
        ({}, []),
    ],
)
def test_an_empty_value_clears_and_what_is_not_given_is_not_sent(
    arguments: dict[str, Any], form: list[tuple[str, str]]
) -> None:
    assert written(**arguments) == form


@pytest.mark.parametrize("method", ["post", "Post", "POST"])
def test_a_method_is_sent_in_upper_case(method: str) -> None:
    assert problems(WebhookConfigurationInputs, {"method": method}) == []
    assert written(method=method) == [("Method", "POST")]


def test_a_write_may_be_sent_again_since_it_says_all_that_it_changes() -> None:
    moment, wire = call(answer(500), LostAnswerError("cut"), shown())

    definition.write(moment, None, decoded(WebhookConfigurationInputs, {"method": "GET"}))

    assert sent(wire) == [("POST", URL, [("Method", "GET")])] * 3


def test_a_region_has_its_own_host() -> None:
    moment, wire = call(shown(), shown(), region="ie1", edge="dublin")

    definition.read(moment, SID)
    definition.write(moment, None, decoded(WebhookConfigurationInputs, {"method": "GET"}))

    host = "https://conversations.dublin.ie1.twilio.com/v1/Configuration/Webhooks"
    assert [url for _, url, _ in sent(wire)] == [host, host]


def test_reset_clears_everything() -> None:
    moment, wire = call(answer(200, json.dumps(UNSET).encode()))

    definition.reset(moment, decoded(WebhookConfigurationState, SHOWN))

    assert sent(wire) == [("POST", URL, CLEARED)]


def test_a_reset_that_is_not_done_is_an_error_that_names_what_is_left_and_no_value() -> None:
    left = {**UNSET, "pre_webhook_url": SECRET_URL, "filters": ["onMessageAdded"]}
    moment, _ = call(answer(200, json.dumps(left).encode()))

    with pytest.raises(OperationFailedError) as caught:
        definition.reset(moment, decoded(WebhookConfigurationState, SHOWN))

    assert str(caught.value) == "Twilio has not cleared filters, pre_webhook_url"


@pytest.mark.parametrize("target", [None, "", "webhook"])
def test_after_a_reset_no_target_is_as_good_as_the_target_webhook(target: str | None) -> None:
    moment, _ = call(
        answer(200, json.dumps({**UNSET, "filters": [], "method": "", "target": target}).encode())
    )

    definition.reset(moment, decoded(WebhookConfigurationState, SHOWN))
