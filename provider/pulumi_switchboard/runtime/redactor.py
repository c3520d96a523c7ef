"""Makes every text safe that goes to the engine, and so to the user's terminal.

Only `Redactor` makes a `SafeText`, and only a `SafeText` can be logged or be an error or a check failure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NewType

from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.fields.models import Secret
from pulumi_switchboard.fields.tree import fields_with, tree
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.state_keys import SAVED_ORIGINAL, SECRET
from pulumi_switchboard.transport.redaction import redacted
from pulumi_switchboard.transport.text import safe_text
from pulumi_switchboard.transport.urls import host_of, secrets_in_secret_url, secrets_in_url

SafeText = NewType("SafeText", str)
"""A text without secrets and without characters that a terminal obeys."""


@dataclass(frozen=True)
class Redactor:
    """Knows the secrets of one call, and removes them from texts."""

    definition: AnyDefinition | None = None
    bags: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    """Everything that the engine has sent with the call: old and new inputs, and outputs."""
    credentials: frozenset[str] = field(default=frozenset(), repr=False)

    def safe(self, text: str) -> SafeText:
        """The text without secrets and harmful characters."""
        return SafeText(safe_text(text, self.secrets))

    def reveals(self, value: Any, public: Collection[str] = ()) -> bool:
        """Whether a text in the value repeats a secret; these texts do not count."""
        return any(redacted(text, self.secrets) != text for text in _texts(value) if text not in public)

    def has_credential(self, text: str) -> bool:
        """Whether a text repeats one of the credentials."""
        return redacted(text, self.credentials) != text

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The credentials, the secret values old and new, and what is secret in any URL."""
        return self.credentials | {secret for bag in self._all_bags() for secret in self._secrets_in(bag)}

    @cached_property
    def by_type(self) -> frozenset[str]:
        """The fields that are secret in every resource of the type."""
        return (
            frozenset() if self.definition is None else frozenset(fields_with(self.definition.state, Secret))
        )

    @cached_property
    def by_program(self) -> frozenset[str]:
        """The arguments that are secrets in the program, or were so in the last update."""
        return frozenset(name for bag in self.bags for name in bag.get(SECRET) or ())

    def _all_bags(self) -> Iterator[Mapping[str, Any]]:
        """The bags, and the values in their saved originals."""
        for bag in self.bags:
            yield bag
            if bag.get(SAVED_ORIGINAL):
                original = SavedOriginal.of(dict(bag))
                yield from (original.values, *original.possible_writes)

    def _secrets_in(self, bag: Mapping[str, Any]) -> Iterator[str]:
        for name, value in bag.items():
            if name == SAVED_ORIGINAL:
                continue
            hint = self._hint(name)
            for text in _texts(value):
                yield from secrets_in_url(text)
                if name in self.by_type | self.by_program and hint(text) != text:
                    yield from (text, *secrets_in_secret_url(text))
                if name in self.by_program and not hint(text):
                    yield host_of(text)

    def _hint(self, name: str) -> Callable[[Any], str]:
        """What may be shown of a secret field: scheme and host of a URL, else nothing."""
        secret = None if self.definition is None else tree(self.definition.state).child(name).marker(Secret)
        return secret.hint if secret is not None and secret.hint is not None else lambda _: ""


def public_texts(inputs: Mapping[str, Any]) -> frozenset[str]:
    """The texts that the inputs have in plain text."""
    secret = inputs.get(SECRET) or ()
    return frozenset(text for name, given in inputs.items() if name not in secret for text in _texts(given))


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value, and its numbers as texts; the names of members are left out."""
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
