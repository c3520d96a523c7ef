"""Looks at the arguments of a resource before anything is done with them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from pulumi_switchboard.core.contract import AnyDefinition
from pulumi_switchboard.fields.comparison import keep_equal_values, omitted_names
from pulumi_switchboard.fields.validation import Problem, problems, warnings
from pulumi_switchboard.fields.values import Bag, Unknown
from pulumi_switchboard.identity import generated_name, key_of, unused_key
from pulumi_switchboard.state_keys import (
    AUTONAME,
    IMPORT,
    RESOURCE,
    SECRET,
    STACK,
    USED,
    arguments,
    hidden_members,
)


@dataclass(frozen=True)
class Checked:
    """What came of looking at the arguments of a resource."""

    inputs: Bag
    problems: list[Problem]
    warnings: list[Problem]


def check(definition: AnyDefinition, old: Bag, new: Bag) -> Checked:
    """Complete and judge the arguments; say again in old words what has not changed."""
    model: type[BaseModel] = definition.inputs
    given, before = arguments(new), arguments(old)
    names = _kept_names(model, old, new) if old else _generated_names(model, new)
    completed, fresh = keep_equal_values(model, before, {**given, **names})
    told = [name for name in fresh if name not in names]
    return Checked(
        inputs={**completed, **_hidden(old, new, names)},
        problems=problems(model, given),
        warnings=warnings(model, completed, told),
    )


def _generated_names(model: type[BaseModel], new: Bag) -> Bag:
    """The names of a new object that the program leaves to us. One that is adopted has a name already."""
    stack, resource = new.get(STACK), new.get(RESOURCE)
    if stack is None or resource is None or new.get(IMPORT) is not None:
        return {}
    unknown = next((value for value in (stack, resource) if isinstance(value, Unknown)), None)
    if unknown is not None:
        return dict.fromkeys(omitted_names(model, new), unknown)
    key = unused_key(key_of(stack, resource), new.get(USED) or {})
    return dict.fromkeys(omitted_names(model, new), generated_name(resource, key))


def _kept_names(model: type[BaseModel], old: Bag, new: Bag) -> Bag:
    """The names that the program leaves to us, for an object that has them.

    The old input may have drifted from the generated name.
    """
    return {name: old.get(AUTONAME, old[name]) for name in omitted_names(model, new) if name in old}


def _hidden(old: Bag, new: Bag, names: Bag) -> Bag:
    """The hidden members: what a resource was created with stays, but for its secrets."""
    named = {AUTONAME: next(iter(names.values()))} if names else {}
    secrets = {SECRET: new[SECRET]} if new.get(SECRET) is not None else {}
    return {**(_but_secrets(old) or _but_secrets(new)), **named, **secrets}


def _but_secrets(bag: Bag) -> Bag:
    return {name: value for name, value in hidden_members(bag).items() if name != SECRET}
