"""What has changed: between what is known of an object and what the program asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pulumi_switchboard.core.fields import Autonamed, Replaces, SingletonInputs, marked, sent
from pulumi_switchboard.core.hidden import SECRET
from pulumi_switchboard.core.paths import Path, overlaid
from pulumi_switchboard.core.shape import canonical
from pulumi_switchboard.core.values import Bag, has_unknown, is_empty, tidy


@dataclass(frozen=True)
class Difference:
    """The answer to the engine's question whether a resource needs an update."""

    changes: bool | None
    """True, False, or None: compare the raw inputs, and show what differs between them."""
    replaces: tuple[str, ...] = ()


def changed(model: type[BaseModel], one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The fields that mean something else in the one than in the other, or may do so once known."""

    def differs(name: str) -> bool:
        before, after = one.get(name), other.get(name)
        if has_unknown(before) or has_unknown(after):
            return True
        return bool(canonical(model, name, before) != canonical(model, name, after))

    return [name for name in model.model_fields if differs(name)]


def fixed(model: type[BaseModel], names: Sequence[str]) -> list[str]:
    """Those of the fields that can't be changed: an object that differs in one needs another in its place."""
    return [name for name in names if name in marked(model, Replaces)]


def left_out_names(model: type[BaseModel], arguments: Mapping[str, Any]) -> list[str]:
    """The names that the program leaves to us."""
    return [name for name in marked(model, Autonamed) if is_empty(arguments.get(name))]


def with_own_name(model: type[BaseModel], arguments: Bag, known: Mapping[str, Any]) -> Bag:
    """The arguments, with the object's own name where they have none: an adopted object keeps its name."""
    names = left_out_names(model, arguments)
    return {**arguments, **{name: known[name] for name in names if known.get(name) is not None}}


def difference(
    model: type[BaseModel], known: Bag, old: Bag | None, new: Bag, ignored: Sequence[Path] = ()
) -> Difference:
    """Compare what is known of the object with the new inputs, by meaning.

    Args:
        model: The arguments of the type.
        known: The object as state holds it.
        old: The inputs of the last update, or None where the engine does not say.
        new: The inputs asked for now.
        ignored: The paths that the program does not care about.
    """
    wanted = overlaid(with_own_name(model, new, known), known, ignored, model)
    typed = changed(model, known, wanted)
    replaces = tuple(n for n in marked(model, Replaces) if n in typed and not has_unknown(new.get(n)))
    return answer(typed, old, new, replaces)


def answer(typed: Collection[str], old: Bag | None, new: Bag, replaces: tuple[str, ...] = ()) -> Difference:
    """What to tell the engine of fields that mean something else, where the inputs are these.

    Where the raw inputs show the change, the engine finds the detail by itself. It does so, too, where only
    the secretness of arguments has changed.
    """
    if old is None:
        return Difference(changes=True if typed else None, replaces=replaces)
    raw = {name for name in {*old, *new} - {SECRET} if tidy(old.get(name)) != tidy(new.get(name))}
    if not typed:
        return Difference(changes=False if raw else None)
    return Difference(changes=None if raw.issuperset(typed) else True, replaces=replaces)


def settled(model: type[BaseModel], old: Bag, new: Bag) -> tuple[Bag, list[str]]:
    """The new inputs, but verbatim the old ones wherever both mean the same; and which fields differ.

    So an order that means nothing, null against empty and a default given or not never reach the
    engine, and what it shows as changed is changed.
    """
    result = {name: value for name, value in new.items() if value is not None}
    fresh = {*changed(model, old, new), *_given_or_not(model, old, new)}
    for name in set(model.model_fields).difference(fresh):
        result.pop(name, None)
        if old.get(name) is not None:
            result[name] = old[name]
    return result, [name for name in model.model_fields if name in fresh]


def _given_or_not(model: type[BaseModel], old: Bag, new: Bag) -> list[str]:
    """The arguments of a singleton that only one of the two gives: to give an empty one says something."""
    if not issubclass(model, SingletonInputs):
        return []
    return [n for n in sent(model) if (old.get(n) is None) != (new.get(n) is None)]
