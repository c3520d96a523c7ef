"""What holds of every value: no way there and back loses meaning, and equal meaning is no difference."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import rpc
from pulumi_switchboard.core.checking import check
from pulumi_switchboard.core.difference import Difference, changed, difference, settled
from pulumi_switchboard.core.paths import overlaid
from pulumi_switchboard.core.problems import problems
from pulumi_switchboard.core.shape import canonical, decoded, drifted, plain
from pulumi_switchboard.core.values import UNKNOWN, Bag, tidy
from pulumi_switchboard.dynamic.bags import from_host, to_host

from tests.core.fakes import SHELF_TYPE, ShelfInputs

TEXT = st.text(max_size=3)
NUMBER = st.integers(-3, 12) | st.floats(-3, 12, allow_nan=False).map(lambda number: round(number, 1))
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def bag(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Bag]:
    """Bags with any of these members, null or not."""
    return st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in members.items()})


LABEL = bag(text=TEXT, size=NUMBER)
SHELF = bag(
    place=TEXT,
    name=TEXT,
    colour=st.sampled_from(["red", "green", "blue", ""]),
    height=NUMBER,
    width=NUMBER,
    tags=st.lists(TEXT, max_size=4),
    topics=st.lists(TEXT, max_size=4),
    labels=st.dictionaries(TEXT, LABEL | st.none(), max_size=3),
    remarks=st.dictionaries(TEXT, TEXT | st.none(), max_size=3),
    front=LABEL,
    rules=st.lists(bag(topic=TEXT, weight=NUMBER), max_size=3),
    hook=TEXT,
    material=TEXT,
)
ODD_SHELF = bag(**dict.fromkeys(ShelfInputs.model_fields, ANYTHING), novel=ANYTHING)
"""Whatever a vendor may show."""


def same_meaning(one: Bag, other: Bag) -> bool:
    """Whether two shelves are one."""
    return changed(ShelfInputs, one, other) == []


def through_the_wire(values: Bag) -> Bag:
    """The bag after the trip over the engine's protocol and back."""
    struct = asyncio.run(rpc.serialize_properties(to_host(values), {}))
    return from_host(rpc.deserialize_properties(struct, keep_unknowns=True))


def disguised(data: st.DataObject, value: Any) -> Any:
    """Another spelling of the same: floats for ints, nulls and keys in another order."""
    if isinstance(value, dict):
        keys = data.draw(st.permutations(list(value)))
        nulls = {"front": None, "labels": None} if data.draw(st.booleans()) else {}
        return {**{key: null for key, null in nulls.items() if key not in value and "place" in value}} | {
            key: disguised(data, value[key]) for key in keys
        }
    if isinstance(value, list):
        return [disguised(data, item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


@given(SHELF | ODD_SHELF)
def test_nothing_differs_from_itself(shelf: Bag) -> None:
    assert difference(ShelfInputs, shelf, shelf, shelf) == Difference(None)


@given(SHELF, st.data())
def test_another_spelling_is_no_difference(shelf: Bag, data: st.DataObject) -> None:
    other = disguised(data, shelf)
    for name in ("tags", "topics"):
        if other.get(name):
            other[name] = data.draw(st.permutations(other[name]))

    assert same_meaning(shelf, other)
    assert difference(ShelfInputs, shelf, shelf, other).changes is not True


@given(SHELF | ODD_SHELF)
def test_the_canonical_form_is_its_own_canonical_form(shelf: Bag) -> None:
    once = {name: canonical(ShelfInputs, name, shelf.get(name)) for name in ShelfInputs.model_fields}

    assert {name: canonical(ShelfInputs, name, once[name]) for name in once} == once


@given(SHELF, SHELF)
def test_settling_twice_is_settling_once_and_loses_no_meaning(old: Bag, new: Bag) -> None:
    once, _ = settled(ShelfInputs, old, new)

    assert settled(ShelfInputs, old, once)[0] == once
    assert same_meaning(once, new)
    assert None not in once.values()


@given(SHELF)
def test_settled_against_itself_a_bag_stays_as_it_is(shelf: Bag) -> None:
    given = {name: value for name, value in shelf.items() if value is not None}

    assert settled(ShelfInputs, shelf, shelf) == (given, [])


@given(SHELF, SHELF | ODD_SHELF)
def test_what_was_written_with_the_drift_in_it_means_what_is_live(written: Bag, live: Bag) -> None:
    mended = {
        name: drifted(ShelfInputs, name, written.get(name), live.get(name))
        for name in ShelfInputs.model_fields
    }

    assert same_meaning(mended, live)


@given(SHELF, SHELF)
def test_drift_shows_only_what_has_drifted(written: Bag, live: Bag) -> None:
    for name in ShelfInputs.model_fields:
        if canonical(ShelfInputs, name, written.get(name)) == canonical(ShelfInputs, name, live.get(name)):
            assert drifted(ShelfInputs, name, written.get(name), live.get(name)) is written.get(name)


@given(SHELF | ODD_SHELF)
def test_decoding_is_total_and_keeps_the_meaning(shelf: Bag) -> None:
    assert same_meaning(plain(decoded(ShelfInputs, shelf)), shelf)


@given(SHELF)
def test_the_wire_keeps_the_meaning(shelf: Bag) -> None:
    assert same_meaning(through_the_wire(shelf), shelf)


@given(SHELF, st.sampled_from(["place", "height", "tags", "front"]))
def test_the_wire_keeps_what_is_unknown(shelf: Bag, name: str) -> None:
    arrived = through_the_wire({**shelf, name: UNKNOWN, "remarks": {"a": UNKNOWN}})

    assert type(arrived[name]) is type(UNKNOWN)
    assert type(arrived["remarks"]["a"]) is type(UNKNOWN)


@given(SHELF, SHELF)
def test_a_check_whose_answer_went_over_the_wire_is_the_old_words_of_the_next(
    first: Bag, second: Bag
) -> None:
    """As the engine does it: what one check answers is the old input of the next one."""
    identity = {"_stack": "5ac0", "__urn": "urn:pulumi:dev::p::t::n"}

    def checked(old: Bag, new: Bag) -> Bag:
        arrived = through_the_wire({**new, **identity})
        return through_the_wire(check(SHELF_TYPE, old, arrived).inputs)

    old = checked({}, first)
    new = checked(old, second)
    again = checked(new, second)

    assert tidy(again) == tidy(new)
    assert difference(ShelfInputs, new, new, again) == Difference(None)


@given(SHELF, SHELF)
def test_to_ignore_everything_leaves_nothing_to_change(known: Bag, new: Bag) -> None:
    assert same_meaning(overlaid(new, known, [("*",)]), known)


@given(ODD_SHELF)
def test_no_arguments_whatsoever_break_the_check(shelf: Bag) -> None:
    for problem in problems(ShelfInputs, shelf):
        assert str(problem)
