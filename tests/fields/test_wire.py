"""Names on the wire, and bodies that keep members which the model does not have."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Annotated, Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi_switchboard.fields.models import Model, Unsent, Wire
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.fields.wire import (
    camel_case,
    decoded,
    encoded,
    pascal_case,
    snake_case,
    with_unknown_members,
)

from tests.fields.example import ANYTHING, TEXT, Channel, ExampleInputs, Label, Rule
from tests.promises import proves

KEYS = st.sampled_from(["VOICE", "snake_case", "camelCase", "from_", "from", "Ünlike", "", "a b"])
RULES = st.lists(
    st.builds(Rule, from_=TEXT, meta_data=st.none() | st.dictionaries(KEYS, TEXT, max_size=3)), max_size=3
)
CHANNEL = st.builds(Channel, time_out=st.none() | st.integers(), capture_rules=st.none() | RULES)
INPUTS = st.builds(
    ExampleInputs,
    region=TEXT,
    is_on=st.booleans(),
    channels=st.none() | st.dictionaries(KEYS, CHANNEL, max_size=3),
    header=st.none() | st.builds(Label, text=TEXT),
    rules=st.none() | RULES,
    ids=st.none() | st.lists(TEXT, max_size=3),
    v1_engine=st.none() | TEXT,
)
METADATA = {"call_type": "PSTN", "from_": "a", "fromX": "b"}
FULL = ExampleInputs(
    region="eu",
    channels={
        "VOICE": Channel(time_out=1, capture_rules=[Rule(from_="+1"), Rule(from_="+2")]),
        "SMS_1": Channel(time_out=2),
    },
    header=Label(text="A"),
    rules=[Rule(from_="a", meta_data=METADATA)],
)
SENT: Bag = {
    "colour": "red",
    "isOn": False,
    "tags": [],
    "region": "eu",
    "header": {"text": "A", "size": 12},
    "channels": {
        "VOICE": {"timeOut": 1, "captureRules": [{"from": "+1"}, {"from": "+2"}]},
        "SMS_1": {"timeOut": 2},
    },
    "rules": [{"from": "a", "metaData": METADATA}],
}


def to_wire(inputs: ExampleInputs) -> Bag:
    return encoded(ExampleInputs, inputs, camel_case)


def from_wire(body: Bag) -> Bag:
    return decoded(ExampleInputs, body, camel_case)


def merged(shown: Any, wanted: Bag) -> Bag:
    """The body of a write that wants a body's members, if the vendor shows this one."""
    bag = with_unknown_members(
        ExampleInputs, from_wire(shown) if isinstance(shown, dict) else shown, from_wire(wanted)
    )
    return encoded(ExampleInputs, bag, camel_case)


@proves("program.python-names")
def test_names_are_spelled_as_the_api_does_and_keys_of_maps_do_not_change() -> None:
    spellings = {
        "name": ("name", "name", "Name"),
        "display_name": ("displayName", "display_name", "DisplayName"),
        "from_": ("from", "from", "From"),
        "conversations_v1_bridge": (
            "conversationsV1Bridge",
            "conversations_v1_bridge",
            "ConversationsV1Bridge",
        ),
    }
    for name, spelled in spellings.items():
        assert tuple(spell(name) for spell in (camel_case, snake_case, pascal_case)) == spelled
    assert to_wire(FULL) == SENT
    assert from_wire(SENT) == to_bag(FULL)
    novel = {"next_year": 1, "nextYear": {"from": 2}}
    assert from_wire(novel) == novel


class Placed(Model):
    """An object whose members are elsewhere in the vendor's."""

    first: Annotated[str | None, Wire("outer.inner.first")] = None
    second: Annotated[list[str] | None, Wire("outer.second", "old_second")] = None
    third: Annotated[str | None, Wire(sent_as=str.upper)] = None
    fourth: Annotated[str | None, Unsent()] = None


def test_a_value_is_read_and_sent_at_the_path_that_its_field_names() -> None:
    bag = {"first": "1", "second": ["2"], "third": "c"}
    body = {"outer": {"inner": {"first": "1"}, "second": ["2"]}, "third": "C"}
    assert encoded(Placed, {**bag, "fourth": "4"}, snake_case) == body
    shown = {**body, "outer": {**body["outer"], "novel": 5}}  # type: ignore[dict-item]
    assert decoded(Placed, shown, snake_case) == {
        **bag,
        "third": "C",
        "outer": {"inner": {}, "novel": 5},
    }
    assert encoded(Placed, decoded(Placed, shown, snake_case), snake_case) == shown
    assert decoded(Placed, {"outer": 7, "old_second": ["2"]}, snake_case) == {"outer": 7, "second": ["2"]}
    assert encoded(Placed, {"outer": 7, "first": None}, snake_case) == {"outer": {"inner": {"first": None}}}


@given(INPUTS)
def test_a_sent_model_has_no_nulls_and_is_decoded_as_the_same_model(inputs: ExampleInputs) -> None:
    before = deepcopy(to_bag(inputs))
    sent = to_wire(inputs)
    assert to_model(ExampleInputs, from_wire(sent)) == inputs
    assert not re.search(r"[\[ ]null", json.dumps(sent))
    sent.clear()
    assert to_bag(inputs) == before


@given(st.dictionaries(KEYS | st.sampled_from(["region", "channels", "header", "rules"]), ANYTHING))
def test_any_body_is_accepted(shown: Bag) -> None:
    bag = to_bag(to_model(ExampleInputs, from_wire(shown)))
    assert bag.get("region") == to_bag(to_model(ExampleInputs, {"region": shown.get("region")})).get("region")


@given(INPUTS, INPUTS)
def test_a_write_has_the_meaning_of_the_wanted_values_and_changes_neither_argument(
    old: ExampleInputs, new: ExampleInputs
) -> None:
    shown, wanted = to_bag(old), to_bag(new)
    before = deepcopy((shown, wanted))
    bag = with_unknown_members(ExampleInputs, shown, wanted)
    assert to_model(ExampleInputs, bag) == new
    assert (shown, wanted) == before
    nothing: list[Any] = [{}, None, [], "odd", 7]
    assert all(with_unknown_members(ExampleInputs, odd, wanted) == wanted for odd in nothing)


@proves("update.foreign-members-are-kept")
def test_a_write_keeps_unknown_members_at_every_depth() -> None:
    shown = deepcopy(SENT)
    shown["novel"] = 1
    shown["channels"]["VOICE"]["novel"] = [2]
    shown["channels"]["VOICE"]["captureRules"][1]["novel"] = {"three": 3}
    shown["header"]["novel"] = None
    shown["rules"][0]["novel"] = 5
    assert merged(shown, SENT) == shown


@proves("update.removed-arguments-are-cleared")
def test_a_write_drops_arguments_and_keys_that_are_no_longer_given() -> None:
    shown = {**SENT, "novel": 1, "ids": ["a"]}
    wanted = to_wire(ExampleInputs(region="us", channels={"SMS_1": Channel()}))
    assert merged(shown, wanted) == {**wanted, "novel": 1}

    mapped = {"rules": [{"from": "a", "metaData": {"gone": "1", "kept": "2"}, "novel": 3}]}
    other = {"rules": [{"from": "a", "metaData": {"gone": "1", "kept": "2"}}], "notes": {"kept": "4"}}
    shown = {**mapped, "notes": {"gone": "1", "kept": "2"}}
    assert merged(shown, other) == {**mapped, "notes": {"kept": "4"}}


@proves("update.foreign-members-are-kept")
def test_items_of_a_list_keep_their_unknown_members_in_another_order() -> None:
    plus: Bag = {"from": "+1", "metaData": {}, "novel": 1}
    shown = {"rules": [plus, {"from": "+2", "metaData": None, "novel": 2}, {"from": "+2", "novel": 3}]}
    one, two = {"from": "+1"}, {"from": "+2"}
    for sent, kept in (([two, one, two], [2, 1, 3]), ([two], [2]), ([two, two, two], [2, 3, None])):
        rules = merged(shown, {"rules": sent})["rules"]
        assert [rule.get("novel") for rule in rules] == kept
    for instead in ({"rules": [{**one, "metaData": {"callType": "SIP"}}]}, {"rules": [], "ids": ["a"]}):
        assert merged({**shown, "ids": ["b", "a"]}, instead) == instead

    odd: list[Any] = [[None, 7, "x", []], {"a": 1}]
    for rules in odd:
        assert merged({"rules": rules}, {"rules": [one]}) == {"rules": [one]}


@proves("update.foreign-members-are-kept")
def test_an_object_without_a_model_keeps_all_members_that_are_not_wanted() -> None:
    shown = {"novel": {"a": 1, "deep": {"b": {"c": 1, "d": 2}, "list": [1, 2]}, "e": None}}
    before = deepcopy(shown)
    wanted = {"novel": {"a": 2, "deep": {"b": {"c": 3}, "list": [4]}, "e": {"f": 1}}}
    kept = {"novel": {"a": 2, "deep": {"b": {"c": 3, "d": 2}, "list": [4]}, "e": {"f": 1}}}
    assert with_unknown_members(ExampleInputs, shown, wanted) == kept
    assert shown == before, "the shown object was changed"
