"""What a program may say of the webhooks of Twilio Conversations, and what of it means the same."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.checking import check
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.problems import advice, problems
from pulumi_switchboard.core.wording import in_words
from pulumi_switchboard.definitions.twilio.conversations.webhook_configuration import (
    AFTER,
    BEFORE,
    WebhookConfigurationInputs,
    definition,
)

from tests.definitions.conversation_webhooks import SECRET_URL

PROBLEMS: list[tuple[dict[str, Any], list[str]]] = [
    ({"filters": ["onMessageAdded", " "]}, ["filters: has an empty name: leave it out"]),
    ({"filters": "canary"}, ["filters: must be a valid list"]),
    ({"filters": ["canary", 7]}, ["filters[1]: must be a valid string"]),
    ({"method": "canary"}, ["method: must be 'GET', 'POST' or ''"]),
    ({"method": 7}, ["method: must be 'GET', 'POST' or ''"]),
    ({"target": "canary"}, ["target: must be 'webhook' or 'flex'"]),
    ({"target": ""}, ["target: must be 'webhook' or 'flex'"]),
    ({"on_destroy": "canary"}, ["on_destroy: must be 'restore', 'reset' or 'retain'"]),
    *(
        (
            {"pre_webhook_url": url, "post_webhook_url": url},
            [
                f"{name}_webhook_url: is not an absolute URL: give one such as https://example.com/hook"
                for name in ("pre", "post")
            ],
        )
        for url in (
            "canary",
            "ftp://canary",
            "https://",
            "https://can ary.example",
            "https://a:99999/canary",
            " ",
        )
    ),
    ({"post_webhook_url": ["canary"]}, ["post_webhook_url: must be a valid string"]),
    (
        {"url": "canary"},
        [f"url: is not known here; known are: {', '.join(WebhookConfigurationInputs.model_fields)}"],
    ),
    (
        {"filters": [""], "method": "x", "target": "x"},
        [
            "filters: has an empty name: leave it out",
            "method: must be 'GET', 'POST' or ''",
            "target: must be 'webhook' or 'flex'",
        ],
    ),
]


@pytest.mark.parametrize(("arguments", "texts"), PROBLEMS, ids=str)
def test_problems_name_the_path_and_the_reason_and_no_value(
    arguments: dict[str, Any], texts: list[str]
) -> None:
    assert [str(problem) for problem in problems(WebhookConfigurationInputs, arguments)] == texts
    assert all("canary" not in text for text in texts)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"filters": [], "method": "", "pre_webhook_url": "", "post_webhook_url": ""},
        {"filters": None, "method": None, "pre_webhook_url": None, "target": None},
        {"filters": [*BEFORE, *AFTER], "method": "get", "target": "flex", "on_destroy": "retain"},
        {"pre_webhook_url": SECRET_URL},
    ],
    ids=str,
)
def test_what_is_fine_is_no_problem(arguments: dict[str, Any]) -> None:
    assert problems(WebhookConfigurationInputs, arguments) == []
    assert advice(WebhookConfigurationInputs, arguments, list(arguments)) == []


def test_no_argument_has_to_be_given_in_a_model_either() -> None:
    assert WebhookConfigurationInputs(filters=None, method=None).filters is None


def test_there_are_the_documented_events_each_once() -> None:
    assert len({*BEFORE, *AFTER}) == len([*BEFORE, *AFTER]) == 23


def _advice(**arguments: Any) -> list[str]:
    return [str(remark) for remark in advice(WebhookConfigurationInputs, arguments, list(arguments))]


def test_unknown_events_are_remarked_by_their_places_without_a_value() -> None:
    (remark,) = _advice(filters=["onMessageAdded", "onMessageSend", "onUserAdded", "onmessageadded"])

    assert remark == (
        "filters: has events that are not documented, at [1], [3]. Twilio may never announce them"
    )


def test_of_many_unknown_events_some_are_named() -> None:
    (remark,) = _advice(filters=["onMessageAdded", *(f"onEvent{number}" for number in range(1000))])

    assert "at [1], [2], " in remark
    assert "[10], …. " in remark


@pytest.mark.parametrize("filters", ["onMessageSend", 7, [7], {"a": "b"}])
def test_values_that_are_no_list_of_texts_are_for_the_problems_to_tell(filters: Any) -> None:
    assert _advice(filters=filters) == []


def test_plain_http_is_remarked_without_the_url() -> None:
    reason = "is plain http: what is sent there can be read and changed on the way. Use https"
    assert _advice(
        pre_webhook_url=SECRET_URL.replace("https", "http"), post_webhook_url="HTTP://canary.example"
    ) == [f"pre_webhook_url: {reason}", f"post_webhook_url: {reason}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"filters": ["a", "b"]}, {"filters": ["b", "a"]}),
        ({"filters": ["a", "b"]}, {"filters": ["b", "a", "a", "b"]}),
        ({"filters": ["b", "b", "a"]}, {"filters": ["a", "b"]}),
        ({"method": "POST"}, {"method": "post"}),
        ({"method": "get"}, {"method": "Get"}),
    ],
    ids=str,
)
def test_order_and_duplicates_of_filters_and_the_case_of_a_method_mean_nothing(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    checked = check(definition, old, new)

    assert checked.inputs == old
    assert checked.advice == []
    assert changed(WebhookConfigurationInputs, old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"filters": ["a"]}, {"filters": ["A"]}),
        ({"filters": ["a"]}, {"filters": ["a", "b"]}),
        ({"method": "GET"}, {"method": "POST"}),
        ({"pre_webhook_url": "https://a.example/X"}, {"pre_webhook_url": "https://a.example/x"}),
        ({"target": "webhook"}, {"target": "flex"}),
        ({"on_destroy": "restore"}, {"on_destroy": "retain"}),
    ],
    ids=str,
)
def test_everything_else_means_something(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert changed(WebhookConfigurationInputs, old, new) == list(old)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("pre_webhook_url", SECRET_URL, "https://desk.example.com and more, which may be secret"),
        (
            "post_webhook_url",
            "https://a.example/T0/secret",
            "https://a.example and more, which may be secret",
        ),
        ("post_webhook_url", "http://a.example:81?x", "http://a.example:81 and more, which may be secret"),
        ("post_webhook_url", "https://a.example", "https://a.example"),
        ("post_webhook_url", "https://A.Example:8443/", "https://a.example:8443"),
        ("post_webhook_url", "canary", "[unreadable URL] and more, which may be secret"),
        ("post_webhook_url", {"canary": 1}, "[unreadable URL] and more, which may be secret"),
        ("post_webhook_url", "", "nothing"),
        ("filters", ["a", "b"], '["a", "b"]'),
        ("method", None, "nothing"),
    ],
)
def test_of_a_url_only_that_is_shown_which_is_no_secret(name: str, value: Any, text: str) -> None:
    assert in_words(WebhookConfigurationInputs, name, value) == text
