"""The types of a definition's fields in a program, as inputs and as outputs."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pulumi_switchboard.fields.models import is_model, models_in, unwrapped
from pydantic import BaseModel

PLAIN = {str: "str", int: "int", float: "float", bool: "bool", Any: "Any"}


def input_type(annotation: Any) -> str:
    """The type of an argument, with `Input` at every level."""
    return f"pulumi.Input[{_type_text(annotation, 'ArgsDict', 'pulumi.Input[{}]')}]"


def output_type(annotation: Any) -> str:
    """The type of the value of an output."""
    return _type_text(annotation, "", "{}")


def is_optional(annotation: Any) -> bool:
    """Whether the value may be None."""
    return type(None) in get_args(annotation)


def nested(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models inside this model, innermost first."""
    found: dict[type[BaseModel], None] = {}
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            found.update(dict.fromkeys([*nested(inner), inner]))
    return list(found)


def _type_text(annotation: Any, suffix: str, wrap: str) -> str:
    kind = unwrapped(annotation)
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is Literal:
        return "Literal[" + ", ".join(f'"{value}"' for value in get_args(kind)) + "]"
    if get_origin(kind) is list:
        inner = wrap.format(_type_text(get_args(kind)[0], suffix, wrap))
        return f"Sequence[{inner}]" if suffix else f"list[{inner}]"
    if get_origin(kind) is dict:
        inner = wrap.format(_type_text(get_args(kind)[1], suffix, wrap))
        return f"Mapping[str, {inner}]" if suffix else f"dict[str, {inner}]"
    if is_model(kind):
        return kind.__name__ + suffix
    raise TypeError(
        f"a definition uses {annotation}, which the generator of resource classes does not support yet"
    )
