"""Which fields differ between two property bags, by meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from pulumi_switchboard.fields.models import (
    AccountSettingInputs,
    Autonamed,
    Replaces,
    fields_with,
    sent_fields,
)
from pulumi_switchboard.fields.typed_values import canonical, to_bag
from pulumi_switchboard.fields.values import Bag, has_unknown, is_empty


def changed_fields(
    model: type[BaseModel], one: Mapping[str, Any] | BaseModel, other: Mapping[str, Any] | BaseModel
) -> list[str]:
    """The fields of the model whose values differ in meaning, or may do so once they are known."""
    old = to_bag(one) if isinstance(one, BaseModel) else one
    new = to_bag(other) if isinstance(other, BaseModel) else other

    def differs(name: str) -> bool:
        before, after = old.get(name), new.get(name)
        if has_unknown(before) or has_unknown(after):
            return True
        return bool(canonical(model, name, before) != canonical(model, name, after))

    return [name for name in model.model_fields if differs(name)]


def replacing_fields(model: type[BaseModel], names: Sequence[str]) -> list[str]:
    """Those of the fields that can't be changed: an object that differs in one needs another in its place."""
    return [name for name in names if name in fields_with(model, Replaces)]


def omitted_names(model: type[BaseModel], arguments: Mapping[str, Any]) -> list[str]:
    """The names that the program leaves to us."""
    return [name for name in fields_with(model, Autonamed) if is_empty(arguments.get(name))]


def with_current_name(model: type[BaseModel], arguments: Bag, known: Mapping[str, Any]) -> Bag:
    """The arguments, with the object's own name where they have none: an adopted object keeps its name."""
    names = omitted_names(model, arguments)
    return {**arguments, **{name: known[name] for name in names if known.get(name) is not None}}


def keep_equal_values(model: type[BaseModel], old: Bag, new: Bag) -> tuple[Bag, list[str]]:
    """The new inputs, but verbatim the old ones wherever both mean the same; and which fields differ.

    So an order that means nothing, null against empty and a default given or not never reach the
    engine, and what it shows as changed is changed.
    """
    result = {name: value for name, value in new.items() if value is not None}
    fresh = {*changed_fields(model, old, new), *_given_or_not(model, old, new)}
    for name in set(model.model_fields).difference(fresh):
        result.pop(name, None)
        if old.get(name) is not None:
            result[name] = old[name]
    return result, [name for name in model.model_fields if name in fresh]


def _given_or_not(model: type[BaseModel], old: Bag, new: Bag) -> list[str]:
    """The arguments of a singleton that only one of the two gives: to give an empty one says something."""
    if not issubclass(model, AccountSettingInputs):
        return []
    return [n for n in sent_fields(model) if (old.get(n) is None) != (new.get(n) is None)]
