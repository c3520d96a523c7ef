"""What differs between an orchestrator configuration at Twilio and in the program, and what does not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pulumi_switchboard.core.difference import changed, difference
from pulumi_switchboard.core.shape import plain
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.definitions.twilio.orchestrator.configuration import ConfigurationInputs

from tests.definitions.orchestrator_configurations import ARGUMENTS, RULE, SENT, SMALL, read, snake


def differing(body: Bag, arguments: Bag) -> list[str]:
    """What differs between what Twilio shows and what the program says."""
    return changed(ConfigurationInputs, plain(read(**body)), arguments)


@pytest.mark.parametrize("settings", [None, {}])
@pytest.mark.parametrize("empty", [None, [], "left out"])
def test_what_twilio_fills_in_is_no_difference(settings: Any, empty: Any) -> None:
    filled: Bag = {
        "channelSettings": settings,
        "statusCallbacks": empty,
        "intelligenceConfigurationIds": empty,
        "memoryExtractionEnabled": None if empty is None else False,
        "conversationsV1Bridge": settings,
    }
    if empty == "left out":
        filled = dict.fromkeys(filled)

    nothing: list[Any] = [None, {}]
    for given in nothing:
        assert differing(filled, {**SMALL, "channel_settings": given, "status_callbacks": None}) == []


@pytest.mark.parametrize("timeouts", [None, {}, {"inactive": None, "closed": None}])
@pytest.mark.parametrize("rules", [None, []])
@pytest.mark.parametrize(
    "given", [{}, {"status_timeouts": {}}, {"status_timeouts": None, "capture_rules": []}]
)
def test_what_twilio_fills_into_a_channel_is_no_difference(timeouts: Any, rules: Any, given: Bag) -> None:
    body = {"channelSettings": {"CHAT": {"statusTimeouts": timeouts, "captureRules": rules}}}

    assert differing(body, {**ARGUMENTS, "channel_settings": {"CHAT": given}}) == []


@pytest.mark.parametrize("metadata", [None, {}])
@pytest.mark.parametrize("given", [{}, {"metadata": None}, {"metadata": {}}])
def test_what_twilio_fills_into_a_rule_is_no_difference(metadata: Any, given: Bag) -> None:
    body = {"channelSettings": {"SMS": {"captureRules": [{"from": "*", "to": "+2", "metadata": metadata}]}}}
    rule = {"from_": "*", "to": "+2", **given}

    assert differing(body, {**ARGUMENTS, "channel_settings": {"SMS": {"capture_rules": [rule]}}}) == []


def test_half_a_pair_of_timeouts_and_a_method_left_out_are_no_difference() -> None:
    body = {"channelSettings": {"SMS": {"statusTimeouts": {"closed": 5, "inactive": None}}}}
    given: Bag = {
        "channel_settings": {"SMS": {"status_timeouts": {"closed": 5.0}}},
        "status_callbacks": [{"url": "https://a.example"}],
    }

    assert differing(body, {**ARGUMENTS, **given}) == []


def test_an_order_that_means_nothing_is_no_difference() -> None:
    rules = [RULE, {"from": "*", "to": "+2"}, {"from": "a", "to": "b"}]
    body = {
        "channelSettings": {"VOICE": {"captureRules": rules}},
        "statusCallbacks": [{"url": "https://b.example", "method": "GET"}, *SENT["statusCallbacks"]],
        "intelligenceConfigurationIds": ["i2", "i1"],
    }
    ours = [{"from_" if key == "from" else key: rule[key] for key in rule} for rule in reversed(rules)]
    given: Bag = {
        "channel_settings": {"VOICE": {"capture_rules": ours}},
        "status_callbacks": [*ARGUMENTS["status_callbacks"], {"url": "https://b.example", "method": "GET"}],
    }

    assert differing(body, {**ARGUMENTS, **given}) == []


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all that is in the value."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for key, item in enumerate(value) for leaf in leaves(item, (*path, key))]
    return [path]


@pytest.mark.parametrize("path", leaves(SENT), ids=str)
def test_a_change_of_any_leaf_is_a_difference(path: tuple[Any, ...]) -> None:
    body = deepcopy(SENT)
    inner: Any = body
    for step in path[:-1]:
        inner = inner[step]
    was = inner[path[-1]]
    inner[path[-1]] = (not was) if isinstance(was, bool) else was + 1 if isinstance(was, int) else f"{was}x"

    assert differing(body, ARGUMENTS) == [snake(path[0])]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("channelSettings", {**SENT["channelSettings"], "CHAT": {}}),
        ("channelSettings", {"VOICE": SENT["channelSettings"]["VOICE"]}),
        ("statusCallbacks", None),
        ("intelligenceConfigurationIds", ["i1"]),
        ("intelligenceConfigurationIds", ["i1", "i1", "i2"]),
        ("conversationsV1Bridge", None),
    ],
)
def test_more_or_less_is_a_difference(name: str, value: Any) -> None:
    assert differing({name: value}, ARGUMENTS) == [snake(name)]


@pytest.mark.parametrize("name", list(ARGUMENTS))
def test_a_new_grouping_alone_calls_for_a_new_configuration(name: str) -> None:
    known = {**ARGUMENTS, name: "other"}

    found = difference(ConfigurationInputs, known, known, ARGUMENTS)

    assert found.replaces == ((name,) if name == "conversation_grouping_type" else ())
