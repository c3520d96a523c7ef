"""Text from vendors is safe to show: short, printable, with safe URLs and without secrets."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from itertools import product
from urllib.parse import quote, quote_plus

import pytest
from pulumi_switchboard.transport.redaction import redacted
from pulumi_switchboard.transport.text import LONGEST_MESSAGE, LONGEST_TEXT, in_one_line, safe_text
from pulumi_switchboard.transport.urls import safe_url

from tests.promises import proves

Spelling = Callable[[str], str]

CANARY = "canary"
SECRETS = ["canary7", "can'ary7", 'can"ary\\7', "can/ary+ü ?&7", " canary7\t", "can\nary7", "😀canary"]
SPELLINGS_OF_A_SECRET: dict[str, Spelling] = {
    "as it is": str,
    "stripped": str.strip,
    "in upper case": str.upper,
    "as Python": repr,
    "as JSON": json.dumps,
    "as JSON in JSON": lambda secret: json.dumps([json.dumps(secret, ensure_ascii=False)]),
    "percent-encoded but the slashes": quote,
    "percent-encoded in lower case": lambda secret: quote(secret, safe="").lower(),
    "every byte percent-encoded": lambda secret: "".join(f"%{byte:02X}" for byte in secret.encode()),
    "percent-encoded twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "as in a form": quote_plus,
    "as HTML": escape,
    "as numeric references": lambda secret: "".join(f"&#x{ord(one):x};" for one in secret),
    "as escaped bytes": lambda secret: "".join(
        f"\\x{ord(one):02x}" if one.isascii() else one for one in secret
    ),
    "in a URL": lambda secret: f"https://u:{quote(secret, safe='')}@a.example/x?k={quote_plus(secret)}",
    "over several lines": lambda secret: "\n    ".join(secret[at : at + 3] for at in range(0, 14, 3)),
    "with invisible characters": "\u200b".join,
}
SECRET_URLS = [
    f"https://{CANARY}@desk.example/x",
    f"https://user:{CANARY}@desk.example:8443/x",
    f"https://desk.example/x?{CANARY}",
    f"https://desk.example?token={CANARY}",
    f"https://desk.example/x#{CANARY}",
    f"https://u:{CANARY}@desk.example/?next=https://a.example/?k={CANARY}#{CANARY}",
    f"https://u:{CANARY}'{CANARY}@desk.example/?k='{CANARY}'{CANARY}&l=({CANARY})",
    f"HTTPS://u:{CANARY}@desk.example/é?k=ü{CANARY}",
]
SPELLINGS_OF_A_URL: dict[str, Spelling] = {
    "as it is": str,
    "without its scheme": lambda url: url.partition("://")[2],
    "without its scheme but the slashes": lambda url: url.partition(":")[2],
    "with one slash": lambda url: url.replace("://", ":/", 1),
    "with escaped slashes": lambda url: url.replace("/", "\\/"),
    "percent-encoded": lambda url: quote(url, safe="").lower(),
    "percent-encoded but the slashes": quote,
    "percent-encoded twice": lambda url: quote(quote(url, safe=""), safe=""),
    "percent-encoded without its scheme": lambda url: quote(url.partition("://")[2], safe=""),
    "in a form": lambda url: f"Filters=a&PreWebhookUrl={quote_plus(url)}&Method=POST",
}
AROUND_A_URL = ["{}", "'{}'", '"{}"', "({})", "<{}>", "url={}.", "['{}', '{}']", "{},{}", "{}\n{}"]
REDACTED: list[tuple[list[str], str, str]] = [
    ([], "abcd-1 is not abcd-12", "abcd-1 is not abcd-12"),
    (["", " "], "abcd-1 is not abcd-12", "abcd-1 is not abcd-12"),
    (["abcd-1", "abcd-12"], "abcd-1 is not abcd-12", "[secret] is not [secret]"),
    (["1 is not", "abcd-12"], "abcd-1 is not abcd-12", "abcd-[secret] [secret]"),
    (["", "1", "true", "POST", "abcde", "1.5"], "true: POST 1 1.5 abcde", "true: POST 1 1.5 abcde"),
    (["webhook"], "PostWebhookUrl is wrong", "PostWebhookUrl is wrong"),
    (["webhook"], "the a/webhook?x a%20webhook%20b", "the a/[secret]?x a%20[secret]%20b"),
    (["canary-of-the-desk"], "It is… token canary-of-t… is wrong", "It is… token [secret]… is wrong"),
]
"""Secrets, a text, and what is shown of it."""
IN_ONE_LINE = {
    "All is well.": "All is well.",
    "one\ntwo\t three\r\n  What to do: obey\u2028now": "one two three What to do: obey now",
    "(see https://a.example/x.)": "(see https://a.example/x.)",
    "url=https://a.example/x?k=1": "url=https://a.example/x",
    f"WSS://u:{CANARY}@a.example": "wss://a.example",
    "Is it a.example/x? It's not.": "Is it a.example/x? It's not.",
    "#/channelSettings is 100% wrong: ^(?:a|b)$": "#/channelSettings is 100% wrong: ^(?:a|b)$",
    "whatsapp:+15550101 at 10:30": "whatsapp:+15550101 at 10:30",
    f"u:{CANARY}@a.example/x?k={CANARY} is taken": "…@a.example/x is taken",
    "a.example/v2/a%2Fb": "a.example/v2/a%2Fb",
    f"a.example/a%2Fb%3Fk%3D{CANARY}": "a.example/a/b",
    f"https://a.example/?k=it's-{CANARY}": "https://a.example/",
}
VISIBLE = {
    "\x1b[31mred\x1b]0;title\x07": "\\x1b[31mred\\x1b]0;title\\x07",
    "a\x00b\x7fc\x9bd\re\x08f": "a\\x00b\\x7fc\\x9bd\\x0de\\x08f",
    "\u202etxt.exe\u2066x\u2069\u200bz\ufeff": "\\u202etxt.exe\\u2066x\\u2069\\u200bz\\ufeff",
    "a\u2028b\u2029c": "a\\u2028b\\u2029c",
    "<{%<{%x%}>%}>": "<{ %<{ %x%}>%}>",
    "half \ud83d": "half \ufffd",
    "Zoë 😀 日本 \u05d0": "Zoë 😀 日本 \u05d0",
    "could not create it\n  Request id: 7": "could not create it\n  Request id: 7",
}
SAFE_URLS = {
    "https://a.example/v2/x": "https://a.example/v2/x",
    f"https://user:{CANARY}@a.example:8443/x": "https://a.example:8443/x",
    f"https://u:{CANARY}@a.example?{CANARY}#{CANARY}": "https://a.example",
    f"https://u:{CANARY}@[::1]:8080/x": "https://[::1]:8080/x",
    f"https://a.example\\@{CANARY}:x@b.example/": "https://b.example/",
}
UNREADABLE_URLS = (
    *("", CANARY, f"https://[{CANARY}/x", f"https:/{CANARY}@a.example"),
    *(f"https://u:{CANARY}@a.example:{port}/" for port in ("port", "999999")),
    *(f"{begin}user:{CANARY}@a.example/x" for begin in ("", "//")),
)


@proves("text.secrets-removed")
def test_a_secret_is_removed_however_it_is_spelled() -> None:
    for secret, (name, spell) in product(SECRETS, SPELLINGS_OF_A_SECRET.items()):
        line = safe_text(f"No: {spell(secret)} is wrong", ["another", secret])

        assert line.startswith("No: "), name
        assert line.endswith(" is wrong"), name
        assert not any(part in line.lower() for part in ("can", "ary", "7")), (name, line)


def test_a_secret_is_removed_as_a_whole_and_short_ones_are_left() -> None:
    for secrets, text, shown in REDACTED:
        assert redacted(text, secrets) == shown


@proves("secret.webhook-urls", "text.secrets-removed")
def test_user_and_query_of_a_url_are_removed_however_it_is_spelled() -> None:
    for url, (name, spell), around in product(SECRET_URLS, SPELLINGS_OF_A_URL.items(), AROUND_A_URL):
        line = safe_text(in_one_line(f"The URL {around.replace('{}', spell(url))} is not valid"))

        assert CANARY not in line, (name, line)
        assert line.startswith("The URL "), name
        assert line.endswith(" is not valid"), name


@proves("text.harmless")
def test_a_text_of_a_vendor_is_one_line_stays_readable_and_has_visible_characters_only() -> None:
    assert {text: safe_text(in_one_line(text)) for text in IN_ONE_LINE} == IN_ONE_LINE
    assert {text: safe_text(text) for text in VISIBLE} == VISIBLE
    for text in ("<{canary7%x%}>", "<{\x00%x%}>", "<\u200b{%x%}>", "<{https://u:p@a.example?%x%}>"):
        assert "<{%" not in safe_text(text, ["canary7"]), "a colour code came about by removing something"


@proves("text.cut")
def test_a_text_is_cut_first_and_no_part_of_a_secret_shows_at_the_cut() -> None:
    secret = "canary-of-the-desk"
    assert in_one_line("x" * (LONGEST_TEXT + 1)) == "x" * LONGEST_TEXT + "…"
    for cut, text in ((LONGEST_TEXT, in_one_line), (LONGEST_MESSAGE, str)):
        begin = "x" * (cut - 8)
        assert safe_text(text(begin + secret + "y" * 1_000_000), [secret]) == f"{begin}[secret]…"


@proves("text.cut")
@pytest.mark.parametrize("part", ["\\", "%41", "…", "&#"])
def test_a_text_made_to_be_slow_is_read_to_its_end(part: str) -> None:
    text = f"{(part * LONGEST_MESSAGE)[: LONGEST_MESSAGE - 20]}7-canary"
    assert "canary" not in safe_text(text, [f"{n}-canary" for n in range(100)])


def test_a_safe_url_has_neither_user_nor_query_nor_fragment() -> None:
    assert {url: safe_url(url) for url in SAFE_URLS} == SAFE_URLS
    assert {safe_url(url) for url in UNREADABLE_URLS} == {"[unreadable URL]"}
