"""What goes to state, and which members of it are secrets although neither type nor program says so."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_switchboard.fields.models import Url
from pulumi_switchboard.fields.tree import fields_containing
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.runtime.redactor import Redactor, public_texts
from pulumi_switchboard.sensitive import is_sensitive
from pulumi_switchboard.state_keys import PENDING, REASON, SAVED_ORIGINAL, SECRET


@dataclass(frozen=True)
class StateMembers:
    """Inputs or outputs for state."""

    members: Bag
    secrets: frozenset[str]
    """The names of the members that a front-end has to mark as secrets."""


@dataclass(frozen=True)
class ResultForState:
    """The result of a verb, as a front-end gives it to the engine."""

    id: str
    outputs: StateMembers
    inputs: StateMembers | None
    """The new inputs; None if they stay as they are."""


def outputs_for_state(
    definition: AnyDefinition, redactor: Redactor, outputs: Bag, inputs: Bag
) -> StateMembers:
    """The outputs for state.

    They name the secret arguments: refresh and destroy have no other source for that.

    Args:
        definition: The type.
        redactor: The secrets of the call.
        outputs: The outputs of the verb.
        inputs: The inputs of the resource.
    """
    members = {name: value for name, value in outputs.items() if name != SECRET}
    if pending := members.get(PENDING):
        members[PENDING] = {**pending, REASON: redactor.safe(pending[REASON])}
    if inputs.get(SECRET):
        members[SECRET] = inputs[SECRET]
    return StateMembers(members, _secrets(definition, redactor, members, inputs))


def inputs_for_state(
    definition: AnyDefinition, redactor: Redactor, inputs: Bag | None, old: Bag | None
) -> StateMembers | None:
    """The inputs for state; None if they stay as they are."""
    if inputs is None:
        return None
    before = old or {}
    changed = {name: value for name, value in inputs.items() if value != before.get(name)}
    return StateMembers(inputs, _secrets(definition, redactor, changed, before))


def _secrets(definition: AnyDefinition, redactor: Redactor, members: Bag, inputs: Bag) -> frozenset[str]:
    """The members that must not be shown, or that repeat a secret that is not in plain text in the inputs."""
    marked = {SAVED_ORIGINAL, *redactor.by_type, *(inputs.get(SECRET) or ())}
    with_urls = fields_containing(definition.state, Url)
    public = public_texts(inputs)
    return frozenset(
        name
        for name, value in members.items()
        if name not in marked
        and (is_sensitive(value, has_urls=name in with_urls) or redactor.reveals(value, public))
    )
