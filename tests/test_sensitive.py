"""Which values must not be shown, although nobody has marked them as secrets."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.sensitive import is_sensitive

from tests.promises import proves

INTERPRETED = ("<{%x%}>", "\x1b[31mred", "a\x00", "\x7f", "\x9b31m", "\u202etxt.exe", "\u2066x\u2069")
SECRET_URLS = ("https://user@a.example", "https://u:p@a.example/x", "https://a.example?t", "\n HTTPS://a?t=1")
PLAIN: list[Any] = [
    *(
        "",
        "Zoë\r\n\t😀 <{x}> אב",
        "https://a.example/u@h",
        "https://a.example/x#y?z",
        "see https://u@a.example",
    ),
    *(None, 7, True),
]


@proves("text.unusual-values", "secret.webhook-urls")
def test_a_value_is_sensitive_if_any_text_in_it_is_interpreted_or_a_url_with_a_secret() -> None:
    for text in (*INTERPRETED, *SECRET_URLS):
        for value in (text, [text], ("a", text), {"a": text}, {text: "a"}, {"a": [{"b": ["c", text]}]}):
            assert is_sensitive(value, has_urls=True), value
            assert is_sensitive(value, has_urls=False) is (text in INTERPRETED), value
    for value in PLAIN:
        assert not is_sensitive({"a": [value]}, has_urls=True), value
