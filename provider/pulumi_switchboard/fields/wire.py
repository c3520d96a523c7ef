"""Converts between our names in snake case and the vendor's names in camel case, according to a model.

Keys of maps belong to the user and do not change. A name that is a keyword of Python ends with an underscore
here: `from_` is `from` on the wire.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeGuard, get_args, get_origin

from pydantic import BaseModel

from pulumi_switchboard.fields.typed_values import canonical
from pulumi_switchboard.fields.values import Bag


def wire_name(name: str) -> str:
    """The name of a field on the wire."""
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
    """The received value with our names. Members that the model does not have keep their names."""
    kind = _unwrapped(annotation)
    if _is_model(kind) and isinstance(value, Mapping):
        fields = {wire_name(name): (name, field.annotation) for name, field in kind.model_fields.items()}
        result = {}
        for key, item in value.items():
            name, inner = fields.get(key, (key, None))
            result[name] = from_wire(inner, item)
        return result
    if get_origin(kind) is dict and isinstance(value, Mapping):
        return {key: from_wire(get_args(kind)[1], item) for key, item in value.items()}
    if get_origin(kind) is list and isinstance(value, list):
        return [from_wire(get_args(kind)[0], item) for item in value]
    return value


def replacement(annotation: Any, shown: Any, sent: Any) -> Any:
    """The body of a PUT: what is sent, and the members of the vendor's object that the model does not have.

    A member of the model that is not sent is removed, and so is a key of a map. An item of a list keeps its
    unknown members if an item of the same meaning is sent. An object without a model keeps every member that
    is not sent.
    """
    kind = _unwrapped(annotation)
    if _is_model(kind) and isinstance(sent, Mapping):
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
        return _items(get_args(kind)[0], list(shown) if isinstance(shown, list) else [], sent)
    return sent


def _items(annotation: Any, shown: list[Any], sent: list[Any]) -> list[Any]:
    """The items of a list, each with the unknown members of a shown item of the same meaning."""
    kind, left, items = _unwrapped(annotation), shown, []
    for item in sent:
        same = None
        if _is_model(kind):
            same = next((other for other in left if _meaning(kind, other) == _meaning(kind, item)), None)
        left = [other for other in left if other is not same]
        items.append(replacement(annotation, same, item))
    return items


def _meaning(kind: type[BaseModel], item: Any) -> Bag:
    if not isinstance(item, Mapping):
        return {}
    bag = from_wire(kind, item)
    return {name: canonical(kind, name, bag.get(name)) for name in kind.model_fields}


def _unwrapped(annotation: Any) -> Any:
    """The annotation without `Annotated` and without `| None`."""
    if get_origin(annotation) is Annotated:
        return _unwrapped(get_args(annotation)[0])
    options = [option for option in get_args(annotation) if option is not type(None)]
    if type(None) in get_args(annotation) and len(options) == 1:
        return _unwrapped(options[0])
    return annotation


def _is_model(kind: Any) -> TypeGuard[type[BaseModel]]:
    """Whether the annotation of a value is one of our models."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)
