"""The types of a definition's fields in a program, as inputs and as outputs."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pulumi_switchboard.fields.tree import Field, tree
from pydantic import BaseModel

PLAIN = {str: "str", int: "int", float: "float", bool: "bool", Any: "Any"}


def input_type(field: Field) -> str:
    """The type of an argument, with `Input` at every level. One that may be omitted takes None, too."""
    given = _type_text(field, "ArgsDict", "pulumi.Input[{}]")
    return f"pulumi.Input[{given if field.is_required else f'{given} | None'}]"


def output_type(field: Field) -> str:
    """The type of the value of an output."""
    return _type_text(field, "", "{}")


def shown_type(field: Field) -> str:
    """The type of the value of an output, with None if it can be missing."""
    return output_type(field) + ("" if field.is_always_present else " | None")


def nested(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models inside this model, innermost first."""
    models = dict.fromkeys(field.model for field in tree(model).walk())
    return [inner for inner in models if inner is not None and inner is not model]


def _type_text(field: Field, suffix: str, wrap: str) -> str:
    if field.kind in PLAIN:
        return PLAIN[field.kind]
    if get_origin(field.kind) is Literal:
        return f"Literal[{', '.join(map(_literal, get_args(field.kind)))}]"
    if field.inside is not None:
        inner = wrap.format(_type_text(field.inside, suffix, wrap))
        if get_origin(field.kind) is list:
            return f"Sequence[{inner}]" if suffix else f"list[{inner}]"
        return f"Mapping[str, {inner}]" if suffix else f"dict[str, {inner}]"
    if field.model is not None:
        return field.model.__name__ + suffix
    raise TypeError(
        f"a definition uses {field.kind}, which the generator of resource classes does not support yet"
    )


def _literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)
