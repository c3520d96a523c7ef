"""What Ultravox is sent, and what its refusals become."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from pulumi_switchboard.core.contract import Origin
from pulumi_switchboard.errors import (
    LostAnswerError,
    NotFoundError,
    RateLimitError,
    SwitchboardError,
    UnreachableError,
    VendorError,
)
from pulumi_switchboard.http.retrying import Line
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.ultravox.client import Ultravox
from pulumi_switchboard.vendors.ultravox.refusals import refusal

from tests.http.fakes import Answer, Wire, answer

KEY = "Ab3dE6gh.0123456789abcdef0123456789ABCDEF"
PATH = "/api/telephony_configs/twilio"
TOKEN = "canary7f"
GONE = {"detail": "No TwilioConfig matches the given query."}
E1 = {"code": 20404, "message": "Not found", "more_info": "https://t.example/20404", "status": 404}


def client(*answers: Answer, **config: str) -> tuple[Ultravox, Wire]:
    """A client whose requests get these answers."""
    wire = Wire(iter(answers))
    return Ultravox.sign_in(Sources({"ultravox:apiKey": KEY, **config}, {}), lambda _: wire.line()), wire


def shown(body: Any, status: int = 200) -> Answer:
    """An answer with this body; a text is a body as it stands."""
    return answer(status, body.encode() if isinstance(body, str) else json.dumps(body).encode())


def refused(status: int, body: Any) -> VendorError:
    """The error for this answer."""
    said = shown(body, status)
    assert not isinstance(said, Exception)
    return refusal(said)


# --- what is sent


@pytest.mark.parametrize(
    ("send", "method", "body"),
    [
        (lambda ultravox: ultravox.get(PATH), "GET", None),
        (lambda ultravox: ultravox.post(PATH, {"a": "ä"}), "POST", {"a": "ä"}),
        (lambda ultravox: ultravox.patch(PATH, {"a": []}), "PATCH", {"a": []}),
        (lambda ultravox: ultravox.delete(PATH), "DELETE", None),
    ],
)
def test_a_request_is_signed_by_the_key_alone_and_holds_json(
    send: Callable[[Ultravox], Any], method: str, body: dict[str, Any] | None
) -> None:
    ultravox, wire = client(shown({"accountSid": "AC1"}))

    said = send(ultravox)

    ((_, request),) = wire.sent
    assert (request.method, request.url) == (method, f"https://api.ultravox.ai{PATH}")
    assert request.auth is None
    assert request.headers == {"X-API-Key": KEY, **({"Content-Type": "application/json"} if body else {})}
    assert (json.loads(request.body) if request.body else None) == body
    assert said == (None if method == "DELETE" else {"accountSid": "AC1"})


def test_the_endpoint_takes_the_place_of_the_host() -> None:
    ultravox, wire = client(shown({}), **{"switchboard:endpoint": "http://127.0.0.1:8080/"})

    ultravox.get(PATH)

    assert wire.sent[0][1].url == f"http://127.0.0.1:8080/api.ultravox.ai{PATH}"


def test_an_account_is_that_of_the_key_wherever_it_is_reached() -> None:
    ultravox, _ = client()
    elsewhere, _ = client(**{"switchboard:endpoint": "http://127.0.0.1:8080"})

    assert str(ultravox.origin) == "account of the Ultravox API key at https://api.ultravox.ai"
    assert str(elsewhere.origin) == "account of the Ultravox API key at http://127.0.0.1:8080"


def test_an_account_has_its_own_way_to_the_vendor() -> None:
    asked: list[Origin] = []
    wire = Wire(iter([]))

    def line(origin: Origin) -> Line:
        asked.append(origin)
        return wire.line()

    ultravox = Ultravox.sign_in(Sources({}, {"ULTRAVOX_API_KEY": KEY}), line)

    assert asked == [ultravox.origin]


@pytest.mark.parametrize("trouble", [LostAnswerError("lost"), UnreachableError("away"), answer(503)])
@pytest.mark.parametrize(
    "send",
    [
        lambda ultravox: ultravox.get(PATH),
        lambda ultravox: ultravox.patch(PATH, {"a": 1}),
        lambda ultravox: ultravox.delete(PATH),
    ],
)
def test_what_changes_no_more_the_second_time_is_sent_again(
    send: Callable[[Ultravox], Any], trouble: Answer
) -> None:
    ultravox, wire = client(trouble, shown({}))

    send(ultravox)

    assert len(wire.sent) == 2


@pytest.mark.parametrize("trouble", [LostAnswerError("lost"), answer(503)])
def test_a_create_that_may_have_had_its_effect_is_not_sent_again(trouble: Answer) -> None:
    ultravox, wire = client(trouble)

    with pytest.raises(SwitchboardError) as caught:
        ultravox.post(PATH, {"a": 1})

    assert caught.value.may_have_acted
    assert len(wire.sent) == 1


def test_the_refusal_of_a_change_sent_again_leaves_open_whether_it_had_its_effect() -> None:
    ultravox, _ = client(LostAnswerError("lost"), shown({"detail": "No."}, 400))

    with pytest.raises(VendorError) as caught:
        ultravox.patch(PATH, {"a": 1})
    assert caught.value.may_have_acted


# --- what is refused


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ({"detail": "Not now."}, "Not now."),
        ({"accountSid": ["This field is required."]}, "accountSid: This field is required."),
        (
            {"accountSid": ["Too long.", "No SID."], "authToken": ["Wrong."]},
            "accountSid: Too long. No SID.; authToken: Wrong.",
        ),
        ({"non_field_errors": ["Not both."]}, "Not both."),
        ({"nonFieldErrors": ["Not both."], "authToken": "Wrong."}, "Not both.; authToken: Wrong."),
        (
            {"callCreationAllowedAgentIds": {"1": ['"abc" is not a valid UUID.'], "3": ["No."]}},
            'callCreationAllowedAgentIds.1: "abc" is not a valid UUID.; callCreationAllowedAgentIds.3: No.',
        ),
        ({"tools": [{}, {"name": ["Taken."]}]}, "tools.1.name: Taken."),
        (["Not\nlike  this."], "Not like this."),
        ({"detail": "", "accountSid": None, "status": 7}, "no explanation"),
        ({}, "no explanation"),
        ("<html>canary</html>", "no explanation"),
        ('"canary"', "no explanation"),
        ("", "no explanation"),
    ],
)
def test_a_refusal_says_in_one_line_what_is_wrong_with_which_member(body: Any, line: str) -> None:
    assert refused(400, body).summary == f"Ultravox answered: {line} (HTTP 400)"


def test_a_refusal_that_is_nested_without_end_is_one_all_the_same() -> None:
    assert refused(400, "[" * 100_000).refusal.message == "no explanation"
    assert type(refused(400, '{"a":' * 950 + '"b"' + "}" * 950)) is VendorError


def test_no_more_is_gathered_of_a_refusal_than_it_has_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    handed_on: list[str] = []

    def note(text: str, *_: Any) -> str:
        handed_on.append(text)
        return text

    monkeypatch.setattr("pulumi_switchboard.vendors.ultravox.refusals.in_one_line", note)
    body = {"place" * 4000: {str(number): "wrong" for number in range(1000)}}

    refused(400, body)

    assert sum(map(len, handed_on)) <= len(json.dumps(body))


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, VendorError), (404, NotFoundError), (405, VendorError), (429, RateLimitError), (500, VendorError)],
)
def test_a_refusal_is_of_the_kind_that_its_status_says(status: int, kind: type) -> None:
    error = refused(status, GONE)

    assert type(error) is kind
    assert (error.refusal.vendor, error.refusal.status, error.refusal.code) == ("Ultravox", status, None)


def test_a_refused_request_raises_the_refusal() -> None:
    ultravox, _ = client(shown(GONE, 404))

    with pytest.raises(NotFoundError) as caught:
        ultravox.get(PATH)
    assert str(caught.value) == "Ultravox answered: No TwilioConfig matches the given query. (HTTP 404)"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>404 Not Found</body></html>",
        "null",
        "404",
        '"Not found."',
        ["Not found."],
        {},
        E1,
        {"detail": ""},
        {"detail": ["Not found."]},
        {"detail": {"reason": "Not found."}},
        {"message": "no Route matched with those values"},
        {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "No such page."},
        {**E1, "detail": "Not found."},
    ],
)
def test_a_404_in_other_words_than_ultravoxs_does_not_say_that_an_object_is_gone(body: Any) -> None:
    error = refused(404, body)

    assert not isinstance(error, NotFoundError)
    assert "this is no answer of Ultravox's: check for a proxy in between" in str(error)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_of_the_key_names_it_and_tells_which_one_refresh_and_destroy_use(status: int) -> None:
    text = str(refused(status, {"detail": "Invalid API key."}))

    for word in (
        "check the Ultravox API key, ultravox:apiKey or ULTRAVOX_API_KEY.",
        "`pulumi refresh` and `pulumi destroy` use the credentials saved by the last `pulumi up`",
        "--run-program",
    ):
        assert word in text


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_no_success(status: int) -> None:
    ultravox, wire = client(answer(status, b"", location="https://evil.example"))

    with pytest.raises(VendorError, match=r"no explanation"):
        ultravox.get(PATH)
    assert len(wire.sent) == 1


def test_a_success_that_is_no_json_is_no_answer_of_ultravoxs() -> None:
    ultravox, _ = client(answer(200, b"<html>", content_type="text/html"))

    with pytest.raises(LostAnswerError, match="not JSON"):
        ultravox.post(PATH, {})
