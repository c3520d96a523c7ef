"""What the vendors are sent, how lists are read, and which requests are repeated."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from pulumi_switchboard.core.contract import Origin
from pulumi_switchboard.errors import (
    LostAnswerError,
    MissingError,
    SwitchboardError,
    UnreachableError,
    VendorError,
)
from pulumi_switchboard.http.messages import Request
from pulumi_switchboard.http.retrying import Line
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import MOST_PAGES, Twilio, pages, segment
from pulumi_switchboard.vendors.ultravox.client import Ultravox

from tests.http.fakes import Answer, answer, scripted
from tests.promises import proves
from tests.vendors.clients import KEY, SID, TOKEN, said, twilio, ultravox

PATH = "/api/telephony_configs/twilio"
LOST = LostAnswerError("lost")
CONVERSATIONS = "https://conversations.twilio.com/v1/x"
VOICE = "https://voice.twilio.com/v2/x"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FIELDS = [("Filters", "a"), ("Filters", "b & c"), ("PreWebhookUrl", "")]


@pytest.mark.parametrize(
    ("send", "method", "url", "headers", "body"),
    [
        (lambda client: client.get("voice", "/v2/x", {"a": "b c"}), "GET", f"{VOICE}?a=b+c", {}, None),
        (lambda client: client.post("voice", "/v2/x", {"a": "ä"}), "POST", VOICE, JSON, b'{"a": "\\u00e4"}'),
        (lambda client: client.put("voice", "/v2/x", {"a": None}), "PUT", VOICE, JSON, b'{"a": null}'),
        (lambda client: client.delete("voice", "/v2/x"), "DELETE", VOICE, {}, None),
        (
            lambda client: client.post_form("conversations", "/v1/x", FIELDS),
            *("POST", CONVERSATIONS, FORM, b"Filters=a&Filters=b+%26+c&PreWebhookUrl="),
        ),
    ],
    ids=["get", "post", "put", "delete", "form"],
)
def test_a_request_to_twilio_has_the_credentials_and_json_or_a_form(
    send: Callable[[Twilio], Any], method: str, url: str, headers: dict[str, str], body: bytes | None
) -> None:
    client, script = twilio(said({"id": "1"}))

    assert send(client) == (None if method == "DELETE" else {"id": "1"})

    ((_, request),) = script.sent
    assert request == Request(
        method, url, (SID, TOKEN), headers, body, idempotent=body is not None and headers == FORM
    )


@pytest.mark.parametrize(
    ("send", "method", "body"),
    [
        (lambda client: client.get(PATH), "GET", None),
        (lambda client: client.post(PATH, {"a": "ä"}), "POST", {"a": "ä"}),
        (lambda client: client.patch(PATH, {"a": []}), "PATCH", {"a": []}),
        (lambda client: client.delete(PATH), "DELETE", None),
    ],
)
def test_a_request_to_ultravox_has_the_key_alone_and_json(
    send: Callable[[Ultravox], Any], method: str, body: dict[str, Any] | None
) -> None:
    client, script = ultravox(said({"accountSid": "AC1"}))

    assert send(client) == (None if method == "DELETE" else {"accountSid": "AC1"})

    ((_, request),) = script.sent
    assert (request.method, request.url) == (method, f"https://api.ultravox.ai{PATH}")
    assert request.auth is None
    assert request.headers == {"X-API-Key": KEY, **(JSON if body else {})}
    assert (json.loads(request.body) if request.body else None) == body


@proves("endpoint.one-base-url")
def test_the_endpoint_takes_the_place_of_ultravoxs_host() -> None:
    client, script = ultravox(said({}), **{"switchboard:endpoint": "http://127.0.0.1:8080/"})

    client.get(PATH)

    assert script.sent[0][1].url == f"http://127.0.0.1:8080/api.ultravox.ai{PATH}"
    assert str(client.origin) == "account of the Ultravox API key at http://127.0.0.1:8080"
    assert str(ultravox()[0].origin) == "account of the Ultravox API key at https://api.ultravox.ai"


def test_each_account_has_a_line_of_its_own_to_the_vendor() -> None:
    asked: list[Origin] = []

    def line(origin: Origin) -> Line:
        asked.append(origin)
        return scripted().line()

    settings = {
        "twilio:accountSid": SID,
        "twilio:authToken": "t",
        "twilio:region": "ie1",
        "ultravox:apiKey": KEY,
    }
    signed_in = [sign_in(Sources(settings, {}), line) for sign_in in (Twilio.sign_in, Ultravox.sign_in)]

    assert asked == [client.origin for client in signed_in]
    assert asked[0] == Origin(SID, "https://ie1.twilio.com")


@proves("transport.retries")
def test_a_request_without_effect_the_second_time_is_repeated() -> None:
    troubles: list[Answer] = [LOST, UnreachableError("away"), answer(503)]
    sends: list[Callable[[Ultravox], Any]] = [
        lambda client: client.get(PATH),
        lambda client: client.patch(PATH, {"a": 1}),
        lambda client: client.delete(PATH),
    ]
    for trouble in troubles:
        for send in sends:
            client, script = ultravox(trouble, said({}))
            send(client)
            assert len(script.sent) == 2

        form, script = twilio(trouble, said({}))
        assert form.post_form("conversations", "/v1/x", FIELDS) == {}
        assert len(script.sent) == 2


@proves("transport.retries")
def test_a_create_that_may_have_had_its_effect_is_not_repeated() -> None:
    for trouble in (LOST, answer(503)):
        of_twilio, of_ultravox = twilio(trouble), ultravox(trouble)
        with pytest.raises(SwitchboardError) as first:
            of_twilio[0].post("voice", "/v2/x", {})
        with pytest.raises(SwitchboardError) as second:
            of_ultravox[0].post(PATH, {"a": 1})

        assert first.value.may_have_acted
        assert second.value.may_have_acted
        assert (len(of_twilio[1].sent), len(of_ultravox[1].sent)) == (1, 1)


def test_a_refusal_of_a_repeated_change_leaves_its_effect_open() -> None:
    with pytest.raises(VendorError) as first:
        twilio(LOST, said({"message": "No."}, 400))[0].post_form("conversations", "/v1/x", FIELDS)
    with pytest.raises(VendorError) as second:
        ultravox(LOST, said({"detail": "No."}, 400))[0].patch(PATH, {"a": 1})

    assert first.value.may_have_acted
    assert second.value.may_have_acted


@proves("transport.only-to-the-vendor")
def test_a_redirect_is_a_refusal_and_an_answer_without_json_is_lost() -> None:
    for status in (301, 302, 307):
        away = answer(status, b"", location="https://evil.example")
        with pytest.raises(VendorError, match="no explanation"):
            twilio(away)[0].get("voice", "/v2/x")
        with pytest.raises(VendorError, match="no explanation"):
            ultravox(away)[0].get(PATH)

    page = said("<html>", content_type="text/html")
    with pytest.raises(LostAnswerError, match="not JSON"):
        twilio(page)[0].post("voice", "/v2/x", {})
    with pytest.raises(LostAnswerError, match="not JSON"):
        ultravox(page)[0].post(PATH, {})


def test_an_id_is_one_segment_of_a_path_whatever_it_holds() -> None:
    texts = ["voice_clientconfiguration_01", "a/b", "../x", "a?b#c", "a b%", "ü", "..."]
    segments = ["voice_clientconfiguration_01", "a%2Fb", "..%2Fx", "a%3Fb%23c", "a%20b%25", "%C3%BC", "..."]
    assert [segment(text) for text in texts] == segments

    for text in ("", ".", ".."):
        with pytest.raises(MissingError, match="is no id of an object"):
            segment(text)


def page(items: Any, token: Any = None) -> Answer:
    """A page of a list."""
    return said({"items": items, "meta": {"next": token}})


@pytest.mark.parametrize(
    ("answers", "found", "requests"),
    [
        ([page([1, 2], "a b"), page([3])], [1, 2, 3], 2),
        *[([page([1], token)], [1], 1) for token in (None, "", 7, ["a"])],
        *[
            ([page([1], "more"), odd], [1], 2)
            for odd in (said([]), said(7), page(7), page(None), page({"a": 1}))
        ],
        ([page([1], "a"), page([2], "b"), page([3], "a")], [1, 2, 3], 3),
        ([page([n], f"{n}") for n in range(2 * MOST_PAGES)], [*range(MOST_PAGES)], MOST_PAGES),
    ],
)
def test_all_pages_of_a_list_are_read_and_no_list_is_endless(
    answers: list[Answer], found: list[int], requests: int
) -> None:
    client, script = twilio(*answers)

    assert [*pages(client, "voice", "/v2/x", {"size": "2"}, items="items", token="next")] == found
    assert len(script.sent) == requests
