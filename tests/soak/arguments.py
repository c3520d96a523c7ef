"""Random arguments from the samples, and what the vendor has to show of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.samples.sample import REQUIRED, Bag, Field, at, having
from tests.soak.draw import Draw
from tests.soak.program import MARKED, REFERENCES, SAMPLES, Item, Target

POLICIES = ("restore", "reset", "retain")
LEFT_OUT = ("conversations_v1_bridge",)
"""What two objects can't have at the same time."""


def fields(type: str) -> list[Field]:
    """The fields of a type that a program may give, and that the vendor shows."""
    return [field for field in SAMPLES[type].fields if field.path not in LEFT_OUT]


def replacing(type: str) -> list[Field]:
    """The fields of a type of which a change needs another object."""
    return [field for field in fields(type) if field.replaces]


def drawn(type: str, draw: Draw) -> Bag:
    """Arguments for a new resource; names and references to other resources are added by the caller."""
    sample = SAMPLES[type]
    arguments = sample.minimal
    for field in fields(type):
        if field.path in (sample.name, REFERENCES.get(type, ("",))[0]):
            continue
        is_given = field.cleared is REQUIRED or draw.chance(50)
        value = draw.choice([at(sample.maximal, field.path), field.changed]) if is_given else None
        if is_given or at(arguments, field.path) is not None:
            arguments = having(arguments, {field.path: value})
    if type in MARKED:
        text = f"{at(arguments, MARKED[type])}/mark-{draw.fresh()}-"
        arguments = having(arguments, {MARKED[type]: text})
    if sample.setting is not None and draw.chance(60):
        arguments = {**arguments, "on_destroy": draw.choice(POLICIES)}
    return arguments


def edited(item: Item, draw: Draw) -> Bag:
    """The arguments after an edit.

    Names and what replaces the object stay: edits of their own change them. So do references to other
    resources, and what becomes of a setting, since it is not always possible to put back what was there.
    """
    own = (SAMPLES[item.type].name, REFERENCES.get(item.type, ("",))[0], "on_destroy")
    names = [*own, *(field.path for field in replacing(item.type))]
    new = {name: value for name, value in drawn(item.type, draw).items() if name not in names}
    return {**new, **{name: item.arguments[name] for name in names if name in item.arguments}}


def mark(item: Item) -> str:
    """A text that only requests with the resource's arguments have in their body; empty if there is none."""
    return str(at(item.arguments, MARKED[item.type])).rpartition("/")[2] if item.type in MARKED else ""


def given(item: Item, ids: Mapping[int, str]) -> dict[str, Any]:
    """What the vendor has to show of the fields that the program gives, by their paths."""
    found = {}
    for field in fields(item.type):
        value = at(item.arguments, field.path)
        if value is not None:
            value = ids[value.number] if isinstance(value, Target) else field.on_wire(value)
            found[field.path] = normal(value)
    return found


def shown(type: str, body: Bag | None) -> dict[str, Any]:
    """What the vendor shows of all fields, by their paths; empty values are None."""
    return {field.path: normal(at(body or {}, field.wire)) for field in fields(type)}


def empty(type: str, path: str) -> Any:
    """What the vendor shows of a field where nothing is set."""
    (field,) = (field for field in fields(type) if field.path == path)
    return None if field.cleared is REQUIRED else normal(field.cleared)


def normal(value: Any) -> Any:
    """A value with lists in a fixed order, and None for all that is empty."""
    if isinstance(value, Mapping):
        members = {name: normal(item) for name, item in value.items()}
        return {name: item for name, item in members.items() if item is not None} or None
    if isinstance(value, list):
        return sorted(map(normal, value), key=lambda item: json.dumps(item, sort_keys=True)) or None
    return value or None
