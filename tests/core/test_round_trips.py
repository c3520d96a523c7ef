"""Properties of every value: no conversion loses meaning, and equal meaning is no difference."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import rpc
from pulumi_switchboard.dynamic.properties import from_host, to_host
from pulumi_switchboard.fields.comparison import changed_fields, keep_equal_values
from pulumi_switchboard.fields.typed_values import canonical, to_bag, to_model, with_drift
from pulumi_switchboard.fields.validation import problems
from pulumi_switchboard.fields.values import UNKNOWN, Bag, normalised
from pulumi_switchboard.lifecycle.check import check
from pulumi_switchboard.lifecycle.diff import field_changes

from tests.core.example import ExampleInputs
from tests.lifecycle.test_check import EXAMPLE
from tests.promises import proves

TEXT = st.text(max_size=3)
NUMBER = st.integers(-3, 12) | st.floats(-3, 12, allow_nan=False).map(lambda number: round(number, 1))
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def bags(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Bag]:
    """Bags with any of these members, null or not."""
    return st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in members.items()})


LABEL = bags(text=TEXT, size=NUMBER)
VALID = bags(
    region=TEXT,
    name=TEXT,
    colour=st.sampled_from(["red", "green", "blue", ""]),
    size=NUMBER,
    ratio=NUMBER,
    tags=st.lists(TEXT, max_size=4),
    topics=st.lists(TEXT, max_size=4),
    ids=st.lists(TEXT, max_size=4),
    labels=st.dictionaries(TEXT, LABEL | st.none(), max_size=3),
    notes=st.dictionaries(TEXT, TEXT | st.none(), max_size=3),
    header=LABEL,
    rules=st.lists(bags(from_=TEXT, weight=NUMBER), max_size=3),
    url=TEXT,
)
"""Arguments of the right types, valid or not."""
ODD = bags(**dict.fromkeys(ExampleInputs.model_fields, ANYTHING), novel=ANYTHING)
"""Whatever a vendor may show."""


def same(one: Bag, other: Bag) -> bool:
    return changed_fields(ExampleInputs, one, other) == []


def through_the_engine(values: Bag) -> Bag:
    """The bag after the way over the engine's protocol and back."""
    struct = asyncio.run(rpc.serialize_properties(to_host(values), {}))
    return from_host(rpc.deserialize_properties(struct, keep_unknowns=True))


def disguised(data: st.DataObject, value: Any) -> Any:
    """The same written otherwise: floats for ints, nulls, and keys in another order."""
    if isinstance(value, dict):
        nulls = dict.fromkeys(("header", "labels") if "region" in value and data.draw(st.booleans()) else ())
        keys = data.draw(st.permutations(list(value)))
        return {**nulls, **{key: disguised(data, value[key]) for key in keys}}
    if isinstance(value, list):
        return [disguised(data, item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


@given(VALID | ODD)
def test_any_bag_equals_itself_and_its_canonical_and_its_decoded_form_and_does_not_break_the_check(
    bag: Bag,
) -> None:
    assert field_changes(ExampleInputs, bag, bag) == ()
    once = {name: canonical(ExampleInputs, name, bag.get(name)) for name in ExampleInputs.model_fields}
    assert {name: canonical(ExampleInputs, name, once[name]) for name in once} == once
    assert same(to_bag(to_model(ExampleInputs, bag)), bag)
    assert all(map(str, problems(ExampleInputs, bag)))


@proves("diff.meaningless-changes")
@given(VALID, st.data())
def test_another_spelling_is_no_difference(bag: Bag, data: st.DataObject) -> None:
    other = disguised(data, bag)
    for name in ("tags", "topics", "ids"):
        if other.get(name):
            other[name] = data.draw(st.permutations(other[name]))

    assert same(bag, other)
    assert field_changes(ExampleInputs, bag, other) == ()


@given(VALID, VALID)
def test_settling_is_idempotent_and_loses_no_meaning(old: Bag, new: Bag) -> None:
    once, _ = keep_equal_values(ExampleInputs, old, new)
    given = {name: value for name, value in new.items() if value is not None}

    assert keep_equal_values(ExampleInputs, old, once)[0] == once
    assert same(once, new)
    assert None not in once.values()
    assert keep_equal_values(ExampleInputs, new, new) == (given, [])


@proves("read.only-drift-replaced")
@given(VALID, VALID | ODD)
def test_inputs_with_the_drift_in_them_mean_what_is_live_and_keep_the_rest(written: Bag, live: Bag) -> None:
    mended = {}
    for name in ExampleInputs.model_fields:
        before, now = written.get(name), live.get(name)
        mended[name] = with_drift(ExampleInputs, name, before, now)
        if canonical(ExampleInputs, name, before) == canonical(ExampleInputs, name, now):
            assert mended[name] is before

    assert same(mended, live)


@given(VALID, st.sampled_from(["region", "size", "tags", "header"]))
def test_the_engines_protocol_keeps_the_meaning_and_what_is_unknown(bag: Bag, name: str) -> None:
    assert same(through_the_engine(bag), bag)

    arrived = through_the_engine({**bag, name: UNKNOWN, "notes": {"a": UNKNOWN}})
    assert type(arrived[name]) is type(arrived["notes"]["a"]) is type(UNKNOWN)


@proves("diff.settled-after-up")
@given(VALID, VALID)
def test_a_second_check_of_the_same_program_changes_nothing(first: Bag, second: Bag) -> None:
    def checked(old: Bag, new: Bag) -> Bag:
        arrived = through_the_engine({**new, "_stack": "5ac0", "__urn": "urn:pulumi:dev::p::t::n"})
        return through_the_engine(check(EXAMPLE, old, arrived).inputs)

    new = checked(checked({}, first), second)
    again = checked(new, second)
    assert normalised(again) == normalised(new)
    assert field_changes(ExampleInputs, new, again) == ()
