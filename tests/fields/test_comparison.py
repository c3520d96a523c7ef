"""Comparison of bags by meaning, with examples and with properties of all values."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import rpc
from pulumi_switchboard.dynamic.properties import from_host, to_host
from pulumi_switchboard.fields.comparison import changed_fields, keep_equal_values
from pulumi_switchboard.fields.drift import with_drift
from pulumi_switchboard.fields.typed_values import canonical, to_bag, to_model
from pulumi_switchboard.fields.validation import problems
from pulumi_switchboard.fields.values import UNKNOWN, Bag

from tests.fields.example import ANYTHING, BASE, TEXT, ExampleInputs
from tests.promises import proves

NUMBER = st.integers(-3, 12) | st.floats(-3, 12, allow_nan=False).map(lambda number: round(number, 1))


def bags(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Bag]:
    """Bags with any of these members, which may be null."""
    return st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in members.items()})


LABEL = bags(text=TEXT, size=NUMBER)
TEXTS = st.lists(TEXT, max_size=4)
VALID = bags(
    **dict.fromkeys(("region", "name", "url"), TEXT),
    **dict.fromkeys(("tags", "topics", "ids"), TEXTS),
    **dict.fromkeys(("size", "ratio"), NUMBER),
    colour=st.sampled_from(["red", "green", "blue", ""]),
    labels=st.dictionaries(TEXT, LABEL | st.none(), max_size=3),
    notes=st.dictionaries(TEXT, TEXT | st.none(), max_size=3),
    header=LABEL,
    rules=st.lists(bags(from_=TEXT, weight=NUMBER), max_size=3),
)
"""Arguments of the right types, valid or not."""
ODD = bags(**dict.fromkeys(ExampleInputs.model_fields, ANYTHING), novel=ANYTHING)
"""Anything that a vendor may show."""


def same(one: Bag, other: Bag) -> bool:
    return changed_fields(ExampleInputs, one, other) == []


def through_the_engine(values: Bag) -> Bag:
    """The bag after it was sent with the engine's protocol."""
    struct = asyncio.run(rpc.serialize_properties(to_host(values), {}))
    return from_host(rpc.deserialize_properties(struct, keep_unknowns=True))


def respelled(data: st.DataObject, value: Any) -> Any:
    """The same value with floats instead of ints and keys in another order."""
    if isinstance(value, dict):
        return {key: respelled(data, value[key]) for key in data.draw(st.permutations(list(value)))}
    if isinstance(value, list):
        return [respelled(data, item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@given(VALID | ODD)
def test_any_bag_equals_itself_its_canonical_form_and_its_model_and_can_be_checked(bag: Bag) -> None:
    once = {name: canonical(ExampleInputs, name, bag.get(name)) for name in ExampleInputs.model_fields}
    assert {name: canonical(ExampleInputs, name, once[name]) for name in once} == once
    assert same(bag, bag)
    assert same(to_bag(to_model(ExampleInputs, bag)), bag)
    assert all(map(str, problems(ExampleInputs, bag)))


@proves("diff.meaningless-changes")
@given(VALID, st.data())
def test_another_spelling_is_no_difference(bag: Bag, data: st.DataObject) -> None:
    other = {**dict.fromkeys(("header", "labels")), **respelled(data, bag)}
    for name in ("tags", "topics", "ids"):
        if other.get(name):
            other[name] = data.draw(st.permutations(other[name]))

    assert same(bag, other)


@given(VALID, VALID)
def test_keeping_equal_values_is_idempotent_and_keeps_the_meaning(old: Bag, new: Bag) -> None:
    before = deepcopy((old, new))
    once, _ = keep_equal_values(ExampleInputs, old, new)

    assert keep_equal_values(ExampleInputs, old, once)[0] == once
    assert same(once, new)
    assert None not in once.values()
    assert (old, new) == before


def test_an_equal_value_is_kept_as_it_was_and_another_one_is_taken_as_given() -> None:
    empties: list[Any] = ["", [], {}, None]
    for empty in empties:
        assert keep_equal_values(ExampleInputs, BASE, {**BASE, "notes": empty}) == (BASE, [])
    old = {**BASE, "size": 3.0, "tags": ["b", "a"]}
    new = {**BASE, "url": "https://a.example", "novel": 1, "header": UNKNOWN}
    inputs, changed = keep_equal_values(ExampleInputs, old, new)
    assert inputs.pop("header") is UNKNOWN
    assert {**inputs, "header": old["header"]} == {**old, "url": "https://a.example", "novel": 1}
    assert type(inputs["size"]) is float
    assert changed == ["header", "url"]


def test_an_unknown_value_is_equal_to_nothing() -> None:
    labels = {"labels": {"x": {"text": UNKNOWN}}}
    for bag in ({"size": UNKNOWN}, {"tags": ["a", UNKNOWN]}, labels, {"rules": [{"from_": UNKNOWN}]}):
        assert changed_fields(ExampleInputs, bag, bag) == [*bag]
    assert changed_fields(ExampleInputs, {"tags": ["a", UNKNOWN]}, {"tags": [UNKNOWN, "a"]}) == ["tags"]


@proves("read.only-drift-replaced")
@given(VALID, VALID | ODD)
def test_inputs_with_drift_have_the_live_meaning_and_keep_the_rest(written: Bag, live: Bag) -> None:
    result = {}
    for name in ExampleInputs.model_fields:
        before, now = written.get(name), live.get(name)
        result[name] = with_drift(ExampleInputs, name, before, now)
        if canonical(ExampleInputs, name, before) == canonical(ExampleInputs, name, now):
            assert result[name] is before

    assert same(result, live)


@given(VALID, st.sampled_from(["region", "size", "tags", "header"]))
def test_the_engines_protocol_keeps_the_meaning_and_unknown_values(bag: Bag, name: str) -> None:
    assert same(through_the_engine(bag), bag)

    arrived = through_the_engine({**bag, name: UNKNOWN, "notes": {"a": UNKNOWN}})
    assert type(arrived[name]) is type(arrived["notes"]["a"]) is type(UNKNOWN)
