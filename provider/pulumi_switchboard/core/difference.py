"""What has changed: between what is known of an object and what the program asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from pulumi_switchboard.fields.comparison import changed_fields, with_current_name
from pulumi_switchboard.fields.models import Replaces, fields_with
from pulumi_switchboard.fields.paths import Path, with_values_at
from pulumi_switchboard.fields.values import Bag, has_unknown, normalised
from pulumi_switchboard.state_keys import SECRET


@dataclass(frozen=True)
class Difference:
    """The answer to the engine's question whether a resource needs an update."""

    changes: bool | None
    """True, False, or None: compare the raw inputs, and show what differs between them."""
    replaces: tuple[str, ...] = ()


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
    wanted = with_values_at(with_current_name(model, new, known), known, ignored, model)
    typed = changed_fields(model, known, wanted)
    replaces = tuple(n for n in fields_with(model, Replaces) if n in typed and not has_unknown(new.get(n)))
    return answer(typed, old, new, replaces)


def answer(typed: Collection[str], old: Bag | None, new: Bag, replaces: tuple[str, ...] = ()) -> Difference:
    """What to tell the engine of fields that mean something else, where the inputs are these.

    Where the raw inputs show the change, the engine finds the detail by itself. It does so, too, where only
    the secretness of arguments has changed.
    """
    if old is None:
        return Difference(changes=True if typed else None, replaces=replaces)
    raw = {name for name in {*old, *new} - {SECRET} if normalised(old.get(name)) != normalised(new.get(name))}
    if not typed:
        return Difference(changes=False if raw else None)
    return Difference(changes=None if raw.issuperset(typed) else True, replaces=replaces)
