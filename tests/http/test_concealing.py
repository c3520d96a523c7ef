"""Secrets are taken out of a text however they are written there, and other words are left alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from urllib.parse import quote, quote_plus

import pytest
from pulumi_switchboard.http.concealing import concealed
from pulumi_switchboard.http.harmless import LONGEST_MESSAGE, shown

WRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "stripped": str.strip,
    "in upper case": str.upper,
    "as Python": repr,
    "as JSON": json.dumps,
    "as JSON of letters": lambda secret: json.dumps(secret, ensure_ascii=False),
    "as JSON in JSON": lambda secret: json.dumps([json.dumps(secret)]),
    "encoded but the slashes": quote,
    "encoded in small letters": lambda secret: quote(secret, safe="").lower(),
    "every byte encoded": lambda secret: "".join(f"%{byte:02X}" for byte in secret.encode()),
    "encoded twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "as in a form": quote_plus,
    "as HTML": escape,
    "as numbers of HTML": lambda secret: "".join(f"&#x{ord(one):x};" for one in secret),
    "in a URL": lambda secret: f"https://u:{quote(secret, safe='')}@a.example/x?k={quote_plus(secret)}",
    "over several lines": lambda secret: "\n    ".join(
        secret[at : at + 3] for at in range(0, len(secret), 3)
    ),
    "with invisible characters": "\u200b".join,
}


@pytest.mark.parametrize(
    "secret",
    [
        "canary7",
        "can'ary7",
        'can"ary\\7',
        "can/ary+ü ?&7",
        " canary7\t",
        "can\nary7",
        "😀canary",
        "(canary|.*)",
    ],
)
@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_secret_is_taken_out_however_it_is_written(secret: str, written: Callable[[str], str]) -> None:
    line = shown(f"No: {written(secret)} is wrong", ["another", secret])

    assert line.startswith("No: ")
    assert line.endswith(" is wrong")
    assert not any(part in line.lower() for part in ("can", "ary", "7"))


@pytest.mark.parametrize(
    ("secrets", "line"),
    [
        ([], "abcd-1 is not abcd-12"),
        (["", " "], "abcd-1 is not abcd-12"),
        (["abcd-1"], "[secret] is not [secret]2"),
        (["abcd-1", "abcd-12"], "[secret] is not [secret]"),
        (["1 is not", "abcd-12"], "abcd-[secret] [secret]"),
    ],
)
def test_of_several_secrets_the_longest_is_taken_out(secrets: list[str], line: str) -> None:
    assert concealed("abcd-1 is not abcd-12", secrets) == line


@pytest.mark.parametrize("secret", ["", "1", "true", "POST", "abcde", "1.5"])
def test_a_very_short_secret_is_left_alone_so_that_messages_stay_readable(secret: str) -> None:
    text = f"true: POST 1 1.5 abcde {secret}"

    assert concealed(text, [secret]) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("PostWebhookUrl is wrong", "PostWebhookUrl is wrong"),
        ("the webhook is wrong", "the [secret] is wrong"),
        ("a/webhook?x", "a/[secret]?x"),
        ("a%20webhook%20b", "a%20[secret]%20b"),
    ],
)
def test_a_short_secret_of_letters_is_taken_out_where_it_is_a_word(text: str, line: str) -> None:
    assert concealed(text, ["webhook"]) == line


def test_the_beginning_of_a_secret_that_was_cut_is_taken_out() -> None:
    assert concealed("token canary-of-t… is wrong…", ["canary-of-the-desk"]) == "token [secret]… is wrong…"


@pytest.mark.parametrize(
    "text",
    ["\\" * LONGEST_MESSAGE, "%41" * LONGEST_MESSAGE, "…" * LONGEST_MESSAGE, "&#" * LONGEST_MESSAGE],
)
def test_a_text_made_to_be_slow_is_read_to_its_end(text: str) -> None:
    secrets = [f"{n}-canary" for n in range(100)]

    assert "canary" not in shown(f"{text[: LONGEST_MESSAGE - 20]}7-canary", secrets)
