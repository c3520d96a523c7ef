"""Problems of arguments, and warnings about them."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.fields.validation import parse_inputs, problems, warnings
from pulumi_switchboard.fields.values import UNKNOWN, Bag

from tests.fields.example import ExampleInputs
from tests.promises import proves

SECRET = "canary-of-a-secret"
NO_URL = "is not an absolute URL: give one such as https://example.com/hook"


def found(**arguments: Any) -> list[str]:
    """The problems of these arguments, as text."""
    return [str(problem) for problem in problems(ExampleInputs, {"region": "eu", **arguments})]


@proves("check.all-problems-at-once")
def test_all_problems_are_reported_at_once_with_path_and_reason() -> None:
    texts = found(
        region=None,
        colour="violet",
        size=10.0,
        header={"size": "big", "txt": "A"},
        labels={"the left one": {"text": 1}},
        rules=[{"from_": "a"}, {"weight": True}],
        url="example.com",
        novel=1,
    )

    assert sorted(texts) == [
        "colour: must be 'red', 'green' or 'blue'",
        "header.size: must be an integer",
        "header.text: is required",
        "header.txt: is unknown; the known names are: text, size",
        'labels["the left one"].text: must be a string',
        "novel: is unknown; the known names are: " + ", ".join(ExampleInputs.model_fields),
        "region: is required",
        "rules[1].from_: is required",
        "rules[1].weight: must be a number",
        "size: must not be above 9",
        f"url: {NO_URL}",
    ]
    assert found(colour="green", size=6) == ["a green one must not be above 5"]
    assert found(colour="green", size=6, region=None) == ["region: is required"]
    assert found(size=3.0, ratio=2, header={"text": "A", "size": None}) == []


@proves("check.all-problems-at-once", "error.no-traceback")
def test_a_problem_never_shows_a_value() -> None:
    names = ("colour", "size", "ratio", "debug", "tags", "labels", "header")
    cases: list[Bag] = [
        *({name: SECRET} for name in names),
        {"rules": [SECRET]},
        {"url": f"https://{SECRET}:x y@h/"},
        {"url": f"https://[{SECRET}/"},
        {"region": [SECRET], "name": {"a": SECRET}},
    ]
    for arguments in cases:
        text = "".join(found(**arguments))
        assert text, arguments
        assert SECRET not in text


@proves("check.unknown-never-fails")
def test_an_unknown_value_at_any_place_has_no_problem_and_no_warning() -> None:
    values: list[tuple[str, Any]] = [
        *((name, UNKNOWN) for name in ExampleInputs.model_fields),
        ("tags", ["a", UNKNOWN]),
        ("labels", {"x": {"text": "A", "size": UNKNOWN}, "y": UNKNOWN}),
        ("rules", [UNKNOWN, {"from_": UNKNOWN, "weight": UNKNOWN}]),
        ("notes", {"a": UNKNOWN}),
    ]
    for name, value in values:
        assert found(**{name: value}) == [], name
        assert warnings(ExampleInputs, {name: value}, [name]) == [], name
    assert found(header={"text": UNKNOWN, "size": "big"}) == ["header.size: must be an integer"]


@proves("diff.ignore-changes")
def test_a_live_value_that_breaks_a_rule_is_taken_as_it_is() -> None:
    inputs = parse_inputs(ExampleInputs, {"region": "eu", "size": 10.0})
    assert (inputs.region, inputs.size, inputs.colour) == ("eu", 10, "red")


def test_a_webhook_is_an_absolute_url() -> None:
    for url in ("https://a.example", "http://a:8080/x?y=1#z", "HTTPS://a.example", "https://u:p@a.example/"):
        assert found(url=url) == []
    odd = (
        "https://a b",
        "https://a\u00a0b",
        "https://a/\x1b",
        "https://a\0",
        "https://a:99999",
        "https://a:0",
    )
    for url in ("", "a.example", "/x", "https://", *odd):
        assert found(url=url) == [f"url: {NO_URL}"], url


@proves("check.disputed-limits-warn")
def test_only_the_given_fields_get_warnings_and_no_warning_shows_a_value() -> None:
    for url in ("http://a.example/hook", "HTTP://a.example"):
        (warning,) = warnings(ExampleInputs, {"url": url, "debug": True}, ["url"])
        assert warning.path == "url"
        assert "plain http" in warning.reason
        assert "a.example" not in str(warning)
    nested = {"channels": {"a b": {"hook": {"url": "http://a.example"}}}, "debug": True}
    paths = [warning.path for warning in warnings(ExampleInputs, nested, ["channels", "debug"])]
    assert paths == ['channels["a b"].hook.url', "debug"]
    assert warnings(ExampleInputs, {"url": "https://a.example", "debug": False}, ["url", "debug"]) == []
