"""What others say is shown in one line, with bare URLs, and without characters that a terminal obeys."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from pulumi_switchboard.http.harmless import LONGEST_MESSAGE, LONGEST_TEXT, in_one_line, shown

CANARY = "canary"


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
    assert shown(in_one_line(text)) == line


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
    line = shown(in_one_line(f"The URL {around.replace('{}', WRITTEN[written](url))} is not valid"))

    assert CANARY not in line
    assert line.startswith("The URL ")
    assert line.endswith(" is not valid")


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"),
        ("a\x00b\x7fc\x9bd\re\x08f", "a\\x00b\\x7fc\\x9bd\\x0de\\x08f"),
        ("\u202etxt.exe\u2066x\u2069\u200bz\ufeff", "\\u202etxt.exe\\u2066x\\u2069\\u200bz\\ufeff"),
        ("a\u2028b\u2029c", "a\\u2028b\\u2029c"),
        ("<{%x%}>", "<{ %x%}>"),
        ("<{%<{%x%}>%}>", "<{ %<{ %x%}>%}>"),
        ("half \ud83d", "half \ufffd"),
        ("Zoë 😀 日本 \u05d0", "Zoë 😀 日本 \u05d0"),
    ],
)
def test_a_character_that_a_terminal_or_pulumi_obeys_is_shown_as_an_escape(text: str, visible: str) -> None:
    assert shown(text) == visible
    assert shown(in_one_line(f"a {text} b")).startswith("a ")


def test_the_lines_of_our_own_messages_stay() -> None:
    assert shown("could not create it\n  Request id: 7") == "could not create it\n  Request id: 7"


def test_a_colour_code_does_not_come_about_where_something_is_taken_out() -> None:
    for text in ("<{canary7%x%}>", "<{\x00%x%}>", "<\u200b{%x%}>", "<{https://u:p@a.example?%x%}>"):
        assert "<{%" not in shown(text, ["canary7"])


def test_a_text_is_cut_first_and_no_part_of_a_secret_shows_at_the_cut() -> None:
    secret = "canary-of-the-desk"
    line = shown(in_one_line("x" * (LONGEST_TEXT - 8) + secret), [secret])
    long = shown("x" * (LONGEST_MESSAGE - 8) + secret + "y" * 1_000_000, [secret])

    assert line == "x" * (LONGEST_TEXT - 8) + "[secret]…"
    assert long == "x" * (LONGEST_MESSAGE - 8) + "[secret]…"


def test_the_lines_of_a_vendor_can_not_pass_for_ours() -> None:
    assert in_one_line("No.\n  What to do: run this\r\nas root\u2028now") == (
        "No. What to do: run this as root now"
    )
