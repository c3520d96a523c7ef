"""What a request and a response hold, and what of them may be shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from pulumi_switchboard.errors import LostAnswerError
from pulumi_switchboard.http.decoding import DEEPEST
from pulumi_switchboard.http.messages import Request
from pulumi_switchboard.http.redaction import LONGEST_TEXT, bare_url, in_one_line

from tests.http.fakes import answer, request

CANARY = "canary"


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://a.example/v2/x", "https://a.example/v2/x"),
        (f"https://{CANARY}@a.example/x", "https://a.example/x"),
        (f"https://user:{CANARY}@a.example:8443/x", "https://a.example:8443/x"),
        (f"https://a.example/x?token={CANARY}", "https://a.example/x"),
        (f"https://a.example/x#{CANARY}", "https://a.example/x"),
        (f"https://u:{CANARY}@a.example?{CANARY}#{CANARY}", "https://a.example"),
        (f"https://u:{CANARY}@[::1]:8080/x", "https://[::1]:8080/x"),
        (f"https://a.example\\@{CANARY}:x@b.example/", "https://b.example/"),
        ("http://127.0.0.1:80/x/y", "http://127.0.0.1:80/x/y"),
    ],
)
def test_a_bare_url_has_neither_user_nor_query_nor_fragment(url: str, bare: str) -> None:
    assert bare_url(url) == bare


@pytest.mark.parametrize(
    "url",
    [
        f"https://[{CANARY}/x",
        f"https://u:{CANARY}@a.example:port/",
        f"https://u:{CANARY}@a.example:999999/",
        f"user:{CANARY}@a.example/x",
        f"//user:{CANARY}@a.example/x",
        f"{CANARY}",
        f"https:/{CANARY}@a.example",
        "",
    ],
)
def test_what_is_no_url_is_not_shown_at_all(url: str) -> None:
    assert bare_url(url) == "[unreadable URL]"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("All is well.", "All is well."),
        (f"url: https://u:{CANARY}@a.example/x?k={CANARY} is taken", "url: https://a.example/x is taken"),
        (f"'https://a.example/?{CANARY}'", "'https://a.example/'"),
        (f"WSS://u:{CANARY}@a.example", "wss://a.example"),
        ("one\ntwo\t three", "one two three"),
        ("x" * (LONGEST_TEXT + 1), "x" * LONGEST_TEXT + "…"),
        ("(see https://a.example/x.)", "(see https://a.example/x.)"),
        ("url=https://a.example/x?k=1", "url=https://a.example/x"),
        ("Is it a.example/x? It's not.", "Is it a.example/x? It's not."),
        ("#/channelSettings is 100% wrong: ^(?:a|b)$", "#/channelSettings is 100% wrong: ^(?:a|b)$"),
        ("whatsapp:+15550101 at 10:30", "whatsapp:+15550101 at 10:30"),
        (f"u:{CANARY}@a.example/x?k={CANARY} is taken", "…@a.example/x is taken"),
        (f"{CANARY}@a.example", "…@a.example"),
        ("a.example/v2/a%2Fb", "a.example/v2/a%2Fb"),
        (f"a.example/a%2Fb%3Fk%3D{CANARY}", "a.example/a/b"),
        (f"https://a.example/?k=it's-{CANARY}", "https://a.example/"),
    ],
)
def test_someone_elses_words_are_shown_in_one_line_and_with_bare_urls(text: str, line: str) -> None:
    assert in_one_line(text) == line


URLS = [
    f"https://{CANARY}@desk.example/x",
    f"https://user:{CANARY}@desk.example:8443/x",
    f"https://desk.example/x?token={CANARY}",
    f"https://desk.example/x?{CANARY}",
    f"https://desk.example?token={CANARY}",
    f"https://desk.example/x#{CANARY}",
    f"https://desk.example/x?next=https://{CANARY}.example/&k={CANARY}",
    f"https://u:{CANARY}@desk.example/?next=https://a.example/?k={CANARY}#{CANARY}",
    f"https://u:{CANARY}'{CANARY}@desk.example/?k='{CANARY}'{CANARY}&l=({CANARY})",
    f"HTTPS://u:{CANARY}@desk.example/é?k=ü{CANARY}",
]
WRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "without its scheme": lambda url: url.partition("://")[2],
    "without its scheme but the slashes": lambda url: url.partition(":")[2],
    "with one slash": lambda url: url.replace("://", ":/", 1),
    "with escaped slashes": lambda url: url.replace("/", "\\/"),
    "encoded": lambda url: quote(url, safe=""),
    "encoded in lower case": lambda url: quote(url, safe="").lower(),
    "encoded but the slashes": quote,
    "encoded as in a form": quote_plus,
    "encoded twice": lambda url: quote(quote(url, safe=""), safe=""),
    "encoded without its scheme": lambda url: quote(url.partition("://")[2], safe=""),
    "in a form": lambda url: f"Filters=a&PreWebhookUrl={quote(url, safe='')}&Method=POST",
}
AROUND = ["{}", "'{}'", '"{}"', "({})", "<{}>", "url={}.", "['{}', '{}']", "{},{}", "{}\n{}"]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("url", URLS)
def test_user_and_query_of_a_url_never_show_however_it_is_written(
    url: str, written: str, around: str
) -> None:
    line = in_one_line(f"The URL {around.replace('{}', WRITTEN[written](url))} is not valid")

    assert CANARY not in line
    assert line.startswith("The URL ")
    assert line.endswith(" is not valid")


@pytest.mark.parametrize(
    "secret",
    ["canary", "can'ary", 'can"ary\\', "can/ary+ü ?&", " canary\t", "can\nary", "(canary|.*)", "[7]"],
)
@pytest.mark.parametrize(
    "written",
    [
        str,
        str.strip,
        str.upper,
        repr,
        json.dumps,
        lambda secret: json.dumps(secret, ensure_ascii=False),
        lambda secret: json.dumps([json.dumps(secret)]),
        quote,
        lambda secret: quote(secret, safe="").lower(),
        quote_plus,
        lambda secret: f"{secret}{secret}",
        lambda secret: f"https://u:{secret}@a.example/{secret}?k={secret}",
    ],
)
def test_a_secret_is_taken_out_of_someone_elses_words_however_it_is_written(
    secret: str, written: Callable[[str], str]
) -> None:
    line = in_one_line(f"No: {written(secret)} is wrong", ["other", secret])

    assert line.startswith("No: ")
    assert line.endswith(" is wrong")
    assert not any(part in line.lower() for part in ("can", "ary", "7"))


@pytest.mark.parametrize(
    ("secrets", "line"),
    [
        ([], "abc is not abcdef"),
        ([""], "abc is not abcdef"),
        (["abc"], "[secret] is not [secret]def"),
        (["abc", "abcdef"], "[secret] is not [secret]"),
        (["secret", "abcdef"], "abc is not [secret]"),
    ],
)
def test_of_several_secrets_the_longest_is_taken_out_first(secrets: list[str], line: str) -> None:
    assert in_one_line("abc is not abcdef", secrets) == line


def test_a_secret_is_taken_out_before_the_words_are_cut_short() -> None:
    line = in_one_line("x" * (LONGEST_TEXT - 3) + CANARY, [CANARY])

    assert line == "x" * (LONGEST_TEXT - 3) + "[se…"


@pytest.mark.parametrize("levels", [DEEPEST + 1, 600, 100_000])
@pytest.mark.parametrize("level", [b"[]", b'{"a":}'], ids=["lists", "objects"])
def test_a_body_too_deep_to_be_passed_on_is_no_answer(levels: int, level: bytes) -> None:
    with pytest.raises(LostAnswerError):
        answer(200, level[:-1] * levels + b"0" + level[-1:] * levels).json()


def test_a_body_as_deep_as_any_object_is_read() -> None:
    value = answer(200, b"[" * DEEPEST + b"]" * DEEPEST).json()

    assert str(value) == "[" * DEEPEST + "]" * DEEPEST


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (rb'"half \ud83d"', "half \ufffd"),
        (rb'{"a": ["\ude00x"]}', {"a": ["\ufffdx"]}),
        (rb'{"\ud83d": 1}', {"\ufffd": 1}),
        (b'"\xed\xa0\xbd"', "\ufffd"),
        (rb'"\ud83d\ude00 \u00e9"', "\U0001f600 é"),
        ('"\U0001f600 é"'.encode(), "\U0001f600 é"),
    ],
)
def test_half_a_character_is_marked_since_no_one_else_could_take_it(body: bytes, value: Any) -> None:
    found = answer(200, body).json()

    assert found == value
    json.dumps(found, ensure_ascii=False).encode()


def test_a_request_does_not_show_credentials_headers_and_body() -> None:
    shown = repr(Request("PUT", "https://a.example/x", ("AC1", CANARY), {"X-Token": CANARY}, CANARY.encode()))

    assert shown == "Request(method='PUT', url='https://a.example/x')"


def test_a_request_needs_no_user_and_password() -> None:
    sent = Request("PATCH", "https://a.example/x", headers={"X-API-Key": CANARY}, idempotent=True)

    assert sent.auth is None
    assert repr(sent) == "Request(method='PATCH', url='https://a.example/x')"


def test_a_response_does_not_show_its_body() -> None:
    assert CANARY not in repr(answer(200, CANARY.encode()))


@pytest.mark.parametrize(
    ("sent", "repeatable"),
    [
        (request("GET"), True),
        (request("PUT"), True),
        (request("DELETE"), True),
        (request("POST"), False),
        (request("PATCH"), False),
        (request("POST", Idempotency_Key="k"), True),
        (request("POST", idempotent=True), True),
        (request("PATCH", idempotent=True), True),
    ],
)
def test_a_request_is_repeatable_by_verb_by_key_or_as_it_is_told(sent: Request, repeatable: bool) -> None:  # noqa: FBT001
    assert sent.repeatable is repeatable


@pytest.mark.parametrize(
    ("status", "ok"), [(199, False), (200, True), (204, True), (299, True), (302, False)]
)
def test_a_response_is_a_success_in_the_two_hundreds(status: int, ok: bool) -> None:  # noqa: FBT001
    assert answer(status).ok is ok


def test_a_body_is_read_as_json() -> None:
    assert answer(200, '{"a": "ä"}'.encode()).json() == {"a": "ä"}
    assert answer(204).json() is None


@pytest.mark.parametrize("body", [b"<html>canary</html>", b'{"a": "canary', b"\xff\xfecanary"])
def test_a_body_that_is_no_json_is_a_lost_answer_that_is_not_repeated_to_the_user(body: bytes) -> None:
    with pytest.raises(LostAnswerError) as caught:
        answer(200, body, content_type="text/html").json()

    assert str(caught.value).startswith("the answer (HTTP 200, text/html) is not JSON")
    assert CANARY not in str(caught.value)
