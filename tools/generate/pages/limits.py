"""What a value may be, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pulumi_switchboard.fields.models import Caseless, Secret, Unordered, Url, WriteOnly
from pulumi_switchboard.fields.tree import Field

COUNTED = {list: "item", dict: "entry"}
PLURALS = {"entry": "entries"}


def limits(field: Field) -> str:
    """What a value of the field may be, and how it is treated. What validators demand is in the docstring."""
    return "; ".join(_limits(field))


def _limits(field: Field) -> Iterator[str]:
    if get_origin(field.kind) is Literal:
        yield " or ".join(f"`{json.dumps(value)}`" for value in get_args(field.kind))
    if field.has(Caseless):
        yield "upper and lower case are the same"
    yield from _lengths(field)
    yield from (text for limit in field.limits for text in _bounds(limit))
    if field.has(Url):
        yield "an absolute URL, whose user, password and query are secret"
    if (unordered := field.marker(Unordered)) is not None:
        yield "neither order nor repetition means anything" if unordered.once else "the order means nothing"
    if field.has(Secret):
        yield "secret"
    if field.has(WriteOnly):
        yield "never shown by the vendor"
    if field.inside is not None and (inner := limits(field.inside)):
        yield f"each: {inner}"


def _lengths(field: Field) -> Iterator[str]:
    least = max((limit.min_length for limit in field.limits if isinstance(limit, MinLen)), default=0)
    most = min((limit.max_length for limit in field.limits if isinstance(limit, MaxLen)), default=None)
    unit = COUNTED.get(get_origin(field.kind), "character")
    if least and most == least:
        yield f"exactly {_counted(least, unit)}"
    elif least and most is not None:
        yield f"{least} to {_counted(most, unit)}"
    elif least:
        yield f"at least {_counted(least, unit)}"
    elif most is not None:
        yield f"at most {_counted(most, unit)}"


def _bounds(limit: Any) -> Iterator[str]:
    match limit:
        case Ge(ge=bound):
            yield f"at least {bound}"
        case Gt(gt=bound):
            yield f"more than {bound}"
        case Le(le=bound):
            yield f"at most {bound}"
        case Lt(lt=bound):
            yield f"less than {bound}"
        case _ if pattern := getattr(limit, "pattern", None):
            yield f"matches `{pattern}`"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit if number == 1 else PLURALS.get(unit, f'{unit}s')}"
