"""Check: complete and validate the arguments of a resource, before anything is done with them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from pulumi_switchboard.fields.comparison import keep_equal_values, omitted_names
from pulumi_switchboard.fields.tree import required_unshown
from pulumi_switchboard.fields.validation import Problem, problems, warnings
from pulumi_switchboard.fields.values import UNKNOWN, Bag, Unknown
from pulumi_switchboard.identity import generated_name, unused_key
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.resource.request import Identity
from pulumi_switchboard.state_keys import AUTONAME, SECRET, arguments, hidden_members


@dataclass(frozen=True)
class Checked:
    """The result of a check."""

    inputs: Bag
    """The arguments, completed. A value that equals the old one is the old one, unchanged."""
    problems: list[Problem]
    """Everything that is wrong; the resource cannot be created or updated."""
    warnings: list[Problem]
    """What is allowed but probably not meant, in new or changed values."""


def check(definition: AnyDefinition, old: Bag, new: Bag) -> Checked:
    """Check the new inputs of a resource; the old ones are empty if the resource is new."""
    model: type[BaseModel] = definition.inputs
    given = arguments(new)
    names = _kept_names(model, old, new) if old else _generated_names(model, new)
    completed, changed = keep_equal_values(model, arguments(old), {**given, **names})
    named = {name: value for name, value in given.items() if name not in omitted_names(model, given)}
    return Checked(
        inputs={**completed, **_hidden_inputs(old, new, names)},
        problems=problems(model, {**_unshown(model, old, given), **named}),
        warnings=warnings(model, completed, [name for name in changed if name not in names]),
    )


def _generated_names(model: type[BaseModel], new: Bag) -> Bag:
    """The names of a new object that the program does not give. An adopted object has a name already."""
    identity = Identity.of(new)
    if identity.stack is None or identity.resource is None or identity.import_id is not None:
        return {}
    for value in (identity.stack, identity.resource):
        if isinstance(value, Unknown):
            return dict.fromkeys(omitted_names(model, new), value)
    key = unused_key(identity.first_key, identity.used)
    return dict.fromkeys(omitted_names(model, new), generated_name(identity.resource, key))


def _kept_names(model: type[BaseModel], old: Bag, new: Bag) -> Bag:
    """The names of an existing object that the program does not give.

    The old input may have drifted from the generated name.
    """
    return {name: old.get(AUTONAME, old[name]) for name in omitted_names(model, new) if name in old}


def _unshown(model: type[BaseModel], old: Bag, given: Bag) -> Bag:
    """The required arguments that a read has left out of state, as unknown values.

    With `ignore_changes`, the engine takes them out of the program's arguments as well.
    """
    names = required_unshown(model) if old else ()
    return dict.fromkeys((name for name in names if old.get(name) is given.get(name) is None), UNKNOWN)


def _hidden_inputs(old: Bag, new: Bag, names: Bag) -> Bag:
    """The hidden inputs. A resource keeps the identity of its create; which arguments are secret is new."""
    identity = _without_secrets(old) or _without_secrets(new)
    autoname = {AUTONAME: next(iter(names.values()))} if names else {}
    secrets = {SECRET: new[SECRET]} if new.get(SECRET) is not None else {}
    return {**identity, **autoname, **secrets}


def _without_secrets(bag: Bag) -> Bag:
    return {name: value for name, value in hidden_members(bag).items() if name != SECRET}
