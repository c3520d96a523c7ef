"""Compares two property bags by the meaning of their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from pulumi_switchboard.fields.models import AccountSettingInputs, Autonamed, Replaces, State, Unsent
from pulumi_switchboard.fields.tree import Field, fields_with, sent_fields, tree
from pulumi_switchboard.fields.typed_values import meaning, to_bag
from pulumi_switchboard.fields.values import Bag, has_unknown, is_empty


def changed_fields(
    model: type[BaseModel], one: Mapping[str, Any] | BaseModel, other: Mapping[str, Any] | BaseModel
) -> list[str]:
    """The fields of the model whose values differ in meaning, or may do so once they are known.

    An object as the vendor shows it says nothing of arguments that are not sent, so they do not differ.
    """
    old = to_bag(one) if isinstance(one, BaseModel) else one
    new = to_bag(other) if isinstance(other, BaseModel) else other
    unsent = fields_with(model, Unsent) if isinstance(one, State) or isinstance(other, State) else ()
    return [name for name in changed_members(tree(model), old, new) if name not in unsent]


def changed_members(field: Field, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The members of an object, or the keys of a map, whose values differ in meaning or may do so."""
    names = field.members or dict.fromkeys([*old, *new])
    return [name for name in names if _may_differ(field.child(name), old.get(name), new.get(name))]


def _may_differ(field: Field, old: Any, new: Any) -> bool:
    if old == new:
        return has_unknown(old)
    return has_unknown(old) or has_unknown(new) or meaning(field, old) != meaning(field, new)


def replacing_fields(model: type[BaseModel], names: Sequence[str]) -> list[str]:
    """Those of the fields that cannot be changed: a difference in one of them replaces the object."""
    return [name for name in names if name in fields_with(model, Replaces)]


def omitted_names(model: type[BaseModel], arguments: Mapping[str, Any]) -> list[str]:
    """The fields for names that the program does not give, so that we generate them."""
    return [name for name in fields_with(model, Autonamed) if is_empty(arguments.get(name))]


def with_current_name(model: type[BaseModel], arguments: Bag, known: Mapping[str, Any]) -> Bag:
    """The arguments, with the object's own name if they give none. So an adopted object keeps its name."""
    names = omitted_names(model, arguments)
    return {**arguments, **{name: known[name] for name in names if known.get(name) is not None}}


def keep_equal_values(model: type[BaseModel], old: Bag, new: Bag) -> tuple[Bag, list[str]]:
    """The new inputs, with the old value of each field whose meaning has not changed; and the changed fields.

    So the engine never sees a different order of an unordered list, an empty value instead of null, or a
    default that is given explicitly. It shows only real changes.
    """
    result = {name: value for name, value in new.items() if value is not None}
    fresh = {*changed_fields(model, old, new), *_given_or_not(model, old, new)}
    for name in set(model.model_fields).difference(fresh):
        result.pop(name, None)
        if old.get(name) is not None:
            result[name] = old[name]
    return result, [name for name in model.model_fields if name in fresh]


def _given_or_not(model: type[BaseModel], old: Bag, new: Bag) -> list[str]:
    """The arguments of an account setting that only one of the two gives. An empty one is managed."""
    if not issubclass(model, AccountSettingInputs):
        return []
    return [n for n in sent_fields(model) if (old.get(n) is None) != (new.get(n) is None)]
