"""The tables of a page about arguments, the objects inside them, and outputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

from pulumi_switchboard.fields.models import Autonamed, Replaces, Unsent
from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.rest.account_setting import AccountSetting
from pydantic import BaseModel

from tools.generate.pages.limits import limits
from tools.generate.pages.markdown import table
from tools.generate.types import output_type

REQUIRED = "**required**"


def arguments(definition: AnyDefinition) -> str:
    """The table of the arguments."""
    left_out = "not managed" if isinstance(definition.api, AccountSetting) else ""
    rows = [
        (
            f"`{field.name}`",
            _type(field),
            _default(field) or left_out,
            limits(field),
            _change(field),
            _told(field),
        )
        for field in sorted(tree(definition.inputs).members.values(), key=lambda field: not field.is_required)
    ]
    return table(("argument", "type", "if left out", "rules", "a change", "what it is"), rows)


def objects(definition: AnyDefinition) -> list[str]:
    """A section for each object inside the arguments and outputs."""
    found = dict.fromkeys([*_models(tree(definition.inputs)), *_models(tree(definition.state))])
    inner = [model for model in found if model not in (definition.inputs, definition.state)]
    return [f"### {model.__name__}\n\n{_doc(model)}\n\n{_members(model)}" for model in inner]


def outputs(definition: AnyDefinition) -> str:
    """The table of the outputs that are no arguments."""
    rows = [
        (
            f"`{field.name}`",
            _type(field) + ("" if field.is_always_present else " or none"),
            limits(field),
            field.doc,
        )
        for name, field in tree(definition.state).members.items()
        if name not in tree(definition.inputs).members
    ]
    return table(("output", "type", "", "what it is"), rows)


def _members(model: type[BaseModel]) -> str:
    rows = [
        (f"`{field.name}`", _type(field), _default(field), limits(field), field.doc)
        for field in tree(model).members.values()
    ]
    return table(("member", "type", "if left out", "rules", "what it is"), rows)


def _models(field: Field) -> Iterator[type[BaseModel]]:
    """The models of a field and of all inside it, in the order in which they are first mentioned."""
    if field.model is not None:
        yield field.model
    for inner in field.members.values() if field.inside is None else (field.inside,):
        yield from _models(inner)


def _type(field: Field) -> str:
    """The type as Python has it; the name of an object leads to its table."""
    innermost = field
    while innermost.inside is not None:
        innermost = innermost.inside
    whole, inner = output_type(field), output_type(innermost)
    if innermost.model is not None:
        return whole.replace(inner, f"[{inner}](#{inner.lower()})")
    if get_origin(innermost.kind) is Literal:
        return f"`{whole.replace(inner, type(get_args(innermost.kind)[0]).__name__)}`"
    return f"`{whole}`"


def _default(field: Field) -> str:
    if field.is_required:
        return REQUIRED
    if field.has(Autonamed):
        return "generated from the resource's name"
    return "" if field.default is None else f"`{json.dumps(field.default)}`"


def _change(field: Field) -> str:
    if field.has(Unsent):
        return "only in state"
    return "**replaces**" if field.has(Replaces) else "updates"


def _told(field: Field) -> str:
    """What the argument is for. What a destroy does has a section of its own."""
    first, more, _ = field.doc.partition(". ")
    return f"{first}: see [Destroy](#destroy)." if more and field.has(Unsent) else field.doc


def _doc(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").split())
