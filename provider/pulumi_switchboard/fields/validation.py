"""The problems of a resource's arguments, and warnings about them.

A problem has the path and the reason but never the value, because values may be secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pulumi_switchboard.fields.models import WarnIf
from pulumi_switchboard.fields.paths import Path, path_text, value_at
from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.fields.values import Bag, Unknown, has_unknown, normalised

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """A problem of the value at a path, or a warning about it."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


def problems(model: type[BaseModel], arguments: Bag) -> list[Problem]:
    """All problems of the arguments. An unknown value is never a problem."""
    try:
        model.model_validate(normalised(arguments))
    except ValidationError as error:
        return [
            Problem(path_text(_path(item["loc"])), _reason(model, item["loc"], item["type"], item["msg"]))
            for item in error.errors(include_url=False, include_input=False, include_context=False)
            if not _touches_unknown(arguments, item["loc"])
        ]
    return []


def parse_inputs(model: type[ModelT], arguments: Bag) -> ModelT:
    """The arguments as a model. `check` has validated what the program gives.

    A value that `ignore_changes` keeps comes from the vendor, and may break a rule. It is taken as it is.
    """
    try:
        return model.model_validate(normalised(arguments))
    except ValidationError:
        return to_model(model, arguments)


def warnings(model: type[BaseModel], arguments: Mapping[str, Any], names: list[str]) -> list[Problem]:
    """The warnings about the values of these fields, and about values inside them."""
    members = tree(model).members
    return [
        warning
        for name in names
        if name in members
        for warning in _warnings(members[name], arguments.get(name), (name,))
    ]


def _warnings(field: Field, value: Any, path: Path) -> Iterator[Problem]:
    found = field.marker(WarnIf)
    if isinstance(value, Unknown):
        return
    if found is not None and (text := found.of(value)) is not None:
        yield Problem(path_text(path), text)
    inside = (
        value.items() if isinstance(value, Mapping) else enumerate(value if isinstance(value, list) else ())
    )
    for step, item in inside:
        yield from _warnings(field.child(step), item, (*path, step))


def _path(location: Path) -> Path:
    return tuple(step for step in location if step != "[key]")


def _touches_unknown(value: Any, location: Path) -> bool:
    for step in location:
        if isinstance(value, Unknown):
            return True
        value = value_at(value, step)
    return has_unknown(value)


def _reason(model: type[BaseModel], location: Path, kind: str, message: str) -> str:
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        known = ", ".join(reduce(Field.child, location[:-1], tree(model)).members)
        return f"is unknown; the known names are: {known}"
    text = message.removeprefix("Value error, ").replace("Input should be", "must be")
    text = re.sub(r"^\w+ should have (.*?)( after validation, not \d+)?$", r"must have \1", text)
    text = re.sub(r"a valid dictionary( or instance of \w+)?", "an object", text)
    text = re.sub(r"a valid (?=integer)", "an ", text).replace("a valid ", "a ")
    return text[:1].lower() + text[1:]
