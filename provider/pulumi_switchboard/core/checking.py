"""Looks at the arguments of a resource before anything is done with them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import AnyDefinition
from pulumi_switchboard.core.difference import settled
from pulumi_switchboard.core.fields import Autonamed, marked
from pulumi_switchboard.core.hidden import AUTONAME, RESOURCE, SECRET, STACK, arguments, hidden
from pulumi_switchboard.core.naming import autoname
from pulumi_switchboard.core.problems import Remark, advice, problems
from pulumi_switchboard.core.values import Bag, Unknown, is_empty
from pulumi_switchboard.errors import ConflictError


@dataclass(frozen=True)
class Checked:
    """What came of looking at the arguments of a resource."""

    inputs: Bag
    problems: list[Remark]
    advice: list[Remark]
    secrets: frozenset[str]
    """The arguments that are not to be shown."""


def check(definition: AnyDefinition, old: Bag, new: Bag, claims: Claims) -> Checked:
    """Complete and judge the arguments; say again in old words what has not changed."""
    model: type[BaseModel] = definition.inputs
    given, before = arguments(new), arguments(old)
    made = _made_names(model, old, new)
    completed, fresh = settled(model, before, {**given, **made})
    told = [name for name in fresh if name not in made]
    return Checked(
        inputs={**completed, **_hidden(old, new, made)},
        problems=problems(model, given) + (_clashes(definition, old, new, claims) if made else []),
        advice=advice(model, completed, told),
        secrets=frozenset(new.get(SECRET) or ()),
    )


def _made_names(model: type[BaseModel], old: Bag, new: Bag) -> Bag:
    """The names that the program leaves to us.

    They follow the resource's name in the program: one that is renamed by an alias gets a new name, so
    that the old one is free for another resource.
    """
    names = [name for name in marked(model, Autonamed) if is_empty(new.get(name))]
    stack, resource = old.get(STACK) or new.get(STACK), new.get(RESOURCE)
    if not names or stack is None or resource is None:
        return {}
    if old.get(AUTONAME) is not None and old.get(RESOURCE) == resource:
        return dict.fromkeys(names, old[AUTONAME])
    unknown = next((value for value in (stack, resource) if isinstance(value, Unknown)), None)
    return dict.fromkeys(names, autoname(stack, resource) if unknown is None else unknown)


def _hidden(old: Bag, new: Bag, made: Bag) -> Bag:
    """The hidden members: what a resource was created with stays with it, but for its name."""
    kept = hidden(old) or {name: value for name, value in hidden(new).items() if name != SECRET}
    if made:
        kept |= {RESOURCE: new[RESOURCE], AUTONAME: next(iter(made.values()))}
    return kept


def _clashes(definition: AnyDefinition, old: Bag, new: Bag, claims: Claims) -> list[Remark]:
    """Whether another resource takes over, in this very run, the name that this one's was made from."""
    resource = new[RESOURCE]
    made_for = old[RESOURCE] if AUTONAME in old and RESOURCE in old else resource
    if isinstance(made_for, Unknown) or isinstance(resource, Unknown):
        return []
    try:
        claims.claim((definition.key, made_for), resource)
    except ConflictError:
        names = " and ".join(marked(definition.inputs, Autonamed))
        reason = (
            f"an alias renames the resource {made_for}, and another one takes its place in the same "
            f"update: deploy the rename first and the other one then, or give one of them its {names}"
        )
        return [Remark("", reason)]
    return []
