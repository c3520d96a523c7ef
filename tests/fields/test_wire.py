"""Names on the wire, and bodies that keep members which the model does not have."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.fields.wire import from_wire, replacement, to_wire, wire_name

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


@proves("program.python-names")
def test_names_are_in_camel_case_on_the_wire_and_keys_of_maps_do_not_change() -> None:
    names = {
        "name": "name",
        "display_name": "displayName",
        "from_": "from",
        "conversations_v1_bridge": "conversationsV1Bridge",
    }
    assert {name: wire_name(name) for name in names} == names
    assert to_wire(FULL) == SENT
    assert from_wire(ExampleInputs, SENT) == to_bag(FULL)
    novel = {"next_year": 1, "nextYear": {"from": 2}}
    assert from_wire(ExampleInputs, novel) == novel


@given(INPUTS)
def test_a_sent_model_has_no_nulls_and_is_decoded_as_the_same_model(inputs: ExampleInputs) -> None:
    before = deepcopy(to_bag(inputs))
    sent = to_wire(inputs)
    assert to_model(ExampleInputs, from_wire(ExampleInputs, sent)) == inputs
    assert not re.search(r"[\[ ]null", json.dumps(sent))
    sent.clear()
    assert to_bag(inputs) == before


@given(st.dictionaries(KEYS | st.sampled_from(["region", "channels", "header", "rules"]), ANYTHING))
def test_any_body_is_accepted(shown: Bag) -> None:
    bag = to_bag(to_model(ExampleInputs, from_wire(ExampleInputs, shown)))
    assert bag.get("region") == to_bag(to_model(ExampleInputs, {"region": shown.get("region")})).get("region")


@given(INPUTS, INPUTS)
def test_a_replacement_has_the_meaning_of_the_sent_body_and_changes_neither_argument(
    old: ExampleInputs, new: ExampleInputs
) -> None:
    shown, sent = to_wire(old), to_wire(new)
    before = deepcopy((shown, sent))
    body = replacement(ExampleInputs, shown, sent)
    assert to_model(ExampleInputs, from_wire(ExampleInputs, body)) == new
    assert (shown, sent) == before
    nothing: list[Any] = [{}, None, [], "odd", 7]
    assert all(replacement(ExampleInputs, odd, sent) == sent for odd in nothing)


@proves("update.foreign-members-are-kept")
def test_a_replacement_keeps_unknown_members_at_every_depth() -> None:
    shown = deepcopy(SENT)
    shown["novel"] = 1
    shown["channels"]["VOICE"]["novel"] = [2]
    shown["channels"]["VOICE"]["captureRules"][1]["novel"] = {"three": 3}
    shown["header"]["novel"] = None
    shown["rules"][0]["novel"] = 5
    assert replacement(ExampleInputs, shown, SENT) == shown


@proves("update.removed-arguments-are-cleared")
def test_a_replacement_drops_arguments_and_keys_that_are_no_longer_given() -> None:
    shown = {**SENT, "novel": 1, "ids": ["a"]}
    wanted = to_wire(ExampleInputs(region="us", channels={"SMS_1": Channel()}))
    assert replacement(ExampleInputs, shown, wanted) == {**wanted, "novel": 1}

    mapped = {"rules": [{"from": "a", "metaData": {"gone": "1", "kept": "2"}, "novel": 3}]}
    other = {"rules": [{"from": "a", "metaData": {"gone": "1", "kept": "2"}}], "notes": {"kept": "4"}}
    shown = {**mapped, "notes": {"gone": "1", "kept": "2"}}
    assert replacement(ExampleInputs, shown, other) == {**mapped, "notes": {"kept": "4"}}


@proves("update.foreign-members-are-kept")
def test_items_of_a_list_keep_their_unknown_members_in_another_order() -> None:
    plus: Bag = {"from": "+1", "metaData": {}, "novel": 1}
    shown = {"rules": [plus, {"from": "+2", "metaData": None, "novel": 2}, {"from": "+2", "novel": 3}]}
    one, two = {"from": "+1"}, {"from": "+2"}
    for sent, kept in (([two, one, two], [2, 1, 3]), ([two], [2]), ([two, two, two], [2, 3, None])):
        rules = replacement(ExampleInputs, shown, {"rules": sent})["rules"]
        assert [rule.get("novel") for rule in rules] == kept
    for instead in ({"rules": [{**one, "metaData": {"callType": "SIP"}}]}, {"rules": [], "ids": ["a"]}):
        assert replacement(ExampleInputs, {**shown, "ids": ["b", "a"]}, instead) == instead

    odd: list[Any] = [[None, 7, "x", []], {"a": 1}]
    for rules in odd:
        assert replacement(ExampleInputs, {"rules": rules}, {"rules": [one]}) == {"rules": [one]}


@proves("update.foreign-members-are-kept")
def test_a_body_without_a_model_keeps_all_members_that_are_not_sent() -> None:
    shown = {"id": "x", "a": 1, "new": True, "deep": {"b": {"c": 1, "d": 2}, "list": [1, 2]}, "e": None}
    before = deepcopy(shown)
    sent = {"a": 2, "deep": {"b": {"c": 3}, "list": [4]}, "e": {"f": 1}}
    merged = {"id": "x", "a": 2, "new": True, "deep": {"b": {"c": 3, "d": 2}, "list": [4]}, "e": {"f": 1}}
    assert replacement(None, shown, sent) == merged
    assert replacement(None, {"a": {"b": 1}}, {"a": None}) == {"a": None}
    assert shown == before, "the shown object was changed"
