"""Bring an existing object to the inputs. Create (after a crash), adopt and update share this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pulumi_switchboard.errors import ConflictError, SwitchboardError
from pulumi_switchboard.fields.comparison import changed_fields, with_current_name
from pulumi_switchboard.fields.models import Model, State, Unsent
from pulumi_switchboard.fields.paths import with_values_at
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.validation import parse_inputs
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.pending import is_never_created
from pulumi_switchboard.lifecycle.writes import send_update
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Moved, Unfinished, VerbResult
from pulumi_switchboard.resource.polling import FIRST_PAUSE, LONGEST_PAUSE
from pulumi_switchboard.resource.reading import gone, read_until_shown
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_object
from pulumi_switchboard.state_keys import GENERATION, IDENTITY, PENDING, REASON, arguments

MOST_MOVES = 10
"""How many times an update is computed again because the object has changed meanwhile."""


def apply(
    context: ResourceContext,
    api: Collection,
    id: str,
    live: State,
    inputs_for: Callable[[State], Model],
    *,
    always: bool = False,
) -> VerbResult:
    """Change the live object to the inputs, unless it is equal to them.

    Args:
        context: The resource.
        api: The API of its type.
        id: The object's id.
        live: The object, just read.
        inputs_for: The inputs for an object that looks like this.
        always: Write although the object is equal, because an earlier write may still take effect.

    Raises:
        MissingError: The object is gone.
    """
    for attempt in range(MOST_MOVES):
        inputs = inputs_for(live)
        if not always and not changed_fields(context.definition.inputs, live, inputs):
            return finished(context, live)
        try:
            result = send_update(context, api, id, live, inputs)
        except SwitchboardError as error:
            if not error.may_have_acted:
                raise
            reason = error.with_facts(
                "it is not known whether the object was changed",
                remedy="run `pulumi up` again: it changes the object to what the program says",
            )
            return unfinished(context, Unfinished(live, reason))
        if isinstance(result, Unfinished):
            return unfinished(context, result)
        if not isinstance(result, Moved):
            return finished(context, shown_as_sent(context, api, id, result, inputs) or result)
        context.deadline.pause(min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt))
        shown = read_object(context, api, id)
        if shown is None:
            raise gone(id)
        live = shown
    raise ConflictError(
        f"{id} has changed, or is shown late, before each of {MOST_MOVES} attempts to update it",
        remedy="run `pulumi up` again, and find out who else changes it if that does not help",
    )


def shown_as_sent(
    context: ResourceContext, api: Collection, id: str, state: State, inputs: Model
) -> State | None:
    """The object once the vendor shows what was sent; None if the vendor does not show the object."""
    return read_until_shown(
        context,
        id,
        state,
        lambda: read_object(context, api, id),
        lambda seen: changed_fields(context.definition.inputs, seen, inputs),
    )


def inputs_keeping_ignored(context: ResourceContext, inputs: Bag, current: Bag) -> Model:
    """The inputs as a model, with the current values of the object at the paths of `ignore_changes`."""
    model = context.definition.inputs
    shown = {name: current[name] for name in model.model_fields if name in current}
    given = with_current_name(model, arguments(inputs), shown)
    return parse_inputs(model, with_values_at(given, shown, context.request.ignored, model))


def finished(context: ResourceContext, state: State) -> VerbResult:
    """What goes to state of an object."""
    shown = {name: value for name, value in to_bag(state).items() if name not in _unsent(context)}
    return VerbResult(id_of(state), context.with_origin(shown))


def unfinished(context: ResourceContext, result: Unfinished) -> VerbResult:
    """What goes to state of an object if the outcome of a write is open."""
    known = finished(context, result.state)
    pending = {**result.pending, REASON: result.reason.summary}
    return replace(known, outputs={**known.outputs, PENDING: pending}, unfinished=result.reason)


def keep_unsent(context: ResourceContext, result: VerbResult, arguments: Bag) -> VerbResult:
    """The result, with the arguments that the vendor does not know."""
    kept = {name: arguments[name] for name in _unsent(context) if name in arguments}
    return replace(result, outputs={**result.outputs, **kept})


def _unsent(context: ResourceContext) -> tuple[str, ...]:
    return fields_with(context.definition.inputs, Unsent)


def keep_identity(result: VerbResult, known: Bag) -> VerbResult:
    """The result, with what state keeps of the create. An object that never existed has no identity."""
    names = (GENERATION,) if is_never_created(result.outputs) else (GENERATION, IDENTITY)
    kept = {name: known[name] for name in names if known.get(name) is not None}
    return replace(result, outputs={**result.outputs, **kept})
