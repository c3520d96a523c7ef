"""The lines about values that will be overwritten."""

from __future__ import annotations

import pytest
from pulumi_switchboard.fields.overwrites import overwrites
from pulumi_switchboard.fields.values import UNKNOWN, Bag

from tests.fields.example import ExampleInputs
from tests.promises import proves

FIRST, SECOND = {"url": "https://a.example/x"}, {"url": "https://b.example/x"}
UNKNOWN_TEXT = "a value that is known only during the update"


@proves("preview.overwrites-listed")
@pytest.mark.parametrize(
    ("live", "wanted", "lines"),
    [
        ({"name": "a"}, {"name": "a", "is_on": False, "topics": [], "labels": {}}, []),
        ({"topics": ["a", "b"], "is_on": False}, {"topics": ["b", "a"]}, []),
        ({"name": "a"}, {"name": "b"}, ['name: "a" -> "b"']),
        ({"is_on": True}, {}, ["is_on: true -> false"]),
        ({}, {"topics": ["a"]}, ['topics: nothing -> ["a"]']),
        ({"topics": ["a"]}, {"topics": []}, ['topics: ["a"] -> nothing']),
        ({"header": {"text": "A"}}, {"header": {"text": "B"}}, ['header.text: "A" -> "B"']),
        ({"header": {"text": "A", "size": 1}}, {"header": {"text": "A"}}, ["header.size: 1 -> 12"]),
        ({"header": {"text": "A"}}, {}, ['header: {"text": "A"} -> nothing']),
        (
            {"channels": {"SMS": {"time_out": 1, "hook": FIRST}, "CHAT": {"time_out": 3}}},
            {"channels": {"SMS": {"time_out": 2, "hook": SECOND}, "VOICE": {}, "CHAT": {"time_out": 3.0}}},
            [
                "channels.SMS.time_out: 1 -> 2",
                'channels.SMS.hook.url: "https://a.example/x" -> "https://b.example/x"',
                "channels.VOICE: nothing -> {}",
            ],
        ),
        (
            {"notes": {"a b": "1", "c": "2", "d": ""}},
            {"notes": {"a b": "3", "d": ""}},
            ['notes["a b"]: "1" -> "3"', 'notes.c: "2" -> nothing'],
        ),
        ({"name": {"a": 1}}, {"name": {"a": 2}}, ["name.a: 1 -> 2"]),
        ({"name": "x" * 300}, {"name": "b"}, [f'name: "{"x" * 199}… -> "b"']),
    ],
)
def test_each_different_value_has_a_line_with_its_path(live: Bag, wanted: Bag, lines: list[str]) -> None:
    assert overwrites(ExampleInputs, live, wanted, ()) == lines


@proves("preview.overwrites-listed", "secret.nowhere-in-plain")
def test_no_secret_is_shown() -> None:
    keys: list[Bag] = [{"channels": {"a": {"hook": {**FIRST, "key": key}}}} for key in ("one", None)]
    cases: list[tuple[Bag, Bag, str]] = [
        ({"token": "one"}, {"token": "two"}, "token: [secret] -> [secret]"),
        ({"token": "one"}, {"token": UNKNOWN}, f"token: [secret] -> {UNKNOWN_TEXT}"),
        ({"hint": "one"}, {"hint": "two"}, "hint: on… -> tw…"),
        (keys[0], keys[1], "channels.a.hook.key: [secret] -> nothing"),
        ({"hooks": [{"key": "one"}]}, {}, 'hooks: [{"key": "[secret]"}] -> nothing'),
        ({"name": "one"}, {"name": "two"}, "name: [secret] -> [secret]"),
        ({"notes": {"a": "1"}}, {"notes": {"a": "2"}}, "notes: [secret] -> [secret]"),
    ]
    for live, wanted, line in cases:
        assert overwrites(ExampleInputs, live, wanted, ["name", "notes"]) == [line]


@proves("secret.webhook-urls")
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:canary@a.example/x", "https://…@a.example/x"),
        ("https://a.example/x?token=canary", "https://a.example/x…"),
        ("https://a.example/x#canary", "https://a.example/x…"),
        ("see https://user:canary@a.example?canary=canary for more", "see https://…@a.example… for more"),
        ("https://user:can?ary@a.example/x", "https://…"),
        ("https://user:can/ary@a.example/x", "https://…@a.example/x"),
        ("https://a.example/x?to=me@b.example&token=canary", "https://a.example/x…"),
        ("https://a.example/?", "https://a.example/?"),
        ("is it? mail me@a.example", "is it? mail me@a.example"),
    ],
)
def test_userinfo_and_query_of_a_url_are_not_shown(url: str, shown: str) -> None:
    live: Bag = {"name": url, "notes": {"a": url}}
    lines = overwrites(ExampleInputs, live, {"name": "b"}, ())
    assert lines == [f'name: "{shown}" -> "b"', f'notes: {{"a": "{shown}"}} -> nothing']


def test_an_unknown_value_has_a_line_with_its_path() -> None:
    live: Bag = {"name": "a", "topics": ["a"], "notes": {"a": "1", "b": "2"}, "header": {"text": "A"}}
    notes, header = {"a": UNKNOWN, "b": "2"}, {"text": UNKNOWN}
    wanted: Bag = {"name": UNKNOWN, "topics": [UNKNOWN], "notes": notes, "header": header}
    values = ('name: "a"', 'topics: ["a"]', 'notes.a: "1"', 'header.text: "A"')
    assert overwrites(ExampleInputs, live, wanted, ()) == [f"{value} -> {UNKNOWN_TEXT}" for value in values]
