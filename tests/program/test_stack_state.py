"""The state that a program asks the engine for, and what its resources learn from it."""

from __future__ import annotations

from typing import Any

import grpc
import pulumi
import pytest
from pulumi_switchboard import twilio
from pulumi_switchboard.identity import generated_name, key_of

from tests.program.cloud import Cloud
from tests.promises import proves

TOKEN = "pulumi-python:dynamic/twilio/voice:ClientConfiguration"
FIRST = key_of("switchboard-id", f"{TOKEN}::support")
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


class _UnavailableError(grpc.RpcError):
    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.UNAVAILABLE


@proves("identity.one-look-up")
def test_a_state_that_cannot_be_read_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    warnings: list[str] = []
    monkeypatch.setattr("pulumi.log.warn", warnings.append)

    registered = properties(_UnavailableError(), import_="id-1")

    assert (registered["_stack"], registered["_import"]) == ("switchboard-id", "id-1")
    (warning,) = warnings
    assert "the stack's state could not be read (UNAVAILABLE)" in warning
