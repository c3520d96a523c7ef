"""The way of every text of ours to the engine, and so to the user's terminal.

Only `Words` makes a `Harmless` text, and only such a text can be logged or be an error or a check failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NewType

from pulumi_switchboard.core.contract import AnyDefinition
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.fields.models import Secret, fields_with, marker_of
from pulumi_switchboard.state_keys import SAVED_ORIGINAL, SECRET
from pulumi_switchboard.transport.redaction import redacted
from pulumi_switchboard.transport.text import safe_text
from pulumi_switchboard.transport.urls import host_of, secrets_in_secret_url, secrets_in_url

Harmless = NewType("Harmless", str)
"""A text that may be shown on a terminal."""


@dataclass(frozen=True)
class Words:
    """What may be said during a call: anything but its secrets."""

    definition: AnyDefinition | None = None
    bags: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    """All that the engine has sent with the call: old and new inputs, and outputs."""
    credentials: frozenset[str] = field(default=frozenset(), repr=False)

    def harmless(self, text: str) -> Harmless:
        """The text with nothing secret or harmful in it."""
        return Harmless(safe_text(text, self.secrets))

    def reveals(self, value: Any, inputs: Mapping[str, Any] = MappingProxyType({})) -> bool:
        """Whether a text somewhere in the value repeats a secret that these inputs do not hold in plain."""
        secret = inputs.get(SECRET) or ()
        plain = {text for name, given in inputs.items() if name not in secret for text in _texts(given)}
        return any(redacted(text, self.secrets) != text for text in _texts(value) if text not in plain)

    def has_credential(self, text: str) -> bool:
        """Whether a text repeats one of the credentials."""
        return redacted(text, self.credentials) != text

    @cached_property
    def secrets(self) -> frozenset[str]:
        """Credentials, secret values old and new, and what is secret in any URL."""
        return self.credentials | {part for bag in self._remembered() for part in self._parts(bag)}

    def _remembered(self) -> Iterator[Mapping[str, Any]]:
        """The bags, and what those of a singleton remember of the values that it had."""
        for bag in self.bags:
            yield bag
            if bag.get(SAVED_ORIGINAL):
                taken = Taken.of(dict(bag))
                yield from (taken.found, *taken.puts)

    def _parts(self, bag: Mapping[str, Any]) -> Iterator[str]:
        for name, value in bag.items():
            for text in () if name == SAVED_ORIGINAL else _texts(value):
                yield from secrets_in_url(text)
                if name in self.by_type or name in self.by_program:
                    yield from () if self._hint(name)(text) == text else (text, *secrets_in_secret_url(text))
                if name in self.by_program and not self._hint(name)(text):
                    yield host_of(text)

    @cached_property
    def by_type(self) -> frozenset[str]:
        """The fields that are secret in every resource of the type."""
        return (
            frozenset() if self.definition is None else frozenset(fields_with(self.definition.state, Secret))
        )

    @cached_property
    def by_program(self) -> frozenset[str]:
        """The arguments that the program holds as secrets, or did so in the last update."""
        return frozenset(name for bag in self.bags for name in bag.get(SECRET) or ())

    def _hint(self, name: str) -> Callable[[Any], str]:
        """What may be shown of the values of a secret field: of a URL its scheme and host, else nothing."""
        field = None if self.definition is None else self.definition.state.model_fields.get(name)
        found = None if field is None else marker_of(field, Secret)
        return found.hint if found is not None and found.hint is not None else lambda _: ""


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value, and its numbers as text; the names of members are not looked at."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, float | int) and not isinstance(value, bool):
        yield f"{value:.0f}"
