"""What is wrong or odd about arguments, how that is said, and how a check completes them."""

from __future__ import annotations

from copy import deepcopy
from types import SimpleNamespace
from typing import Any, cast

from pulumi_switchboard.fields.validation import problems, warnings
from pulumi_switchboard.fields.values import UNKNOWN, Bag
from pulumi_switchboard.identity import generated_name, key_of
from pulumi_switchboard.lifecycle.check import check
from pulumi_switchboard.resource.definition import AnyDefinition

from tests.core.example import ExampleInputs
from tests.promises import proves

EXAMPLE = cast("AnyDefinition", SimpleNamespace(inputs=ExampleInputs))
SECRET = "canary-of-a-secret"
NO_URL = "is not an absolute URL: give one such as https://example.com/hook"
RESOURCE = "example:Example::books"
NEW: Bag = {"region": "eu", "_stack": "5ac0", "_resource": RESOURCE, "__provider": "pickle"}


def found(**arguments: Any) -> list[str]:
    """The problems of these arguments, as text."""
    return [str(problem) for problem in problems(ExampleInputs, {"region": "eu", **arguments})]


def checked(old: Bag, new: Bag) -> Bag:
    """The inputs as they go to the engine."""
    result = check(EXAMPLE, old, new)
    assert result.problems == []
    return result.inputs


@proves("check.all-problems-at-once")
def test_all_problems_are_reported_at_once_with_path_and_reason() -> None:
    told = found(
        region=None,
        colour="violet",
        size=10.0,
        header={"size": "big", "txt": "A"},
        labels={"the left one": {"text": 1}},
        rules=[{"from_": "a"}, {"weight": True}],
        url="example.com",
        novel=1,
    )

    assert sorted(told) == [
        "colour: must be 'red', 'green' or 'blue'",
        "header.size: must be a valid integer",
        "header.text: is required",
        "header.txt: is not known here; known are: text, size",
        'labels["the left one"].text: must be a valid string',
        "novel: is not known here; known are: " + ", ".join(ExampleInputs.model_fields),
        "region: is required",
        "rules[1].from_: is required",
        "rules[1].weight: must be a valid number",
        "size: must not be above 9",
        f"url: {NO_URL}",
    ]
    assert found(colour="green", size=6) == ["a green one must not be above 5"]
    assert found(size=3.0, ratio=2, header={"text": "A", "size": None}) == []


@proves("check.all-problems-at-once", "error.no-traceback")
def test_a_problem_never_shows_a_value() -> None:
    cases: list[Bag] = [
        *({name: SECRET} for name in ("colour", "size", "ratio", "debug", "tags", "labels", "header")),
        {"rules": [SECRET]},
        {"url": f"https://{SECRET}:x y@h/"},
        {"url": f"https://[{SECRET}/"},
        {"region": [SECRET], "name": {"a": SECRET}},
    ]
    for arguments in cases:
        told = "".join(found(**arguments))
        assert told, arguments
        assert SECRET not in told


@proves("check.unknown-never-fails")
def test_an_unknown_value_anywhere_is_no_problem_and_calls_for_no_advice() -> None:
    values: list[tuple[str, Any]] = [
        *((name, UNKNOWN) for name in ExampleInputs.model_fields),
        ("tags", ["a", UNKNOWN]),
        ("labels", {"x": UNKNOWN}),
        ("labels", {"x": {"text": "A", "size": UNKNOWN}}),
        ("header", {"text": UNKNOWN}),
        ("rules", [UNKNOWN]),
        ("rules", [{"from_": UNKNOWN, "weight": UNKNOWN}]),
        ("notes", {"a": UNKNOWN}),
    ]
    for name, value in values:
        assert found(**{name: value}) == [], name
        assert warnings(ExampleInputs, {name: value}, [name]) == [], name
    assert found(header={"text": UNKNOWN, "size": "big"}) == ["header.size: must be a valid integer"]


def test_a_webhook_is_an_absolute_url() -> None:
    for url in ("https://a.example", "http://a:8080/x?y=1#z", "HTTPS://a.example", "https://u:p@a.example/"):
        assert found(url=url) == []
    for url in ("", "a.example", "/x", "ftp://a.example", "https://", "https://a b", "https://a:99999"):
        assert found(url=url) == [f"url: {NO_URL}"], url


@proves("check.disputed-limits-warn")
def test_advice_is_given_on_the_fields_asked_for_and_never_shows_a_value() -> None:
    for url in ("http://a.example/hook", "HTTP://a.example"):
        (remark,) = warnings(ExampleInputs, {"url": url, "debug": True}, ["url"])
        assert remark.path == "url"
        assert "plain http" in remark.reason
        assert "a.example" not in str(remark)
    nested = {"channels": {"a b": {"hook": {"url": "http://a.example"}}}, "debug": True}
    found = [str(remark).split(":")[0] for remark in warnings(ExampleInputs, nested, ["channels", "debug"])]
    assert found == ['channels["a b"].hook.url', "debug"]
    assert warnings(ExampleInputs, {"url": "https://a.example", "debug": False}, ["url", "debug"]) == []


@proves("identity.generated-names", "identity.object-of-its-own")
def test_a_generated_name_is_none_that_another_object_of_the_stack_has_and_none_for_an_adopted_one() -> None:
    first = key_of("5ac0", RESOURCE)
    second = key_of(first, "id-1")
    assert checked({}, {**NEW, "_used": {first: "id-1"}})["name"] == generated_name(RESOURCE, second)
    assert checked({}, {**NEW, "_used": {second: "id-2"}})["name"] == checked({}, NEW)["name"]

    adopted = checked({}, {**NEW, "_import": "id-9"})
    assert "name" not in adopted
    assert checked(adopted, NEW) == adopted
    for unknown in ("_stack", "_resource"):
        inputs = checked({}, {**NEW, unknown: UNKNOWN})
        assert inputs["name"] is inputs["_autoname"]
        assert type(inputs["name"]) is type(UNKNOWN)


@proves("diff.meaningless-changes")
def test_what_has_not_changed_is_answered_as_the_old_input() -> None:
    old: Bag = {**NEW, "name": "n", "tags": ["b", "a"], "size": 3.0, "header": {"text": "A", "size": 12.0}}
    new: Bag = {**NEW, "name": "n", "tags": ["a", "b"], "size": 3, "header": {"text": "A"}, "notes": {}}
    before = deepcopy((old, new))
    inputs = checked(old, new)

    assert inputs == old
    assert inputs["tags"] == ["b", "a"]
    assert type(inputs["size"]) is float
    assert checked(old, {**new, "tags": ["a", "c"]})["tags"] == ["a", "c"]
    assert "size" not in checked(old, {**new, "size": None})
    assert (old, new) == before, "the check has changed what it was given"
