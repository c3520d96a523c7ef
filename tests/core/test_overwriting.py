"""The lines that say which value becomes which."""

from __future__ import annotations

from typing import Annotated

import pytest
from pulumi_switchboard.core.fields import Part, Secret, Unordered
from pulumi_switchboard.core.overwriting import overwritten
from pulumi_switchboard.core.urls import WebhookUrl
from pulumi_switchboard.core.values import UNKNOWN, Bag


class Callback(Part):
    """Where a call is announced."""

    url: WebhookUrl
    method: str = "POST"
    key: Annotated[str | None, Secret()] = None


class Channel(Part):
    """How a channel is served."""

    minutes: int | None = None
    callback: Callback | None = None


class Desk(Part):
    """A desk."""

    name: str
    open: bool = True
    topics: Annotated[list[str], Unordered()] | None = None
    callback: Callback | None = None
    callbacks: list[Callback] | None = None
    channels: dict[str, Channel] | None = None
    labels: dict[str, str] | None = None
    token: Annotated[str | None, Secret()] = None
    hint: Annotated[str | None, Secret(hint=lambda text: f"{text[:2]}…")] = None


HERE, THERE = {"url": "https://a.example/x"}, {"url": "https://b.example/x"}


@pytest.mark.parametrize(
    ("live", "wanted", "lines"),
    [
        ({"name": "a"}, {"name": "a", "open": True, "topics": [], "labels": {}}, []),
        ({"topics": ["a", "b"], "open": True}, {"topics": ["b", "a"]}, []),
        ({"name": "a"}, {"name": "b"}, ['name: "a" -> "b"']),
        ({"open": False}, {}, ["open: false -> true"]),
        ({}, {"topics": ["a"]}, ['topics: nothing -> ["a"]']),
        ({"topics": ["a"]}, {"topics": []}, ['topics: ["a"] -> nothing']),
        (
            {"callback": HERE},
            {"callback": THERE},
            ['callback.url: "https://a.example/x" -> "https://b.example/x"'],
        ),
        (
            {"callback": {**HERE, "method": "GET"}},
            {"callback": HERE},
            ['callback.method: "GET" -> "POST"'],
        ),
        ({"callback": HERE}, {}, ['callback: {"url": "https://a.example/x"} -> nothing']),
        (
            {"callbacks": [HERE]},
            {"callbacks": [THERE]},
            ['callbacks: [{"url": "https://a.example/x"}] -> [{"url": "https://b.example/x"}]'],
        ),
        (
            {"channels": {"SMS": {"minutes": 1, "callback": HERE}, "CHAT": {"minutes": 3}}},
            {"channels": {"SMS": {"minutes": 2, "callback": THERE}, "VOICE": {}, "CHAT": {"minutes": 3.0}}},
            [
                "channels.SMS.minutes: 1 -> 2",
                'channels.SMS.callback.url: "https://a.example/x" -> "https://b.example/x"',
                "channels.VOICE: nothing -> {}",
            ],
        ),
        (
            {"labels": {"a b": "1", "c": "2", "d": ""}},
            {"labels": {"a b": "3", "d": ""}},
            ['labels["a b"]: "1" -> "3"', 'labels.c: "2" -> nothing'],
        ),
    ],
)
def test_each_value_that_differs_is_named_with_its_path(live: Bag, wanted: Bag, lines: list[str]) -> None:
    assert overwritten(Desk, live, wanted) == lines


@pytest.mark.parametrize(
    ("live", "wanted", "line"),
    [
        ({"token": "one"}, {"token": "two"}, "token: [secret] -> [secret]"),
        ({"hint": "one"}, {"hint": "two"}, "hint: on… -> tw…"),
        (
            {"callback": {**HERE, "key": "one"}},
            {"callback": {**HERE, "key": None}},
            "callback.key: [secret] -> nothing",
        ),
        ({"name": "one"}, {"name": "two"}, "name: [secret] -> [secret]"),
        ({"labels": {"a": "1"}}, {"labels": {"a": "2"}}, "labels: [secret] -> [secret]"),
    ],
)
def test_no_secret_is_shown(live: Bag, wanted: Bag, line: str) -> None:
    assert overwritten(Desk, live, wanted, ("name", "labels")) == [line]


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
    assert overwritten(Desk, {"name": url}, {"name": "b"}) == [f'name: "{shown}" -> "b"']
    assert overwritten(Desk, {"labels": {"a": url}}, {}) == [f'labels: {{"a": "{shown}"}} -> nothing']


def test_what_is_unknown_is_said_where_it_stands() -> None:
    live: Bag = {"name": "a", "topics": ["a"], "callback": HERE, "token": "t", "labels": {"a": "1", "b": "2"}}
    wanted: Bag = {
        "name": UNKNOWN,
        "topics": [UNKNOWN],
        "callback": {"url": UNKNOWN},
        "token": UNKNOWN,
        "labels": {"a": UNKNOWN, "b": "2"},
    }
    yet = "what is known during the update only"

    assert overwritten(Desk, live, wanted) == [
        f'name: "a" -> {yet}',
        f'topics: ["a"] -> {yet}',
        f'callback.url: "https://a.example/x" -> {yet}',
        f'labels.a: "1" -> {yet}',
        f"token: [secret] -> {yet}",
    ]


def test_a_long_value_is_cut() -> None:
    (line,) = overwritten(Desk, {"name": "x" * 300}, {"name": "b"})

    assert line == f'name: "{"x" * 199}… -> "b"'
