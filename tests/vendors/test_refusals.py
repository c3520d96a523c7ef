"""What a vendor's refusal becomes: its kind, its words, and what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pulumi_switchboard.errors import NotFoundError, RateLimitError, VendorError
from pulumi_switchboard.vendors.twilio.errors import ERROR_PAGES, twilio_error
from pulumi_switchboard.vendors.ultravox.errors import ultravox_error

from tests.promises import proves
from tests.transport.fakes import answer
from tests.vendors.clients import raw, said, twilio, ultravox

REMEDIES = {
    400: "change the resource as ",
    409: "delete_before_replace=True",
    429: "a lower --parallel",
    500: "try again later",
}
GONE = {"detail": "No TwilioConfig matches the given query."}


def told(status: int, code: Any, message: str = "No.", link: str | None = None) -> dict[str, Any]:
    return {"code": code, "message": message, "more_info": link or f"{ERROR_PAGES}{code}", "status": status}


PAGES = ("", "<html><body>404 Not Found</body></html>", "404 page not found", "null", "404", "{}", "\udcff")
NOT_OF_TWILIO: list[Any] = [
    *PAGES,
    "[]",
    '"not found"',
    {"error": "not found"},
    {"message": "no Route matched with those values"},
    {"code": "NoSuchBucket", "message": "The specified bucket does not exist"},
    {"code": 404, "error": "Not Found"},
    {"code": 404, "message": "Not Found", "status": 404},
    {"code": 404, "message": "Not Found", "more_info": f"{ERROR_PAGES}404"},
    told(404, 404, "Not Found", "https://proxy.example/404"),
    {"code": 5, "message": "Not Found", "details": []},
    told(404, 20404, ""),
]
NOT_OF_ULTRAVOX: list[Any] = [
    *PAGES,
    '"Not found."',
    ["Not found."],
    told(404, 20404),
    *({"detail": odd} for odd in ("", ["Not found."], {"reason": "Not found."})),
    {"message": "no Route matched with those values"},
    {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "No such page."},
    {**told(404, 20404), "detail": "Not found."},
]


def of_twilio(status: int, body: Any, **headers: str) -> VendorError:
    return twilio_error(answer(status, raw(body), **headers))


def of_ultravox(status: int, body: Any) -> VendorError:
    return ultravox_error(answer(status, raw(body)))


@proves("error.vendor-words")
def test_an_error_has_the_words_of_the_vendor_and_code_link_and_request_id_of_twilio() -> None:
    body = told(404, 20404, "The requested resource was not found")
    with pytest.raises(NotFoundError) as caught:
        twilio(said(body, 404, twilio_request_id="RQ1"))[0].exchange("GET", "voice", "/v2/x")

    assert str(caught.value) == (
        "Twilio answered: The requested resource was not found (HTTP 404, code 20404)\n"
        "  See: https://www.twilio.com/docs/errors/20404\n"
        "  Request id: RQ1"
    )
    assert "In the way: id-1" in str(of_twilio(409, told(409, 20409), x_conflicting_resource_id="id-1"))
    assert all(of_twilio(400, told(400, odd)).refusal.code is None for odd in ("x", True, 20404.5))
    assert "canary" not in str(of_twilio(502, "<html>canary</html>"))

    with pytest.raises(NotFoundError) as caught:
        ultravox(said(GONE, 404))[0].exchange("GET", "api", "/api/x")
    assert str(caught.value) == "Ultravox answered: No TwilioConfig matches the given query. (HTTP 404)"


@proves("error.vendor-words", "read.gone-leaves-state")
def test_an_error_of_twilio_has_either_form_that_its_products_have() -> None:
    page = f"{ERROR_PAGES}20404"
    error = {"type": page, "title": "Not Found", "status": 404, "code": 20404, "detail": "No such store."}
    for body, words in ((error, "No such store."), ({**error, "detail": None}, "Not Found")):
        refused = of_twilio(404, body)
        assert isinstance(refused, NotFoundError)
        assert (refused.refusal.message, refused.refusal.link) == (words, page)
    assert of_twilio(400, {**error, "type": "about:blank"}).refusal.link == ""


@proves("error.refused-credentials")
def test_an_error_is_of_the_kind_that_its_status_says_and_names_the_credentials_that_were_used() -> None:
    for status in (400, 401, 403, 404, 409, 429, 500):
        kind = {404: NotFoundError, 429: RateLimitError}.get(status, VendorError)
        first, second = of_twilio(status, told(status, 20001)), of_ultravox(status, GONE)

        assert (type(first), type(second)) == (kind, kind)
        assert (first.refusal.status, first.refusal.code, first.refusal.message) == (status, 20001, "No.")
        assert (second.refusal.vendor, second.refusal.status, second.refusal.code) == (
            "Ultravox",
            status,
            None,
        )
        remedy = REMEDIES.get(status, "")
        assert (remedy in first.remedy, remedy in second.remedy) == (True, True)
        is_about_credentials = status in (401, 403)
        assert ("check the Twilio credentials." in str(first)) is is_about_credentials
        key = "check the Ultravox API key, ultravox:apiKey or ULTRAVOX_API_KEY."
        assert (key in str(second)) is is_about_credentials
    assert type(of_twilio(404, told(404, 404))) is NotFoundError, "the status may be the code"
    for error in (twilio_error, ultravox_error):
        refused = error(replace(answer(503, retry_after="7"), is_repeat=True)).refusal
        assert (refused.retry_after, refused.is_repeat) == (7.0, True)


@proves("read.gone-leaves-state")
def test_a_404_in_words_that_are_not_the_vendors_does_not_say_that_an_object_is_gone() -> None:
    for vendor, refused, odd in (
        ("Twilio", of_twilio, NOT_OF_TWILIO),
        ("Ultravox", of_ultravox, NOT_OF_ULTRAVOX),
    ):
        for body in odd:
            error = refused(404, body)
            assert not isinstance(error, NotFoundError), body
            assert f"this answer is not from {vendor}: check for a proxy in between" in str(error)


@proves("error.vendor-words")
def test_a_refusal_of_ultravox_says_in_one_line_which_member_is_wrong() -> None:
    agents = {"1": ['"abc" is not a valid UUID.'], "3": ["No."]}
    refusals: list[tuple[Any, str]] = [
        ({"detail": "Not now."}, "Not now."),
        (
            {"accountSid": ["Too long.", "No SID."], "authToken": ["Wrong."]},
            "accountSid: Too long. No SID.; authToken: Wrong.",
        ),
        ({"non_field_errors": ["Not both."]}, "Not both."),
        ({"nonFieldErrors": ["Not both."], "authToken": "Wrong."}, "Not both.; authToken: Wrong."),
        ({"agents": agents}, 'agents.1: "abc" is not a valid UUID.; agents.3: No.'),
        ({"tools": [{}, {"name": ["Taken."]}]}, "tools.1.name: Taken."),
        (["Not\nlike  this."], "Not like this."),
    ]
    silent: list[Any] = [
        {"detail": "", "accountSid": None, "status": 7},
        {},
        "<html>canary</html>",
        '"canary"',
        "[" * 100_000,
    ]
    for body, line in (*refusals, *((body, "no explanation") for body in silent)):
        refused = of_ultravox(400, body)
        assert refused.summary == f"Ultravox answered: {line} (HTTP 400)"
        assert ("this answer is not from Ultravox" in refused.remedy) is (body in silent)


@proves("text.cut")
def test_a_long_or_deep_refusal_of_ultravox_is_cut() -> None:
    body = {"place" * 4000: {str(number): "wrong" for number in range(1000)}}

    assert len(str(of_ultravox(400, body))) < 1500
    assert type(of_ultravox(400, '{"a":' * 950 + '"b"' + "}" * 950)) is VendorError
