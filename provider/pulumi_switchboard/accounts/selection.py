"""Which types a user means."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_switchboard import definitions
from pulumi_switchboard.errors import MissingError
from pulumi_switchboard.fields.suggestions import did_you_mean
from pulumi_switchboard.resource.definition import AnyDefinition


def selected_types(names: Iterable[str]) -> list[AnyDefinition]:
    """The types that these names mean; all types if there are none.

    A name is that of a type, a module or a vendor, or the end or the beginning of one: `twilio`, `voice`,
    `memory.Store`, `twilio/voice:ClientConfiguration`.

    Raises:
        MissingError: A name means no type.
    """
    every = list(definitions.every())
    wanted = [_selected(name, every) for name in names]
    keys = {definition.key for found in wanted for definition in found}
    return [definition for definition in every if not wanted or definition.key in keys]


def names_of_types() -> list[str]:
    """The names by which `selected_types` knows types, modules and vendors."""
    names = [definition.name for definition in definitions.every()]
    return sorted({part for name in names for part in (name, *name.split("."))})


def _selected(name: str, every: list[AnyDefinition]) -> list[AnyDefinition]:
    parts = _parts(name)
    found = [definition for definition in every if _contains(_parts(definition.name), parts)]
    if not found:
        raise MissingError(
            f"there is no type {name}{did_you_mean(name, names_of_types())}",
            remedy=f"give one of {', '.join(definition.name for definition in every)}, or a part of one",
        )
    return found


def _parts(name: str) -> list[str]:
    return name.replace("/", ".").replace(":", ".").lower().split(".")


def _contains(whole: list[str], parts: list[str]) -> bool:
    length = len(parts)
    return any(whole[start : start + length] == parts for start in range(len(whole) - length + 1))
