"""What a program finds in the outputs of a resource."""

from __future__ import annotations

import json
import pickle
from base64 import b64decode
from collections.abc import Callable
from copy import copy, deepcopy
from typing import Any

import pulumi
import pytest
from pulumi import dynamic
from pulumi.output import Unknown
from pulumi_switchboard import twilio

from tests.program.cloud import Cloud
from tests.promises import proves

URL = "https://desk.example.com/calls"
NOTIFICATION = {"url": URL, "method": "POST"}
CHANNELS = {"SMS": {"status_timeouts": {"inactive": 10}, "capture_rules": [{"from_": "*", "to": "+1"}]}}


def client(name: str = "support", **arguments: Any) -> twilio.voice.ClientConfiguration:
    return twilio.voice.ClientConfiguration(name, **{"call_notification": {"url": URL}, **arguments})


def support(name: str = "support", **arguments: Any) -> twilio.orchestrator.Configuration:
    return twilio.orchestrator.Configuration(
        name,
        display_name="Support",
        description="",
        conversation_grouping_type="GROUP_BY_PROFILE",
        memory_store_id="mem_store_1",
        **arguments,
    )


@proves("program.outputs-as-arguments")
def test_a_member_of_an_output_has_its_name_as_a_key_and_as_an_attribute() -> None:
    def program() -> dict[str, pulumi.Output[Any]]:
        channels = support(channel_settings=CHANNELS).channel_settings
        return {
            "by key": channels["SMS"]["status_timeouts"]["inactive"],
            "by attribute": channels.SMS.status_timeouts.inactive,
            "inside a list": channels["SMS"].capture_rules[0].from_,
            "like a method": support("b", channel_settings={"items": {}}).channel_settings["items"],
            "as a whole": channels,
        }

    found = Cloud().values(program)

    whole = found.pop("as a whole")
    assert found == {"by key": 10, "by attribute": 10, "inside a list": "*", "like a method": {}}
    assert json.loads(json.dumps(whole)) == deepcopy(whole) == pickle.loads(pickle.dumps(whole)) == CHANNELS  # noqa: S301 - its own
    assert not hasattr(whole, "RCS")


@proves("program.outputs-as-arguments")
def test_a_misspelled_member_fails_with_the_right_spelling() -> None:
    def failing(find: Callable[[twilio.orchestrator.Configuration], pulumi.Output[Any]]) -> str:
        with pytest.raises(pulumi.RunError) as error:
            Cloud().values(lambda: {"found": find(support(channel_settings=CHANNELS))})
        return str(error.value)

    place = "the output channel_settings.SMS"
    for find, text in (
        (
            lambda one: one.channel_settings.SMS.status_timeout,
            f"{place} has no 'status_timeout'; did you mean 'status_timeouts'?",
        ),
        (
            lambda one: one.channel_settings["SMS"]["capture_rule"],
            f"{place} has no 'capture_rule'; did you mean 'capture_rules'?",
        ),
        (lambda one: one.channel_settings["SMS"].capture_rules[0].x, f"{place}.capture_rules[0] has no 'x'"),
        (
            lambda one: one.channel_settings.apply(lambda settings: settings["RCS"]),
            "the output channel_settings has no 'RCS'",
        ),
    ):
        assert failing(find) == text


@proves("program.outputs-as-arguments")
def test_an_output_is_an_argument_of_another_resource() -> None:
    def program() -> None:
        first = support("first", channel_settings=CHANNELS)
        support("second", channel_settings=first.channel_settings, status_callbacks=first.status_callbacks)
        client("whole", call_notification=client("a").call_notification, description=None)
        client("part", call_notification={"url": client("b").call_notification.url, "method": None})

    cloud = Cloud().run(program)

    second, whole, part = (cloud.one(name).properties for name in ("second", "whole", "part"))
    assert second["channel_settings"] == CHANNELS
    assert "status_callbacks" not in second
    assert whole["call_notification"] == part["call_notification"] == {"url": URL}
    assert "description" not in whole


@proves("program.outputs-as-arguments")
def test_a_preview_does_not_know_what_the_vendor_will_add() -> None:
    def program() -> None:
        notification = client("first", description="Desk").call_notification
        client("whole", call_notification=notification)
        client("url", description=notification.url)
        client("method", description=notification["method"])
        given = client("complete", call_notification=NOTIFICATION).call_notification
        client("inside", description=given.apply(lambda members: members["method"]))
        channels = support("team", channel_settings=CHANNELS).channel_settings
        client("deep", description=channels.SMS.capture_rules[0].to)

    cloud = Cloud().run(program, preview=True)

    assert isinstance(cloud.one("whole").properties["call_notification"], Unknown)
    found = {name: cloud.one(name).properties["description"] for name in ("url", "method", "inside", "deep")}
    assert isinstance(found.pop("method"), Unknown)
    assert found == {"url": URL, "inside": "POST", "deep": "+1"}


@proves("program.outputs-as-arguments")
def test_a_misspelled_output_fails_with_the_right_spelling() -> None:
    class Desk(twilio.voice.ClientConfiguration):
        @property
        def text(self) -> pulumi.Output[str | None]:
            return self.descripton  # type: ignore[attr-defined, no-any-return]

    def program() -> None:
        desk = Desk("desk", call_notification={"url": URL})
        for one, name, text in (
            (client(), "call_notificaton", "'call_notificaton'; did you mean 'call_notification'?"),
            (copy(desk), "configurationId", "'configurationId'; did you mean 'configuration_id'?"),
            (Desk.__new__(Desk), "xyz", "'xyz'"),
            (desk, "text", "'descripton'; did you mean 'description'?"),
        ):
            with pytest.raises(pulumi.RunError) as error:
                getattr(one, name)
            assert str(error.value) == f"{type(one).__name__} has no {text}"
            assert not hasattr(one, name)

    Cloud().run(program)


def test_copies_and_pulumi_try_private_names_of_a_resource_as_of_any_object() -> None:
    class Taker(dynamic.ResourceProvider):
        """Takes a resource of ours along, as a dynamic provider of the program may."""

        def __init__(self, taken: pulumi.Resource) -> None:
            super().__init__()
            self.taken = taken

    class Own(dynamic.Resource):
        """A resource of the program's own."""

    def program() -> None:
        one = client()
        private = "_desk"
        with pytest.raises(AttributeError, match=r"^'ClientConfiguration' object has no attribute '_desk'$"):
            getattr(one, private)
        assert copy(one).__dict__ == one.__dict__
        Own(Taker(one), "taker", {})

    pickled = b64decode(Cloud().run(program).one("taker").properties["__provider"])
    assert b"ClientConfiguration" in pickled


def test_a_misspelled_member_fails_in_a_preview_too() -> None:
    with pytest.raises(pulumi.RunError, match="has no 'methud'; did you mean 'method'"):
        Cloud().run(lambda: client("b", description=client("a").call_notification.methud), preview=True)
