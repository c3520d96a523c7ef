"""The state that a program asks the engine for, and what its resources learn from it."""

from __future__ import annotations

from typing import Any

import grpc
import pulumi
import pytest
from pulumi_switchboard import twilio
from pulumi_switchboard.identity import generated_name, key_of
from pulumi_switchboard.program.state import RETRY_PAUSES

from tests.program.cloud import PROVIDER, Cloud
from tests.promises import proves

TOKEN = "pulumi-python:dynamic/twilio/voice:ClientConfiguration"
FIRST = key_of("switchboard-id", "twilio/voice:ClientConfiguration::support")
OTHERS = {
    "urn:pulumi:dev::proof::aws:s3:Bucket::logs": {"type": "aws:s3:Bucket", "outputs": {"id": "x"}},
    "urn:pulumi:dev::proof::other": {
        "type": TOKEN,
        "outputs": {"_identity": {"id": "id-9", "first_key": "x", "key": "x"}},
    },
}


def in_state(id: str, name: str = "other", type: str = TOKEN, **identity: str) -> dict[str, Any]:
    """A state with a client configuration of this name and identity, among others."""
    outputs = {"description": "…", "_identity": {"id": id, **identity}}
    return {**OTHERS, f"urn:pulumi:dev::proof::{TOKEN}::{name}": {"type": type, "outputs": outputs}}


def support(name: str = "support", **options: Any) -> twilio.voice.ClientConfiguration:
    opts = pulumi.ResourceOptions(**options)
    return twilio.voice.ClientConfiguration(name, opts, call_notification={"url": "https://desk.example.com"})


def properties(state: Any, **options: Any) -> dict[str, Any]:
    return Cloud(state=state).run(lambda: support(**options)).one("support").properties


@proves("identity.one-look-up")
def test_the_state_is_read_once_in_a_run_by_the_full_name_of_the_stack() -> None:
    cloud = Cloud(state={}).run(lambda: [support(), support("b")])

    (request,) = cloud.reads
    assert request.tok == "pulumi:pulumi:readStackResourceOutputs"
    assert dict(request.args) == {"stackName": "organization/proof/dev"}


@proves("identity.stacks-apart")
def test_a_preview_knows_the_identity_of_a_stack_that_has_been_deployed() -> None:
    types = "pulumi:pulumi:Stack$pulumi:providers:pulumi-python"  # Pulumi's mocks name the stack
    state = {f"urn:pulumi:dev::proof::{types}::switchboard": {"type": PROVIDER, "outputs": {}}}
    found = Cloud(state=state).run(support, preview=True).one("support")
    assert found.properties["_stack"] == "switchboard-id"


@proves("identity.object-of-its-own")
def test_a_resource_is_told_which_objects_of_its_identity_are_in_use() -> None:
    for unused in ({}, OTHERS, in_state("id-1", name="adopted")):
        assert "_used" not in properties(unused)
    created = in_state("id-1", first_key=FIRST, key=FIRST, name="sales")
    assert properties(created)["_used"] == {FIRST: "id-1"}

    outputs = {"_identity": {"id": "id-1", "name": generated_name("support", FIRST)}}
    urn = f"urn:pulumi:dev::proof::{TOKEN}::adopted"
    assert properties({urn: {"type": TOKEN, "outputs": outputs}})["_used"] == {FIRST: "id-1"}
    assert "_used" not in properties({urn: {"type": "pulumi-python:dynamic/other:Type", "outputs": outputs}})


@proves("import.may-stay-in-program")
def test_an_import_is_dropped_for_the_resource_that_has_the_object() -> None:
    state = {**in_state("id-1", name="support"), **in_state("id-2")}

    assert "_import" not in properties(state, import_="id-1")
    assert properties(state, import_="id-2")["_import"] == "id-2"


class _EngineError(grpc.RpcError):
    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.UNKNOWN

    def details(self) -> str:
        return f"reading\nstate: \x1b[31m<{{%red%}}>{'x' * 1000}"


@pytest.fixture(autouse=True)
def warnings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the program warns of; no test waits between two attempts to read the state."""
    found: list[str] = []
    monkeypatch.setattr("pulumi.log.warn", found.append)
    monkeypatch.setattr("pulumi_switchboard.program.state.RETRY_PAUSES", (0.0,) * len(RETRY_PAUSES))
    return found


@proves("identity.one-look-up")
def test_a_state_that_cannot_be_read_at_first_is_read_again(warnings: list[str]) -> None:
    failures: list[Exception] = [_EngineError() for _ in RETRY_PAUSES]
    cloud = Cloud(state=in_state("id-1", first_key=FIRST, key=FIRST), failures=failures).run(support)

    assert cloud.one("support").properties["_used"] == {FIRST: "id-1"}
    assert len(cloud.reads) == len(RETRY_PAUSES) + 1
    assert warnings == []
    assert 3 <= len(RETRY_PAUSES) <= 6
    assert 1.0 <= sum(RETRY_PAUSES) <= 3.0


@proves("identity.one-look-up")
def test_a_state_that_cannot_be_read_is_a_warning(warnings: list[str]) -> None:
    registered = properties(_EngineError(), import_="id-1")

    assert (registered["_stack"], registered["_import"]) == ("switchboard-id", "id-1")
    (warning,) = warnings
    assert "the stack's state could not be read (UNKNOWN: reading state: ?[31m??%red%??xxx" in warning
    assert warning.isprintable()
    assert len(warning) < 600
