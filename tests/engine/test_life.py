"""The life of each type with the real CLI: create, update, drift and repair, no change, destroy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.account import POLLS, Account
from tests.engine.programs import (
    DEFAULT,
    ORCHESTRATOR,
    TELEPHONY,
    VOICE,
    WEBHOOKS,
    resource,
    shown_arguments,
    token,
    warnings,
)
from tests.engine.stack import Stack
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Bag, Sample, at, having

REQUESTS: dict[str, tuple[list[str], list[str], list[str]]] = {
    VOICE: (["GET", "POST"], ["GET", "PUT"], ["DELETE"]),
    DEFAULT: (
        ["GET", "GET", "GET", "POST", "GET"],
        ["GET", "GET", "POST", "GET"],
        ["GET", "GET", "POST", "GET"],
    ),
    WEBHOOKS: (["GET", "GET", "POST"], ["GET", "POST"], ["GET", "POST"]),
    ORCHESTRATOR: (["POST", POLLS, "GET"], ["GET", "PUT", POLLS, "GET"], ["DELETE", POLLS, "GET"]),
    TELEPHONY: (["GET", "GET", "PATCH"], ["GET", "PATCH"], ["DELETE"]),
}
"""All requests of a create, an update and a destroy; the first of a setting is the look of its check."""


def resolved(value: Any, prepared: Bag) -> Any:
    """The value with the ids of what was prepared in the place of what stands for them."""
    if isinstance(value, Mapping):
        return {name: resolved(item, prepared) for name, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, prepared) for item in value]
    return prepared.get(value, value) if isinstance(value, str) else value


def assert_outputs(stack: Stack, sample: Sample, arguments: Bag) -> None:
    """State has each argument as an output of its type; what is secret is encrypted, like its copies."""
    (made,) = stack.resources(token(sample.type))
    (root,) = stack.resources("pulumi:pulumi:Stack")
    for name, given in arguments.items():
        output = made["outputs"][name]
        if isinstance(output, dict) and "ciphertext" in output:
            assert "ciphertext" in root["outputs"][name], f"{name} is an export in plain"
        else:
            assert root["outputs"][name] == json.dumps(given, sort_keys=True)
    for name in {*sample.secret_members} & made["outputs"].keys():
        assert "ciphertext" in made["outputs"][name], f"{name} is no secret"


@proves(
    "create.every-argument",
    "diff.settled-after-up",
    "diff.drift-is-repaired",
    "update.changed-arguments",
    "delete.removes",
    "preview.later-overwrites-warned-of",
    "setting.take-over",
    "setting.restore",
    "secret.outputs",
    "secret.nowhere-in-plain",
    "program.typed",
)
@pytest.mark.parametrize("sample", every(), ids=lambda sample: sample.type)
def test_a_resource_is_created_updated_repaired_and_destroyed(
    stack: Stack, emulator: Emulator, sample: Sample
) -> None:
    account = Account.of(stack, emulator)
    stack.secrets += sample.secrets
    prepared = sample.prepare(account)
    create, update, delete = REQUESTS[sample.type]

    def shows(wire: Bag) -> None:
        shown = account.only(sample.type)
        assert {path: at(shown, path) for path in wire} == resolved(wire, prepared)

    def program(arguments: Bag) -> str:
        exports = (f"pulumi.export({n!r}, pulumi.Output.json_dumps(main.{n}))\n" for n in arguments)
        return resource(sample.type, "main", arguments) + "".join(exports)

    if sample.setting:
        account.change(sample, resolved(sample.setting.others, prepared))

    given = resolved(sample.maximal, prepared)
    said = stack.up(program(given))
    assert account.new_steps() == create
    assert ("this resource takes over" in warnings(said).get("main", "")) == bool(sample.setting)
    shows(sample.shown)
    assert_outputs(stack, sample, given)

    fields = [field for field in sample.fields if not field.replaces]
    changes = {field.path: resolved(field.changed, prepared) for field in fields}
    stack.up(program(having(given, changes)))
    assert account.new_steps() == update
    after = {field.wire: field.on_wire(changes[field.path]) for field in fields if field.is_shown}
    shows(after)

    drifted = {
        field.path: (field.wire, resolved(field.drifted, prepared)) for field in fields if field.drifted
    }
    drifted = {path: (wire, value) for path, (wire, value) in drifted.items() if value != after[wire]}
    account.change(sample, dict(drifted.values()))
    goes_along = {field.path for field in fields if field.drifted is None}
    refreshed = stack.refresh()
    assert shown_arguments(refreshed) - goes_along == {path.partition(".")[0] for path in drifted}
    account.new_requests()
    stack.up()
    assert account.new_writes() == [step for step in update if step not in {"GET", POLLS}]
    shows(after)
    stack.up(None, "--refresh", "--expect-no-changes")
    assert account.new_writes() == []

    said = stack.destroy()
    assert account.new_steps() == delete
    assert "warning" not in said
    if sample.setting and given["on_destroy"] == "restore":
        shows(sample.setting.others)
    else:
        assert account.objects(sample.type) == {}
    assert stack.resources(token(sample.type)) == []
