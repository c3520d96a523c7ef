"""Converts between our values and the vendor's bodies, according to a model.

Names of fields are spelled as the API does. Keys of maps belong to the user and do not change. A name that is
a keyword of Python ends with an underscore here: `from_` is `from` on the wire.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel

from pulumi_switchboard.fields.models import Unsent, Wire
from pulumi_switchboard.fields.tree import ANYTHING, Field, tree
from pulumi_switchboard.fields.typed_values import meaning, to_bag
from pulumi_switchboard.fields.values import Bag

Spelling: TypeAlias = Callable[[str], str]
"""How an API spells the names of fields."""


def snake_case(name: str) -> str:
    """`display_name`."""
    return name.rstrip("_")


def camel_case(name: str) -> str:
    """`displayName`."""
    first, *rest = snake_case(name).split("_")
    return first + "".join(word.capitalize() for word in rest)


def pascal_case(name: str) -> str:
    """`DisplayName`."""
    return "".join(word.capitalize() for word in snake_case(name).split("_"))


def encoded(model: type[BaseModel], value: Mapping[str, Any] | BaseModel, spelling: Spelling) -> Bag:
    """The body that is sent. Members that the model does not have keep their names."""
    bag = to_bag(value) if isinstance(value, BaseModel) else value
    body: Bag = _encoded(tree(model), bag, spelling)
    return body


def decoded(model: type[BaseModel], body: Mapping[str, Any], spelling: Spelling) -> Bag:
    """The received body with our names. Members that the model does not have keep their names."""
    bag: Bag = _decoded(tree(model), body, spelling)
    return bag


def with_unknown_members(model: type[BaseModel], shown: Mapping[str, Any], wanted: Mapping[str, Any]) -> Bag:
    """The wanted values, with the members of the vendor's object that the model does not have.

    A field of the model that is not wanted is left out, and so is a key of a map. An item of a list keeps its
    unknown members if an item of the same meaning is wanted. An object without a model keeps every member.
    """
    merged: Bag = _merged(tree(model), shown, wanted)
    return merged


def _encoded(field: Field, value: Any, spelling: Spelling) -> Any:
    if isinstance(value, list):
        return [_encoded(field.child(0), item, spelling) for item in value]
    if not isinstance(value, Mapping):
        wire = field.marker(Wire)
        return wire.sent_as(value) if wire is not None and value is not None else value
    body: Bag = {}
    for name, item in value.items():
        member = field.members.get(name)
        if member is None:
            _put(body, (name,), _encoded(field.inside or ANYTHING, item, spelling))
        elif not member.has(Unsent):
            _put(body, _paths(member, spelling)[0], _encoded(member, item, spelling))
    return body


def _decoded(field: Field, value: Any, spelling: Spelling) -> Any:
    if isinstance(value, list):
        return [_decoded(field.child(0), item, spelling) for item in value]
    if not isinstance(value, Mapping):
        return value
    if field.model is None:
        return {key: _decoded(field.child(key), item, spelling) for key, item in value.items()}
    unknown, known = dict(value), {}
    for name, member in field.members.items():
        found = [_take(unknown, path) for path in _paths(member, spelling)]
        shown = next((item for item in found if item not in (None, "")), found[0])
        if shown is not None:
            known[name] = _decoded(member, shown, spelling)
    return {**unknown, **known}


def _merged(field: Field, shown: Any, wanted: Any) -> Any:
    if isinstance(wanted, list):
        return _merged_items(field.child(0), shown if isinstance(shown, list) else [], wanted)
    if not isinstance(wanted, Mapping):
        return wanted
    before = shown if isinstance(shown, Mapping) else {}
    is_map = field.model is None and field.inside is not None
    unknown = {} if is_map else {name: item for name, item in before.items() if name not in field.members}
    return {
        **unknown,
        **{name: _merged(field.child(name), before.get(name), item) for name, item in wanted.items()},
    }


def _merged_items(field: Field, shown: list[Any], wanted: list[Any]) -> list[Any]:
    """The items of a list, each with the unknown members of a shown item of the same meaning."""
    left, items = [(meaning(field, item), item) for item in shown], []
    for item in wanted:
        wanted_meaning = meaning(field, item)
        at = next((place for place, (found, _) in enumerate(left) if found == wanted_meaning), None)
        items.append(_merged(field, None if at is None else left.pop(at)[1], item))
    return items


def _paths(field: Field, spelling: Spelling) -> list[tuple[str, ...]]:
    """Where a body may have the value of a field; the first is where it is sent."""
    wire = field.marker(Wire)
    usual = spelling(field.name)
    paths = [usual] if wire is None else [wire.path or usual, *([wire.other] if wire.other else [])]
    return [tuple(path.split(".")) for path in paths]


def _put(body: Bag, path: tuple[str, ...], value: Any) -> None:
    """Set the value at a path; an object that is there already keeps its other members."""
    name, *rest = path
    if rest:
        there = body.get(name)
        inner = dict(there) if isinstance(there, dict) else {}
        _put(inner, tuple(rest), value)
        body[name] = inner
    else:
        there = body.get(name)
        body[name] = {**there, **value} if isinstance(there, dict) and isinstance(value, dict) else value


def _take(body: Bag, path: tuple[str, ...]) -> Any:
    """Remove the value at a path, and return it; None if there is none."""
    name, *rest = path
    if not rest:
        return body.pop(name, None)
    inner = body.get(name)
    if not isinstance(inner, Mapping):
        return None
    body[name] = remaining = dict(inner)
    return _take(remaining, tuple(rest))
