"""What is wrong with arguments, and how it is said."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard.core.problems import advice, problems
from pulumi_switchboard.core.values import UNKNOWN, Bag

from tests.core.fakes import ShelfInputs

CANARY = "canary-of-a-secret"


def said(arguments: Bag) -> list[str]:
    """The problems of a shelf, as text."""
    return [str(problem) for problem in problems(ShelfInputs, arguments)]


def test_right_arguments_are_no_problem() -> None:
    assert said({"place": "hall", "height": 3.0, "width": 2, "front": {"text": "A", "size": None}}) == []


def test_all_problems_are_told_at_once_with_path_and_reason() -> None:
    found = said(
        {
            "colour": "violet",
            "height": 10.0,
            "front": {"size": "big", "txt": "A"},
            "labels": {"the left one": {"text": 1}},
            "rules": [{"topic": "a"}, {"weight": True}],
            "hook": "example.com",
            "novel": 1,
        }
    )

    assert sorted(found) == sorted(
        [
            "place: is required",
            "colour: must be 'red', 'green' or 'blue'",
            "height: must not be above 9",
            "front.text: is required",
            "front.size: must be a valid integer",
            "front.txt: is not known here; known are: text, size",
            'labels["the left one"].text: must be a valid string',
            "rules[1].topic: is required",
            "rules[1].weight: must be a valid number",
            "hook: is not an absolute URL: give one such as https://example.com/hook",
            "novel: is not known here; known are: " + ", ".join(ShelfInputs.model_fields),
        ]
    )


def test_a_problem_of_the_whole_has_no_path() -> None:
    assert said({"place": "hall", "colour": "green", "height": 6}) == ["a green shelf must not be above 5"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"place": 1, "hook": CANARY},
        {"place": "hall", "colour": CANARY, "height": CANARY, "width": CANARY, "locked": CANARY},
        {"place": "hall", "tags": CANARY, "labels": CANARY, "front": CANARY, "rules": [CANARY]},
        {"place": "hall", "hook": f"https://{CANARY}:x y@h/"},
        {"place": "hall", "hook": f"https://[{CANARY}/"},
        {"place": [CANARY], "name": {"a": CANARY}},
    ],
)
def test_a_problem_never_repeats_a_value(arguments: Bag) -> None:
    assert said(arguments)
    assert CANARY not in "".join(said(arguments))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("place", UNKNOWN),
        ("colour", UNKNOWN),
        ("height", UNKNOWN),
        ("tags", UNKNOWN),
        ("tags", ["a", UNKNOWN]),
        ("topics", [UNKNOWN]),
        ("labels", UNKNOWN),
        ("labels", {"x": UNKNOWN}),
        ("labels", {"x": {"text": UNKNOWN}}),
        ("labels", {"x": {"text": "A", "size": UNKNOWN}}),
        ("front", UNKNOWN),
        ("front", {"text": UNKNOWN}),
        ("rules", UNKNOWN),
        ("rules", [UNKNOWN]),
        ("rules", [{"topic": UNKNOWN, "weight": UNKNOWN}]),
        ("hook", UNKNOWN),
        ("locked", UNKNOWN),
        ("remarks", {"a": UNKNOWN}),
    ],
)
def test_an_unknown_value_anywhere_is_no_problem_and_calls_for_no_advice(name: str, value: Any) -> None:
    arguments = {"place": "hall", name: value}

    assert said(arguments) == []
    assert advice(ShelfInputs, arguments, [name]) == []


def test_what_stands_beside_an_unknown_value_is_judged_all_the_same() -> None:
    assert said({"place": UNKNOWN, "front": {"text": UNKNOWN, "size": "big"}}) == [
        "front.size: must be a valid integer"
    ]


@pytest.mark.parametrize(
    "url",
    ["https://a.example", "http://a.example:8080/x?y=1#z", "HTTPS://a.example", "https://u:p@a.example/"],
)
def test_an_absolute_url_is_a_webhook(url: str) -> None:
    assert said({"place": "hall", "hook": url}) == []


@pytest.mark.parametrize(
    "url",
    ["", "a.example", "/x", "ftp://a.example", "https://", "https://a b", "https://a:99999"],
)
def test_anything_else_is_not(url: str) -> None:
    assert said({"place": "hall", "hook": url}) == [
        "hook: is not an absolute URL: give one such as https://example.com/hook"
    ]


@pytest.mark.parametrize("url", ["http://a.example/hook", "HTTP://a.example"])
def test_a_plain_http_webhook_calls_for_advice_that_does_not_repeat_it(url: str) -> None:
    (remark,) = advice(ShelfInputs, {"hook": url}, ["hook"])

    assert remark.path == "hook"
    assert "plain http" in remark.reason
    assert "a.example" not in str(remark)


def test_advice_is_given_only_on_the_fields_asked_for() -> None:
    arguments = {"hook": "http://a.example", "locked": True}

    assert [str(remark) for remark in advice(ShelfInputs, arguments, ["locked"])] == [
        "locked: is seldom meant"
    ]
    assert advice(ShelfInputs, {"hook": "https://a.example", "locked": False}, ["hook", "locked"]) == []
