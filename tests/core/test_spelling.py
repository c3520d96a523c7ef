"""Names here and on the wire, and a replacement that drops nothing it does not know."""

from __future__ import annotations

from copy import deepcopy
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_switchboard.core.fields import Part, Unordered
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.spelling import from_wire, on_the_wire, replacing, to_wire
from pulumi_switchboard.core.values import Bag


class Route(Part):
    """A way."""

    from_: str
    to: str
    meta_data: dict[str, str] | None = None


class Channel(Part):
    """What is set for a channel."""

    time_out: int | None = None
    capture_rules: Annotated[list[Route] | None, Unordered()] = None


class Line(Part):
    """All there is."""

    display_name: str
    is_on: bool = False
    channel_settings: dict[str, Channel] | None = None
    main_route: Route | None = None
    call_backs: list[Route] | None = None
    some_ids: list[str] | None = None
    v1_bridge_id: str | None = None


TEXT = st.text(max_size=4)
KEYS = st.sampled_from(["VOICE", "snake_case", "camelCase", "from_", "from", "Ünlike", "", "a b"])
ROUTE = st.builds(Route, from_=TEXT, to=TEXT, meta_data=st.none() | st.dictionaries(KEYS, TEXT, max_size=3))
CHANNEL = st.builds(
    Channel, time_out=st.none() | st.integers(), capture_rules=st.none() | st.lists(ROUTE, max_size=3)
)
LINE = st.builds(
    Line,
    display_name=TEXT,
    is_on=st.booleans(),
    channel_settings=st.none() | st.dictionaries(KEYS, CHANNEL, max_size=3),
    main_route=st.none() | ROUTE,
    call_backs=st.none() | st.lists(ROUTE, max_size=3),
    some_ids=st.none() | st.lists(TEXT, max_size=3),
    v1_bridge_id=st.none() | TEXT,
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("name", "name"),
        ("display_name", "displayName"),
        ("from_", "from"),
        ("conversations_v1_bridge", "conversationsV1Bridge"),
        ("intelligence_configuration_ids", "intelligenceConfigurationIds"),
        ("url", "url"),
    ],
)
def test_a_name_has_humps_on_the_wire(ours: str, theirs: str) -> None:
    assert on_the_wire(ours) == theirs


@given(LINE)
def test_what_is_sent_and_shown_again_is_the_same(line: Line) -> None:
    assert decoded(Line, from_wire(Line, to_wire(line))) == line
    assert from_wire(Line, to_wire(line)) == plain(line)


@given(LINE)
def test_what_is_sent_has_no_nulls_and_is_not_shared(line: Line) -> None:
    before = deepcopy(plain(line))
    sent = to_wire(line)

    assert not list(nulls(sent))
    sent.clear()
    assert plain(line) == before


def nulls(value: Any) -> list[Any]:
    """All nulls in the value."""
    if isinstance(value, dict):
        return [null for item in value.values() for null in nulls(item)]
    if isinstance(value, list):
        return [null for item in value for null in nulls(item)]
    return [value] if value is None else []


def test_keys_of_maps_pass_untouched() -> None:
    line = Line(
        display_name="x",
        channel_settings={"MY_chan_nel": Channel(time_out=1)},
        main_route=Route(from_="*", to="+1", meta_data={"call_type": "PSTN", "from_": "a", "fromX": "b"}),
    )

    sent = to_wire(line)

    assert sent == {
        "displayName": "x",
        "isOn": False,
        "channelSettings": {"MY_chan_nel": {"timeOut": 1}},
        "mainRoute": {
            "from": "*",
            "to": "+1",
            "metaData": {"call_type": "PSTN", "from_": "a", "fromX": "b"},
        },
    }


@given(st.dictionaries(KEYS | st.sampled_from(["displayName", "channelSettings", "mainRoute"]), ANYTHING))
def test_whatever_is_shown_is_taken(shown: Bag) -> None:
    line = decoded(Line, from_wire(Line, shown))

    shown_name = plain(decoded(Line, {"display_name": shown.get("displayName")}))
    assert plain(line).get("display_name") == shown_name.get("display_name")


def test_a_member_that_the_model_does_not_know_keeps_its_name() -> None:
    assert from_wire(Line, {"next_year": 1, "nextYear": {"from": 2}}) == {
        "next_year": 1,
        "nextYear": {"from": 2},
    }


@given(LINE)
def test_a_replacement_of_nothing_is_what_is_sent(line: Line) -> None:
    odd: list[Any] = [{}, None, [], "odd", 7]
    for shown in odd:
        assert replacing(Line, shown, to_wire(line)) == to_wire(line)


@given(LINE, LINE)
def test_a_replacement_means_what_is_sent(old: Line, new: Line) -> None:
    sent = replacing(Line, to_wire(old), to_wire(new))

    assert decoded(Line, from_wire(Line, sent)) == new


@given(LINE, LINE)
def test_a_replacement_leaves_both_as_they_are(old: Line, new: Line) -> None:
    shown, sent = to_wire(old), to_wire(new)
    before = deepcopy((shown, sent))

    replacing(Line, shown, sent)

    assert (shown, sent) == before


FULL = Line(
    display_name="x",
    channel_settings={
        "VOICE": Channel(time_out=1, capture_rules=[Route(from_="*", to="+1"), Route(from_="*", to="+2")]),
        "SMS": Channel(time_out=2),
    },
    main_route=Route(from_="a", to="b"),
    call_backs=[Route(from_="c", to="d")],
)


def test_members_that_the_model_does_not_know_are_kept_at_every_depth() -> None:
    shown = to_wire(FULL)
    shown["novel"] = 1
    shown["channelSettings"]["VOICE"]["novel"] = [2]
    shown["channelSettings"]["VOICE"]["captureRules"][1]["novel"] = {"three": 3}
    shown["mainRoute"]["novel"] = None
    shown["callBacks"][0]["novel"] = 5

    assert replacing(Line, shown, to_wire(FULL)) == shown


def test_what_is_no_longer_given_goes() -> None:
    shown = {**to_wire(FULL), "novel": 1, "someIds": ["a"]}

    sent = replacing(Line, shown, to_wire(Line(display_name="y", channel_settings={"SMS": Channel()})))

    assert sent == {"displayName": "y", "isOn": False, "channelSettings": {"SMS": {}}, "novel": 1}


def test_keys_of_the_users_own_maps_go_with_all_that_is_in_them() -> None:
    shown = {"mainRoute": {"from": "a", "to": "b", "metaData": {"gone": "1", "kept": "2"}, "novel": 3}}

    sent = replacing(Line, shown, {"mainRoute": {"from": "a", "to": "b", "metaData": {"kept": "4"}}})

    assert sent == {"mainRoute": {"from": "a", "to": "b", "metaData": {"kept": "4"}, "novel": 3}}


def rules(*sent: Bag) -> list[Bag]:
    """The entries that replace three which are shown, two of them alike but for what we do not know."""
    shown = [
        {"from": "*", "to": "+1", "metaData": {}, "novel": 1},
        {"from": "*", "to": "+2", "metaData": None, "novel": 2},
        {"from": "*", "to": "+2", "novel": 3},
    ]
    found: list[Bag] = replacing(Line, {"callBacks": shown}, {"callBacks": list(sent)})["callBacks"]
    return found


def test_entries_of_a_list_keep_what_they_have_beside_our_fields_wherever_they_move() -> None:
    two, one = {"from": "*", "to": "+2"}, {"from": "*", "to": "+1"}

    assert [rule.get("novel") for rule in rules(two, one, two)] == [2, 1, 3]
    assert [rule.get("novel") for rule in rules(two)] == [2]
    assert [rule.get("novel") for rule in rules(two, two, two)] == [2, 3, None]


def test_an_entry_that_means_something_else_is_a_new_one() -> None:
    other = {"from": "*", "to": "+1", "metaData": {"callType": "SIP"}}

    assert rules(other) == [other]


def test_odd_entries_of_a_list_harm_nobody() -> None:
    sent = [{"from": "*", "to": "+1"}]

    assert replacing(Line, {"callBacks": [None, 7, "x", []]}, {"callBacks": sent}) == {"callBacks": sent}
    assert replacing(Line, {"callBacks": {"a": 1}}, {"callBacks": sent}) == {"callBacks": sent}
    assert replacing(Line, {"someIds": ["b", "a"]}, {"someIds": ["a"]}) == {"someIds": ["a"]}
