"""How a type of a definition is spelled in a program: as an input, and as an output."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pulumi_switchboard.fields.models import is_model, models_in, unwrapped
from pydantic import BaseModel

PLAIN = {str: "str", int: "int", float: "float", bool: "bool", Any: "Any"}


def input_type(annotation: Any) -> str:
    """The type of an argument: an `Input` at every level."""
    return f"pulumi.Input[{_spelled(annotation, 'ArgsDict', 'pulumi.Input[{}]')}]"


def output_type(annotation: Any) -> str:
    """The type of an output, as it is once known."""
    return _spelled(annotation, "", "{}")


def is_optional(annotation: Any) -> bool:
    """Whether the annotation allows for nothing."""
    return type(None) in get_args(annotation)


def nested(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models inside this model, the innermost first."""
    found: dict[type[BaseModel], None] = {}
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            found.update(dict.fromkeys([*nested(inner), inner]))
    return list(found)


def _spelled(annotation: Any, suffix: str, wrap: str) -> str:
    kind = unwrapped(annotation)
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is Literal:
        return "Literal[" + ", ".join(f'"{value}"' for value in get_args(kind)) + "]"
    if get_origin(kind) is list:
        inner = wrap.format(_spelled(get_args(kind)[0], suffix, wrap))
        return f"Sequence[{inner}]" if suffix else f"list[{inner}]"
    if get_origin(kind) is dict:
        inner = wrap.format(_spelled(get_args(kind)[1], suffix, wrap))
        return f"Mapping[str, {inner}]" if suffix else f"dict[str, {inner}]"
    if is_model(kind):
        return kind.__name__ + suffix
    raise TypeError(f"a definition uses {annotation}, for which resource classes have no spelling yet")
