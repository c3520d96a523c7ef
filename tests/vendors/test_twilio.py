"""What Twilio is sent, and what its refusals become."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from pulumi_switchboard.core.contract import Origin
from pulumi_switchboard.errors import (
    LostAnswerError,
    MissingError,
    NotFoundError,
    RateLimitError,
    VendorError,
)
from pulumi_switchboard.http.messages import Response
from pulumi_switchboard.http.retrying import Line
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import MOST_PAGES, Twilio, pages, segment
from pulumi_switchboard.vendors.twilio.refusals import ERRORS, refusal

from tests.http.fakes import Answer, Wire, answer

SID = "AC" + "1" * 32
E1 = {
    "code": 20404,
    "message": "The requested resource was not found",
    "more_info": "https://www.twilio.com/docs/errors/20404",
    "status": 404,
}


def refused(status: int, body: Any, **headers: str) -> VendorError:
    """The error for this answer; a text is a body as it stands."""
    raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return refusal(answer(status, raw, **headers))


def e1(status: int, code: int, message: str = "No.") -> dict[str, Any]:
    """A refusal in Twilio's shape."""
    return {"code": code, "message": message, "more_info": f"https://t.example/{code}", "status": status}


def test_a_refusal_says_what_twilio_said_with_code_link_and_request_id() -> None:
    error = refused(404, E1, twilio_request_id="RQ1")

    assert str(error) == (
        "Twilio answered: The requested resource was not found (HTTP 404, code 20404)\n"
        "  See: https://www.twilio.com/docs/errors/20404\n"
        "  Request id: RQ1"
    )
    assert isinstance(error, NotFoundError)


def test_a_refusal_names_the_object_that_is_in_the_way() -> None:
    error = refused(409, e1(409, 20409), x_conflicting_resource_id="conv_configuration_1")

    assert "In the way: conv_configuration_1" in str(error)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 20001, VendorError),
        (409, 20409, VendorError),
        (429, 20429, RateLimitError),
        (500, 20500, VendorError),
    ],
)
def test_a_refusal_is_of_the_kind_that_its_status_says(status: int, code: int, kind: type) -> None:
    error = refused(status, e1(status, code))

    assert type(error) is kind
    assert (error.refusal.status, error.refusal.code, error.refusal.message) == (status, code, "No.")


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_of_the_credentials_tells_which_ones_refresh_and_destroy_use(status: int) -> None:
    text = str(refused(status, e1(status, 20003)))

    for word in ("pulumi refresh", "pulumi destroy", "the last `pulumi up`", "--run-program"):
        assert word in text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>404 Not Found</body></html>",
        "404 page not found",
        "null",
        "[]",
        '"not found"',
        "404",
        "{}",
        {"error": "not found"},
        {"message": "Not Found"},
        {"message": "no Route matched with those values"},
        {"code": "NoSuchBucket", "message": "The specified bucket does not exist"},
        {"code": 404, "error": "Not Found"},
        {"code": 404, "message": "Not Found", "status": 404},
        {"code": 404, "message": "Not Found", "more_info": f"{ERRORS}404"},
        {"code": 404, "message": "Not Found", "more_info": "https://proxy.example/404", "status": 404},
        {"code": 5, "message": "Not Found", "details": []},
        "\udcff",
    ],
)
def test_a_404_in_other_words_than_twilios_does_not_say_that_an_object_is_gone(body: Any) -> None:
    raw = body.encode(errors="surrogateescape") if isinstance(body, str) else json.dumps(body).encode()

    error = refusal(answer(404, raw))

    assert not isinstance(error, NotFoundError)
    assert "proxy" in str(error)


def test_a_404_of_twilios_may_have_the_status_for_a_code() -> None:
    body = {"code": 404, "message": "Not found", "more_info": f"{ERRORS}404", "status": 404}

    assert isinstance(refused(404, body), NotFoundError)


def test_a_body_that_is_not_twilios_is_not_repeated() -> None:
    assert "canary" not in str(refused(502, "<html>canary</html>"))


def test_a_code_that_is_no_number_is_left_out() -> None:
    assert refused(400, {**e1(400, 1), "code": "x"}).refusal.code is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("voice_clientconfiguration_01", "voice_clientconfiguration_01"),
        ("a/b", "a%2Fb"),
        ("../x", "..%2Fx"),
        ("a?b#c", "a%3Fb%23c"),
        ("a b%", "a%20b%25"),
        ("ü", "%C3%BC"),
        ("...", "..."),
    ],
)
def test_a_segment_of_a_path_is_one_segment_whatever_it_holds(text: str, path: str) -> None:
    assert segment(text) == path


@pytest.mark.parametrize("text", ["", ".", ".."])
def test_what_would_make_it_another_path_is_no_segment(text: str) -> None:
    with pytest.raises(MissingError, match="is no id of an object"):
        segment(text)


def client(*responses: Answer, **config: str) -> tuple[Twilio, Wire]:
    """A client whose requests get these answers."""
    wire = Wire(iter(responses))
    settings = {"twilio:accountSid": SID, "twilio:authToken": "token", **config}
    return Twilio.sign_in(Sources(settings, {}), lambda _: wire.line()), wire


@pytest.mark.parametrize(
    ("send", "method", "body"),
    [
        (lambda twilio: twilio.get("voice", "/v2/x", {"a": "b c"}), "GET", None),
        (lambda twilio: twilio.post("voice", "/v2/x", {"a": "ä"}), "POST", {"a": "ä"}),
        (lambda twilio: twilio.put("voice", "/v2/x", {"a": None}), "PUT", {"a": None}),
        (lambda twilio: twilio.delete("voice", "/v2/x"), "DELETE", None),
    ],
)
def test_a_request_is_signed_and_holds_json(
    send: Callable[[Twilio], Any], method: str, body: dict[str, Any] | None
) -> None:
    twilio, wire = client(answer(200, b'{"id": "1"}'))

    shown = send(twilio)

    request = wire.sent[0][1]
    assert (request.method, request.auth) == (method, (SID, "token"))
    assert request.url.startswith("https://voice.twilio.com/v2/x")
    assert request.url.partition("?")[2] == ("a=b+c" if method == "GET" else "")
    assert (json.loads(request.body) if request.body else None) == body
    assert request.headers == ({"Content-Type": "application/json"} if body else {})
    assert shown == (None if method == "DELETE" else {"id": "1"})


def test_a_form_is_sent_with_the_names_that_it_repeats() -> None:
    twilio, wire = client(answer(200, b'{"method": "POST"}'))

    shown = twilio.post_form(
        "conversations", "/v1/x", [("Filters", "a"), ("Filters", "b & c"), ("PreWebhookUrl", "")]
    )

    request = wire.sent[0][1]
    assert (request.method, request.url) == ("POST", "https://conversations.twilio.com/v1/x")
    assert request.auth == (SID, "token")
    assert request.headers == {"Content-Type": "application/x-www-form-urlencoded"}
    assert request.body == b"Filters=a&Filters=b+%26+c&PreWebhookUrl="
    assert shown == {"method": "POST"}


def test_a_form_is_sent_again_where_an_object_to_be_created_is_not() -> None:
    twilio, wire = client(LostAnswerError("lost"), answer(503), answer(200, b"{}"), LostAnswerError("lost"))

    assert twilio.post_form("conversations", "/v1/x", [("Target", "flex")]) == {}
    assert len(wire.sent) == 3
    with pytest.raises(LostAnswerError):
        twilio.post("voice", "/v2/x", {})
    assert len(wire.sent) == 4


def test_the_refusal_of_a_form_sent_again_leaves_open_whether_it_had_its_effect() -> None:
    twilio, _ = client(LostAnswerError("lost"), answer(400, json.dumps(e1(400, 20001)).encode()))

    with pytest.raises(VendorError) as caught:
        twilio.post_form("conversations", "/v1/x", [("Target", "flex")])
    assert caught.value.may_have_acted


def test_what_is_no_url_has_no_secret_parts() -> None:
    twilio, _ = client(answer(400, json.dumps(e1(400, 20001, "the colour is unknown")).encode()))

    with pytest.raises(VendorError, match="the colour is unknown"):
        twilio.post("voice", "/v2/x", {"name": "colour", "url": "https://[colour", "x": None})


def test_a_refused_request_raises_the_refusal() -> None:
    twilio, _ = client(answer(404, json.dumps(E1).encode()))

    with pytest.raises(NotFoundError):
        twilio.get("voice", "/v2/x")


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_no_success(status: int) -> None:
    twilio, _ = client(answer(status, b"", location="https://evil.example"))

    with pytest.raises(VendorError, match=r"no explanation"):
        twilio.get("voice", "/v2/x")


def test_a_success_that_is_no_json_is_no_answer_of_twilios() -> None:
    twilio, _ = client(answer(200, b"<html>", content_type="text/html"))

    with pytest.raises(LostAnswerError, match="not JSON"):
        twilio.post("voice", "/v2/x", {})


def test_an_account_has_its_own_way_to_the_vendor() -> None:
    asked: list[Origin] = []
    settings = {"twilio:accountSid": SID, "twilio:authToken": "token", "twilio:region": "ie1"}
    wire = Wire(iter([]))

    def line(origin: Origin) -> Line:
        asked.append(origin)
        return wire.line()

    Twilio.sign_in(Sources(settings, {}), line)

    assert asked == [Origin(SID, "https://ie1.twilio.com")]


def page(items: Any, token: Any = None) -> Response:
    """A page of a list."""
    return answer(200, json.dumps({"items": items, "meta": {"next": token}}).encode())


def listed(*answers: Response) -> tuple[list[Any], int]:
    """What is on these pages, and how many requests it took."""
    twilio, wire = client(*answers)
    found = list(pages(twilio, "voice", "/v2/x", {"size": "2"}, items="items", token="next"))
    return found, len(wire.sent)


def test_all_pages_of_a_list_are_read() -> None:
    assert listed(page([1, 2], "a b"), page([3])) == ([1, 2, 3], 2)


@pytest.mark.parametrize("odd", [answer(200, b"[]"), answer(200, b"7"), page(7), page(None), page({"a": 1})])
def test_a_page_that_is_none_ends_the_list(odd: Response) -> None:
    assert listed(page([1], "more"), odd) == ([1], 2)


@pytest.mark.parametrize("token", [None, "", 7, ["a"]])
def test_a_page_without_a_token_is_the_last(token: Any) -> None:
    assert listed(page([1], token)) == ([1], 1)


def test_a_list_that_leads_in_circles_ends() -> None:
    assert listed(page([1], "a"), page([2], "b"), page([3], "a")) == ([1, 2, 3], 3)


def test_a_list_without_end_is_read_up_to_a_limit() -> None:
    found, asked = listed(*(page([n], f"{n}") for n in range(2 * MOST_PAGES)))

    assert len(found) == asked == MOST_PAGES
