"""Whatever a colleague changes in an Orchestrator configuration is seen, field by field, and repaired."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.orchestrator import FULL, NEEDED, Orchestrator, configuration, ids
from tests.engine.stack import Stack

Body = dict[str, Any]
OTHER_RULE = {"from": "*", "to": "+18005550199"}
CALLBACK = {"url": "https://by-hand.example.com", "method": "GET"}


def _sms(body: Body) -> Body:
    found: Body = body["channelSettings"]["SMS"]
    return found


def _put(place: Callable[[Body], Any], **members: Any) -> Callable[[Body], None]:
    return lambda body: place(body).update(members)


def _drop(place: Callable[[Body], Any], name: Any) -> Callable[[Body], None]:
    return lambda body: place(body).pop(name)


def _add(place: Callable[[Body], Any], item: Any) -> Callable[[Body], None]:
    return lambda body: place(body).append(item)


def _top(body: Body) -> Body:
    return body


DRIFTS: dict[str, tuple[Callable[[Body], None], str]] = {
    "name": (_put(_top, displayName="By hand"), '"By hand"'),
    "description": (_put(_top, description="by hand"), '"by hand"'),
    "store": (_put(_top, memoryStoreId="by-hand"), '"by-hand"'),
    "memories": (_put(_top, memoryExtractionEnabled=False), "memory_extraction_enabled"),
    "bridge-gone": (_put(_top, conversationsV1Bridge=None), "conversations_v1_bridge"),
    "bridge": (_put(_top, conversationsV1Bridge={"serviceId": "IS" + "9" * 32}), "IS" + "9" * 32),
    "channel-new": (
        lambda body: body["channelSettings"].update(VOICE={"captureRules": [OTHER_RULE]}),
        "VOICE",
    ),
    "channel-gone": (_drop(lambda body: body["channelSettings"], "CHAT"), "CHAT"),
    "channels-gone": (_put(_top, channelSettings={}), "channel_settings"),
    "inactive": (_put(lambda body: _sms(body)["statusTimeouts"], inactive=99), "99"),
    "inactive-gone": (_put(lambda body: _sms(body)["statusTimeouts"], inactive=None), "inactive"),
    "closed": (_put(lambda body: _sms(body)["statusTimeouts"], closed=98), "98"),
    "timeouts-gone": (_put(_sms, statusTimeouts=None), "status_timeouts"),
    "timeouts-new": (
        lambda body: body["channelSettings"]["CHAT"].update(statusTimeouts={"closed": 97}),
        "97",
    ),
    "rule-new": (_add(lambda body: _sms(body)["captureRules"], OTHER_RULE), "+18005550199"),
    "rule-gone": (_drop(lambda body: _sms(body)["captureRules"], 0), "+18005550101"),
    "rules-gone": (_put(_sms, captureRules=None), "capture_rules"),
    "rule-from": (_put(lambda body: _sms(body)["captureRules"][0], **{"from": "by-hand"}), "by-hand"),
    "rule-to": (_put(lambda body: _sms(body)["captureRules"][0], to="by-hand"), "by-hand"),
    "metadata": (_put(lambda body: _sms(body)["captureRules"][1]["metadata"], callType="SIP"), "SIP"),
    "metadata-new": (_put(lambda body: _sms(body)["captureRules"][1]["metadata"], by_hand="x"), "by_hand"),
    "metadata-gone": (_put(lambda body: _sms(body)["captureRules"][1], metadata=None), "callType"),
    "callback-url": (_put(lambda body: body["statusCallbacks"][0], url=CALLBACK["url"]), CALLBACK["url"]),
    "callback-method": (_put(lambda body: body["statusCallbacks"][1], method="POST"), "method"),
    "callback-gone": (_drop(lambda body: body["statusCallbacks"], 0), "desk.example.com"),
    "callbacks-gone": (_put(_top, statusCallbacks=[]), "status_callbacks"),
    "listener-new": (_add(lambda body: body["intelligenceConfigurationIds"], "by-hand"), "by-hand"),
    "listener-gone": (_drop(lambda body: body["intelligenceConfigurationIds"], 0), "configuration_1"),
}
"""What is done, and what a preview must show of it."""
PLAIN: dict[str, Body] = {
    "plain-callback": {"statusCallbacks": [CALLBACK]},
    "plain-memories": {"memoryExtractionEnabled": True},
}
"""What appears where the program says nothing."""


SWITCHES = Switches(orchestrator_fill="empty", orchestrator_grouping_type_can_change=True)


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """The vendor, in the way of showing what was not sent that has the most to show."""
    with Emulator(switches=SWITCHES) as running:
        yield running


def _full(name: str) -> dict[str, Any]:
    number = sorted(DRIFTS).index(name)
    return {**FULL, "display_name": name, "conversations_v1_bridge": {"service_id": f"IS{number:032x}"}}


PROGRAM = "".join(
    [
        *(configuration(name, _full(name)) for name in DRIFTS),
        *(configuration(name, {**NEEDED, "display_name": name}) for name in PLAIN),
        configuration("untouched", {**FULL, "conversations_v1_bridge": {"service_id": "IS" + "7" * 32}}),
    ]
)


def _drift(stack: Stack, colleague: Orchestrator) -> None:
    made = ids(stack)
    for name, (change, _) in DRIFTS.items():
        body = deepcopy(colleague.all()[made[name]])
        change(body)
        colleague.change(made[name], **body)
    for name, members in PLAIN.items():
        colleague.change(made[name], **members)


def _content(colleague: Orchestrator) -> dict[str, Body]:
    moving = ("updatedAt", "version")
    shown = colleague.all().items()
    return {id: {key: item for key, item in body.items() if key not in moving} for id, body in shown}


def _arguments_that_differ(one: Body, other: Body) -> set[str]:
    return {name for name in FULL if one[_on_the_wire(name)] != other[_on_the_wire(name)]}


def _on_the_wire(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def _blocks(output: str) -> dict[str, str]:
    """What is said of each configuration, by name."""
    blocks = output.split("[urn=urn:pulumi:")
    return {block.partition("]")[0].rpartition("::")[2]: block for block in blocks[1:]}


def test_drift_in_every_place_is_shown_and_repaired(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    stack.up(PROGRAM, "--parallel", "64")
    before, made = _content(colleague), ids(stack)
    _drift(stack, colleague)
    changed = {name: _arguments_that_differ(before[id], colleague.all()[id]) for name, id in made.items()}
    colleague.new_requests()

    refreshed = _blocks(stack.refresh("--parallel", "64"))
    shown = _blocks(stack.preview("--parallel", "64"))
    assert colleague.new_writes() == []
    stack.up(None, "--parallel", "64")

    for name, (_, sign) in DRIFTS.items():
        assert sign in refreshed[name], f"refresh of {name}: {refreshed[name]}"
        assert sign in shown[name], f"preview of {name}: {shown[name]}"
    for blocks in (refreshed, shown):
        said = {name: set(re.findall(r"^ {6}[~+-] (\w+)", block, re.M)) for name, block in blocks.items()}
        assert {name: arguments for name, arguments in said.items() if arguments} == {
            name: arguments for name, arguments in changed.items() if arguments
        }
    assert colleague.new_writes() == ["PUT"] * (len(DRIFTS) + len(PLAIN))
    assert _content(colleague) == before
    assert ids(stack) == made
    stack.assert_settled()


def test_drift_in_one_entry_of_a_list_shows_nothing_of_the_others(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    stack.up(configuration("support", FULL))
    id = ids(stack)["support"]
    body = deepcopy(colleague.only())
    _sms(body)["captureRules"][1]["metadata"]["callType"] = "SIP"
    body["statusCallbacks"][1]["method"] = "POST"
    body["channelSettings"]["CHAT"]["captureRules"].reverse()
    _sms(body)["captureRules"].reverse()
    colleague.change(id, **body)

    refreshed = stack.refresh()
    shown = stack.preview()

    leaf = r"^ +([~+-] \w+ *: [^{\[\n]+)$"
    before, after = '"PSTN"', '"SIP"'
    expected = {f"~ callType: {before} => {after}", '~ method: "GET" => "POST"'}
    assert set(re.findall(leaf, refreshed, re.M)) == expected
    expected = {f"~ callType: {after} => {before}", '~ method: "POST" => "GET"'}
    assert set(re.findall(leaf, shown, re.M)) == expected


def test_drift_of_the_grouping_type_is_repaired_by_a_new_one(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    stack.up(configuration("support", FULL))
    old = ids(stack)["support"]
    colleague.change(old, conversationGroupingType="GROUP_BY_PARTICIPANT_ADDRESSES")

    assert '"GROUP_BY_PROFILE" => "GROUP_BY_PARTICIPANT_ADDRESSES"' in stack.refresh()
    shown = stack.preview()
    assert '"GROUP_BY_PARTICIPANT_ADDRESSES" => "GROUP_BY_PROFILE"' in shown
    assert "to replace" in shown
    stack.up(configuration("support", {**FULL, "conversations_v1_bridge": None}))

    assert set(colleague.all()) == set(ids(stack).values())
    assert ids(stack)["support"] != old
    assert colleague.only()["conversationGroupingType"] == "GROUP_BY_PROFILE"
    stack.assert_settled()
