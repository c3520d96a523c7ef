"""The state that a program asks the engine for, and what its resources learn from it."""

from __future__ import annotations

from typing import Any

import grpc
import pulumi
import pytest
from pulumi_switchboard import twilio
from pulumi_switchboard.identity import generated_name, key_of

from tests.program.cloud import Cloud

TOKEN = "pulumi-python:dynamic/twilio/voice:ClientConfiguration"
CALLS: twilio.voice.CallNotificationArgsDict = {"url": "https://desk.example.com"}
FIRST = key_of("switchboard-id", f"{TOKEN}::support")


def urn(name: str) -> str:
    """The URN of a client configuration."""
    return f"urn:pulumi:dev::proof::{TOKEN}::{name}"


def in_state(id: str, **identity: str) -> dict[str, Any]:
    """A client configuration in state."""
    return {"type": TOKEN, "outputs": {"description": "…", "_identity": {"id": id, **identity}}}


def support(**options: Any) -> twilio.voice.ClientConfiguration:
    """The resource that the tests look at."""
    return twilio.voice.ClientConfiguration(
        "support", pulumi.ResourceOptions(**options), call_notification=CALLS
    )


def properties(state: Any, **options: Any) -> dict[str, Any]:
    """What the engine is asked to register."""
    return Cloud(state=state).run(lambda: support(**options)).one("support").properties


def test_the_state_is_read_once_in_a_run_and_by_the_full_name_of_the_stack() -> None:
    cloud = Cloud(state={}).run(
        lambda: [support(), twilio.voice.ClientConfiguration("b", call_notification=CALLS)]
    )

    (request,) = cloud.reads
    assert request.tok == "pulumi:pulumi:readStackResourceOutputs"
    assert dict(request.args) == {"stackName": "organization/proof/dev"}


def test_a_resource_is_told_which_objects_of_its_identity_are_in_use() -> None:
    state = {
        urn("sales"): in_state("id-1", of=FIRST, key=FIRST, name="support-1"),
        urn("other"): in_state("id-2", of="another", key="another", name="other-1"),
        "urn:pulumi:dev::proof::aws:s3:Bucket::logs": {"type": "aws:s3:Bucket", "outputs": {"id": "x"}},
    }

    assert properties(state)["_used"] == {FIRST: "id-1"}
    assert "_used" not in properties({})


def test_an_adopted_object_that_has_the_generated_name_is_in_use() -> None:
    state = {urn("adopted"): in_state("id-1", name=generated_name("support", FIRST))}

    assert properties(state)["_used"] == {FIRST: "id-1"}


def test_a_name_counts_for_its_own_type_only() -> None:
    name = generated_name("support", FIRST)
    state = {urn("a"): {**in_state("id-1", name=name), "type": "pulumi-python:dynamic/other:Type"}}

    assert "_used" not in properties(state)


def test_the_wish_to_adopt_an_object_is_dropped_for_the_resource_that_holds_it() -> None:
    state = {urn("support"): in_state("id-1"), urn("other"): in_state("id-2")}

    assert "_import" not in properties(state, import_="id-1")
    assert properties(state, import_="id-2")["_import"] == "id-2"


class _UnavailableError(grpc.RpcError):
    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.UNAVAILABLE


def test_a_state_that_can_not_be_read_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    warnings: list[str] = []
    monkeypatch.setattr("pulumi.log.warn", warnings.append)

    registered = properties(_UnavailableError(), import_="id-1")

    assert registered["_stack"] == "switchboard-id"
    assert registered["_import"] == "id-1"
    (warning,) = warnings
    assert "the stack's state could not be read (UNAVAILABLE)" in warning
