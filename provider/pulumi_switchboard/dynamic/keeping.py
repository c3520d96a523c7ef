"""The bags that go to state: what in them is a secret although neither the type nor the program says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pulumi_switchboard.core.contract import AnyDefinition
from pulumi_switchboard.dynamic.bags import to_host
from pulumi_switchboard.dynamic.words import Words
from pulumi_switchboard.fields.models import Url, fields_containing
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.sensitive import is_sensitive
from pulumi_switchboard.state_keys import PENDING, SAVED_ORIGINAL, SECRET


@dataclass(frozen=True)
class Keeping:
    """Makes bags for state, given what is secret in the call."""

    definition: AnyDefinition
    words: Words

    def outputs(self, shown: Bag, inputs: Bag) -> dict[str, Any]:
        """The outputs for state, given the inputs of the resource.

        They name the secret arguments, which no one else does in a refresh or a destroy.
        """
        shown = {name: value for name, value in shown.items() if name != SECRET}
        pending = shown.get(PENDING)
        told = {PENDING: {**pending, "reason": self.words.harmless(pending["reason"])}} if pending else {}
        named = {SECRET: inputs[SECRET]} if inputs.get(SECRET) else {}
        return to_host({**shown, **told, **named}, lambda name, value: self._is_hidden(name, value, inputs))

    def inputs(self, shown: Bag | None, old: Bag | None) -> dict[str, Any] | None:
        """The inputs for state, given those that are there; None if they stay as they are."""
        if shown is None:
            return None
        before = old or {}
        return to_host(
            shown,
            lambda name, value: value != before.get(name) and self._is_hidden(name, value, before),
        )

    def _is_hidden(self, name: str, value: Any, inputs: Bag) -> bool:
        """Whether a value must not be shown, or repeats a secret that is not in plain in the inputs."""
        if name == SAVED_ORIGINAL or name in self.words.by_type or name in (inputs.get(SECRET) or ()):
            return False
        has_urls = name in fields_containing(self.definition.state, Url)
        return is_sensitive(value, has_urls=has_urls) or self.words.reveals(value, inputs)
