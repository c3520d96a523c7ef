"""Statements of programs for any type, and what state and the CLI say of their resources."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import ACCOUNT, Stack

VOICE = "twilio/voice:ClientConfiguration"
RECORDINGS = "twilio/voice:RecordingConfiguration"
TRANSCRIPTIONS = "twilio/voice:TranscriptionConfiguration"
STORES = "twilio/memory:Store"
DEFAULT = "twilio/voice:DefaultClientConfiguration"
WEBHOOKS = "twilio/conversations:WebhookConfiguration"
ORCHESTRATOR = "twilio/orchestrator:Configuration"
TELEPHONY = "ultravox:TwilioTelephony"

ALL_AT_ONCE = ("--parallel", "64")
GO_ON = (*ALL_AT_ONCE, "--continue-on-error")
SHORT = "custom_timeouts=pulumi.CustomTimeouts(create='5s', update='5s', delete='5s')"
"""The time of a call that is to run out of it."""

CLIENTS = "voice.twilio.com/v2/Configurations/Client"
CONFIGURATIONS = "conversations.twilio.com/v2/ControlPlane/Configurations"
OPERATION = "GET conversations.twilio.com/v2/ControlPlane/Operations/{id}"
"""Places for faults."""


class Code(str):
    """Program text that stands for itself, among arguments that are values."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def name_of_class(type: str) -> str:
    """What a program calls the class of a type."""
    return type.replace("/", ".").replace(":", ".")


def resource(type: str, name: str, arguments: Mapping[str, Any], options: str = "") -> str:
    """A statement that makes a resource, and a variable of its name, with dashes as underscores.

    Args:
        type: The type's key.
        name: The resource's name.
        arguments: Its arguments.
        options: The arguments of `pulumi.ResourceOptions`.
    """
    made = f"{name_of_class(type)}({name!r}, pulumi.ResourceOptions({options}), **{dict(arguments)!r})"
    return f"{name.replace('-', '_')} = {made}\n"


def desk(name: str, text: str = "first", options: str = "") -> str:
    """A Voice client configuration with this description."""
    url = f"https://desk.example.com/{name}"
    return resource(VOICE, name, {"description": text, "call_notification": {"url": url}}, options)


def support(name: str, text: str = "first", options: str = "", **arguments: Any) -> str:
    """An Orchestrator configuration with this description, and the resource's name as its display name."""
    needed = {
        "display_name": name,
        "description": text,
        "conversation_grouping_type": "GROUP_BY_PROFILE",
        "memory_store_id": "mem_store_1",
    }
    return resource(ORCHESTRATOR, name, {**needed, **arguments}, options)


REPLACED: Mapping[str, Any] = {"conversation_grouping_type": "GROUP_BY_PARTICIPANT_ADDRESSES"}
"""With this argument, an Orchestrator configuration has to be another object."""


def desks(names: Iterable[str], text: str = "first", options: str = "") -> str:
    """Voice client configurations with these names."""
    return "".join(desk(name, text, options) for name in names)


def supports(names: Iterable[str], text: str = "first", options: str = "") -> str:
    """Orchestrator configurations with these names."""
    return "".join(support(name, text, options) for name in names)


def component(statement: str) -> str:
    """The statement with its resource in a component."""
    return 'team = pulumi.ComponentResource("proof:index:Team", "team")\n' + statement.replace(
        "ResourceOptions(", "ResourceOptions(parent=team, "
    )


def urn(stack: Stack, type: str, name: str, parent: str = "") -> str:
    """The URN of a resource; its parent's type, if there is one."""
    chain = f"{parent}$" if parent else ""
    return f"urn:pulumi:{stack.name}::{stack.project}::{chain}{token(type)}::{name}"


def token(type: str) -> str:
    """What the engine calls a type."""
    return f"pulumi-python:dynamic/{type}"


def ids_in_state(stack: Stack, type: str) -> dict[str, str]:
    """The ids that state has, by the names of the resources."""
    return {item["urn"].rpartition("::")[2]: item["id"] for item in stack.resources(token(type))}


def texts_at_vendor(emulator: Emulator, type: str) -> dict[str, str]:
    """The descriptions of the objects, by their ids."""
    objects = emulator.state.get(ACCOUNT, {}).get(type, {})
    return {id: shown["description"] for id, shown in objects.items()}


def assert_one_each(
    stack: Stack, emulator: Emulator, type: str, texts: Mapping[str, str], besides: Iterable[str] = ()
) -> dict[str, str]:
    """Each resource has an object of its own with its description, and there is no other; returns the ids.

    Args:
        stack: The stack.
        emulator: The vendor.
        type: The type.
        texts: The descriptions by the names of the resources.
        besides: The ids of other objects that are there.
    """
    ids, shown = ids_in_state(stack, type), texts_at_vendor(emulator, type)
    assert {name: shown.get(id) for name, id in ids.items()} == texts
    assert sorted([*ids.values(), *besides]) == sorted(shown), "there is an object that no resource has"
    return ids


def errors(output: str, verb: str) -> dict[str, str]:
    """The whole errors with which the verb failed, by the name of the resource."""
    start = rf"(?:error: |\* )could not {verb} (?:twilio|ultravox)\.[\w.]+ '([^']+)': "
    text = output.partition("Diagnostics:\n")[2] or output
    return {found[1]: found[0] for found in re.finditer(start + r".*(?:\n {2,}.*)*", text)}


def warnings(output: str) -> dict[str, str]:
    """The warnings in the diagnostics, by the names of the resources."""
    blocks = re.finditer(
        r" \(([^)\s]+)\):\n((?: {4}.*\n|\n(?= {4}))+)", output.partition("Diagnostics:\n")[2]
    )
    said: dict[str, str] = {}
    for block in blocks:
        for warning in re.findall(r"warning: (?:.|\n {6})*", block[2]):
            said[block[1]] = f"{said.get(block[1], '')}{warning}\n"
    return said


def shown_arguments(output: str) -> set[str]:
    """The arguments that a diff shows."""
    return set(re.findall(r"^ {6}[~+-] ([a-z]\w+)\s*:", output, re.MULTILINE))


def all_say(found: Mapping[str, str], names: Collection[str], *texts: str) -> bool:
    """Whether these resources, and no others, have errors or warnings, and each has all the texts."""
    return found.keys() == set(names) and all(text in said for said in found.values() for text in texts)
