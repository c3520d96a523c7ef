"""The webhooks of Twilio Conversations against a wire that answers as told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from pulumi_switchboard.core.checking import check
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.problems import advice, problems
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.singletons.taking_over import in_words
from pulumi_switchboard.definitions.twilio.conversations.webhook_configuration import (
    AFTER,
    BEFORE,
    WebhookConfigurationInputs,
    WebhookConfigurationState,
    definition,
)
from pulumi_switchboard.errors import LostAnswerError, OperationFailedError, VendorError
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import Twilio

from tests.http.fakes import Answer, Wire, answer

SID = "AC" + "1" * 32
URL = "https://conversations.twilio.com/v1/Configuration/Webhooks"
SHOWN: dict[str, Any] = {
    "account_sid": SID,
    "method": "GET",
    "filters": ["onMessageAdded", "onConversationAdd"],
    "pre_webhook_url": "https://desk.example.com/pre",
    "post_webhook_url": "https://desk.example.com/post",
    "target": "flex",
    "url": URL,
    "next_year": {"a": 1},
}
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
SECRET_URL = "https://user:canary-password@desk.example.com/pre?token=canary-token#canary-fragment"


def shown(**changes: Any) -> Answer:
    """What Twilio answers."""
    return answer(200, json.dumps({**SHOWN, **changes}).encode())


def call(*answers: Answer, **settings: str) -> tuple[Call[Twilio], Wire]:
    """A call whose requests get these answers."""
    wire = Wire(iter(answers))
    given = {"twilio:accountSid": SID, "twilio:authToken": "token"}
    sources = Sources({**given, **{f"twilio:{name}": value for name, value in settings.items()}}, {})
    client = Twilio.sign_in(sources, lambda _: wire.line())
    return Call(client, wire.line().moment, "urn", progress=lambda _: None, warn=lambda _: None), wire


def sent(wire: Wire) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The requests: method, URL and form."""
    return [
        (
            request.method,
            request.url,
            parse_qsl(
                (request.body or b"").decode(), keep_blank_values=True, strict_parsing=bool(request.body)
            ),
        )
        for _, request in wire.sent
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


def test_a_read_shows_the_webhooks_in_our_names() -> None:
    moment, wire = call(shown())

    state = definition.read(moment, SID)

    assert sent(wire) == [("GET", URL, [])]
    assert state is not None
    names = ("account_sid", "filters", "method", "pre_webhook_url", "post_webhook_url", "target", "url")
    assert plain(state) == {**{name: SHOWN[name] for name in names}, "on_destroy": "restore"}
    assert state.body == SHOWN


def test_a_region_has_its_own_host() -> None:
    moment, wire = call(shown(), shown(), region="ie1", edge="dublin")

    definition.read(moment, SID)
    definition.write(moment, None, decoded(WebhookConfigurationInputs, {"method": "GET"}))

    host = "https://conversations.dublin.ie1.twilio.com/v1/Configuration/Webhooks"
    assert [url for _, url, _ in sent(wire)] == [host, host]


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


def test_a_refusal_shows_no_secret_of_the_url_that_it_repeats() -> None:
    words = f"PreWebhookUrl '{SECRET_URL}' is invalid"
    body = {"code": 20001, "message": words, "more_info": "https://www.twilio.com/docs/20001", "status": 400}
    moment, _ = call(answer(400, json.dumps(body).encode()))

    with pytest.raises(VendorError) as caught:
        definition.write(moment, None, WebhookConfigurationInputs(pre_webhook_url=SECRET_URL))

    assert "https://desk.example.com/pre" in str(caught.value)
    assert "canary" not in str(caught.value)


def test_reset_clears_everything() -> None:
    moment, wire = call(answer(200, json.dumps(UNSET).encode()))

    definition.delete(moment, SID, decoded(WebhookConfigurationState, SHOWN))

    assert sent(wire) == [("POST", URL, CLEARED)]


def test_a_reset_that_is_not_done_is_an_error_that_names_what_is_left_and_no_value() -> None:
    left = {**UNSET, "pre_webhook_url": SECRET_URL, "filters": ["onMessageAdded"]}
    moment, _ = call(answer(200, json.dumps(left).encode()))

    with pytest.raises(OperationFailedError) as caught:
        definition.delete(moment, SID, decoded(WebhookConfigurationState, SHOWN))

    assert str(caught.value) == "Twilio has not cleared filters, pre_webhook_url"


@pytest.mark.parametrize("target", [None, "", "webhook"])
def test_after_a_reset_no_target_is_as_good_as_the_target_webhook(target: str | None) -> None:
    moment, _ = call(
        answer(200, json.dumps({**UNSET, "filters": [], "method": "", "target": target}).encode())
    )

    definition.delete(moment, SID, decoded(WebhookConfigurationState, SHOWN))


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


def test_unknown_events_are_named_once_and_only_they() -> None:
    (remark,) = _advice(filters=["onMessageAdded", "onMessageSend", "onmessageadded", "onMessageSend"])

    assert remark.startswith("filters: has events that are not documented: onMessageSend, onmessageadded. ")


def test_what_is_shown_of_unknown_events_is_one_short_line_without_secrets() -> None:
    (remark,) = _advice(filters=["a\nb", SECRET_URL, *(f"onEvent{number}" for number in range(1000))])

    assert "\n" not in remark
    assert "canary" not in remark
    assert len(remark) < 1200


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
    checked = check(definition, old, new, Claims())

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
        ("pre_webhook_url", SECRET_URL, "https://desk.example.com/pre and more, which may be secret"),
        ("post_webhook_url", "https://a.example/x", "https://a.example/x"),
        ("post_webhook_url", "https://A.Example/x", "https://a.example/x"),
        ("post_webhook_url", "canary", "[unreadable URL] and more, which may be secret"),
        ("post_webhook_url", {"canary": 1}, "[unreadable URL] and more, which may be secret"),
        ("post_webhook_url", "", "nothing"),
        ("filters", ["a", "b"], '["a", "b"]'),
        ("method", None, "nothing"),
    ],
)
def test_of_a_url_only_that_is_shown_which_is_no_secret(name: str, value: Any, text: str) -> None:
    assert in_words(WebhookConfigurationInputs, name, value) == text


Verb = Callable[[Call[Twilio]], Any]
VERBS: dict[str, Verb] = {
    "read": lambda moment: definition.read(moment, SID),
    "create": lambda moment: definition.create(moment, WebhookConfigurationInputs(method="GET")),
    "update": lambda moment: definition.update(
        moment, SID, decoded(WebhookConfigurationState, SHOWN), WebhookConfigurationInputs(method="GET")
    ),
    "delete": lambda moment: definition.delete(moment, SID, decoded(WebhookConfigurationState, SHOWN)),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())
def test_no_verb_hides_a_refusal(verb: Verb) -> None:
    moment, wire = call(answer(403, b'{"code": 20003, "message": "No.", "status": 403}'))

    with pytest.raises(VendorError):
        verb(moment)
    assert len(wire.sent) == 1
