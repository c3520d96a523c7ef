"""Between our names and those on the wire: snake case here, camel case there, along a model's annotations.

Keys of maps belong to the user and pass untouched. A name that Python reserves ends in an underscore
here: `from_` is `from` on the wire.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from pulumi_switchboard.fields.models import is_model, unwrapped
from pulumi_switchboard.fields.typed_values import canonical
from pulumi_switchboard.fields.values import Bag


def wire_name(name: str) -> str:
    """A name as the wire has it."""
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def to_wire(value: Any) -> Any:
    """A model as it is sent, without nulls."""
    if isinstance(value, BaseModel):
        members = {name: getattr(value, name) for name in type(value).model_fields}
        return {wire_name(name): to_wire(item) for name, item in members.items() if item is not None}
    if isinstance(value, Mapping):
        return {key: to_wire(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [to_wire(item) for item in value]
    return value


def from_wire(annotation: Any, value: Any) -> Any:
    """What was received, in our names; what the model does not know keeps its own."""
    kind = unwrapped(annotation)
    if is_model(kind) and isinstance(value, Mapping):
        fields = {wire_name(name): (name, field.annotation) for name, field in kind.model_fields.items()}
        return {
            fields[key][0] if key in fields else key: from_wire(fields[key][1], item)
            if key in fields
            else item
            for key, item in value.items()
        }
    if get_origin(kind) is dict and isinstance(value, Mapping):
        return {key: from_wire(get_args(kind)[1], item) for key, item in value.items()}
    if get_origin(kind) is list and isinstance(value, list):
        return [from_wire(get_args(kind)[0], item) for item in value]
    return value


def replacement(annotation: Any, shown: Any, sent: Any) -> Any:
    """The body of a PUT: what is sent, and each member of the vendor's object that the model does not know.

    A member that the model knows and that is not sent is removed, and so is a key of a user's map. An entry
    of a list keeps its unknown members if an entry of the same meaning is sent. An object without a model
    keeps every member that is not sent.
    """
    kind = unwrapped(annotation)
    if is_model(kind) and isinstance(sent, Mapping):
        fields = {wire_name(name): field.annotation for name, field in kind.model_fields.items()}
        before = shown if isinstance(shown, Mapping) else {}
        unknown = {key: item for key, item in before.items() if key not in fields}
        return {
            **unknown,
            **{key: replacement(fields.get(key), before.get(key), item) for key, item in sent.items()},
        }
    if get_origin(kind) is dict and isinstance(sent, Mapping):
        before = shown if isinstance(shown, Mapping) else {}
        return {key: replacement(get_args(kind)[1], before.get(key), item) for key, item in sent.items()}
    if kind is None and isinstance(sent, Mapping):
        before = dict(shown) if isinstance(shown, Mapping) else {}
        return {**before, **{key: replacement(None, before.get(key), item) for key, item in sent.items()}}
    if get_origin(kind) is list and isinstance(sent, list):
        return _entries(get_args(kind)[0], list(shown) if isinstance(shown, list) else [], sent)
    return sent


def _entries(annotation: Any, shown: list[Any], sent: list[Any]) -> list[Any]:
    """The entries of a list, each with what one of the same meaning has beside it."""
    kind, left, entries = unwrapped(annotation), shown, []
    for item in sent:
        alike = next(
            (one for one in left if is_model(kind) and _means(kind, one) == _means(kind, item)), None
        )
        if alike is not None:
            left = [one for one in left if one is not alike]
        entries.append(replacement(annotation, alike, item))
    return entries


def _means(kind: type[BaseModel], item: Any) -> Bag:
    bag = from_wire(kind, item)
    return (
        {name: canonical(kind, name, bag.get(name)) for name in kind.model_fields}
        if isinstance(bag, Mapping)
        else {}
    )
