"""The meaning of plain values, according to the annotations of a model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, zip_longest
from typing import Any, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel

from pulumi_switchboard.fields.models import Caseless, Unordered, is_model, marker_of, unwrapped
from pulumi_switchboard.fields.values import Bag, is_empty, normalised

EMPTY: dict[type, Any] = {str: "", list: [], dict: {}}

ModelT = TypeVar("ModelT", bound=BaseModel)


def canonical(model: type[BaseModel], name: str, value: Any) -> Any:
    """The value of a field in a form in which values of the same meaning are equal.

    Null, absent, empty and the default are all None. Unordered lists are sorted. Texts whose case has no
    meaning are in upper case. Integral floats are ints. Unknown values stay, and are equal to nothing.
    """
    field = _field(model, name)
    if field.caseless:
        value = upper(value)
    meaning = _canonical(field.kind, value, unordered=field.unordered)
    if field.once and isinstance(meaning, list):
        meaning = [item for item, _ in groupby(meaning)]
    return None if meaning == field.default else meaning


@dataclass(frozen=True)
class _Field:
    """What determines the meaning of a field's value."""

    kind: Any
    unordered: bool
    once: bool
    caseless: bool
    default: Any


@cache
def _field(model: type[BaseModel], name: str) -> _Field:
    field = model.model_fields[name]
    kind, order = unwrapped(field.annotation), marker_of(field, Unordered)
    unordered = order is not None
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return _Field(
        kind,
        unordered,
        order is not None and order.once,
        marker_of(field, Caseless) is not None,
        _canonical(kind, default, unordered=unordered),
    )


def upper(value: Any) -> Any:
    """A text in upper case, and each text of a list."""
    if isinstance(value, list):
        return [upper(item) for item in value]
    return value.upper() if isinstance(value, str) else value


def _canonical(kind: Any, value: Any, *, unordered: bool = False) -> Any:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, BaseModel):
        value = to_bag(value)
    if isinstance(value, Mapping) and is_model(kind):
        members = {name: canonical(kind, name, value.get(name)) for name in kind.model_fields}
        value = {name: item for name, item in members.items() if item is not None}
    elif isinstance(value, Mapping):
        value = {key: _entry(_inside(kind), item) for key, item in value.items() if item is not None}
    elif isinstance(value, list):
        value = [_canonical(_inside(kind), item) for item in value]
        if unordered:
            value.sort(key=lambda item: json.dumps(item, sort_keys=True, default=repr))
    else:
        value = normalised(value)
    return None if is_empty(value) else value


def _inside(kind: Any) -> Any:
    """The annotation of the items of a list or the entries of a map."""
    return unwrapped(get_args(kind)[-1]) if get_origin(kind) in (dict, list) else Any


def _entry(kind: Any, value: Any) -> Any:
    """An entry of a map. The key has a meaning even if the value is empty."""
    meaning = _canonical(kind, value)
    return EMPTY.get(type(value), {}) if meaning is None else meaning


def to_bag(value: BaseModel) -> Bag:
    """The model as a bag, without nulls."""
    return value.model_dump(mode="python", exclude_none=True, warnings=False)


def to_model(model: type[ModelT], value: Mapping[str, Any]) -> ModelT:
    """The model with this value, without validation.

    This is for values from a vendor or from state. A value of the wrong type is kept as it is, a missing
    value gets its default, and a member that the model does not have is left out.
    """
    return cast("ModelT", _decoded(model, value))


def member(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A member that is an object; empty if it is anything else."""
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}


def _decoded(annotation: Any, value: Any) -> Any:
    kind = unwrapped(annotation)
    if is_model(kind) and isinstance(value, Mapping):
        known = {
            name: _decoded(field.annotation, value[name])
            for name, field in kind.model_fields.items()
            if value.get(name) is not None
        }
        missing = {name: None for name, field in kind.model_fields.items() if field.is_required()}
        return kind.model_construct(**{**missing, **known})
    if get_origin(kind) is dict and isinstance(value, Mapping):
        return {key: _decoded(_inside(kind), item) for key, item in value.items()}
    if get_origin(kind) is list and isinstance(value, list):
        return [_decoded(_inside(kind), item) for item in value]
    return normalised(value)


def with_drift(model: type[BaseModel], name: str, written: Any, live: Any) -> Any:
    """The value that the user wrote, with only those parts replaced that the vendor shows differently."""
    if canonical(model, name, written) == canonical(model, name, live):
        return written
    field = _field(model, name)
    if field.caseless and isinstance(written, list) and isinstance(live, list):
        live = _in_case_of(written, live)
    return _value_with_drift(model.model_fields[name].annotation, written, live, unordered=field.unordered)


def in_order_of(kind: Any, step: str | int, written: Any, live: Any) -> Any:
    """The live value of a member; an unordered list is in the order in which it was written.

    An item that is not in the live list is None.
    """
    name = str(step)
    if not (
        is_model(kind) and name in kind.model_fields and isinstance(written, list) and isinstance(live, list)
    ):
        return live
    field = _field(kind, name)
    if not field.unordered:
        return live
    texts = _in_case_of(written, live) if field.caseless else live
    return [other for _, other in _paired(_inside(field.kind), written, texts)]


def kind_at(kind: Any, step: str | int) -> Any:
    """The annotation of a member, of an entry of a map or of an item of a list."""
    if not is_model(kind):
        return _inside(kind)
    return unwrapped(kind.model_fields[str(step)].annotation) if str(step) in kind.model_fields else Any


def _in_case_of(written: list[Any], live: list[Any]) -> list[Any]:
    """The live texts; a text that differs only in its case is spelled as it was written."""
    words = {word.upper(): word for word in written if isinstance(word, str)}
    return [words.get(word.upper(), word) if isinstance(word, str) else word for word in live]


def _value_with_drift(annotation: Any, written: Any, live: Any, *, unordered: bool = False) -> Any:
    kind = unwrapped(annotation)
    if isinstance(written, list) and isinstance(live, list) and None not in live:
        pairs = _paired(_inside(kind), written, live) if unordered else zip_longest(written, live)
        return [_entry_with_drift(_inside(kind), one, other) for one, other in pairs if other is not None]
    if not isinstance(written, Mapping) or not isinstance(live, Mapping):
        return live
    result: Bag = {}
    for key in dict.fromkeys([*written, *live]):
        one, other = written.get(key), live.get(key)
        if is_model(kind) and key in kind.model_fields:
            result[key] = with_drift(kind, key, one, other)
        else:
            result[key] = _entry_with_drift(_inside(kind), one, other)
    return {key: value for key, value in result.items() if value is not None}


def _entry_with_drift(kind: Any, one: Any, other: Any) -> Any:
    """The value of an entry of a list or a map, which may be new or removed."""
    if one is None or other is None:
        return other
    return one if _canonical(kind, one) == _canonical(kind, other) else _value_with_drift(kind, one, other)


def _paired(kind: Any, written: list[Any], live: list[Any]) -> list[tuple[Any, Any]]:
    """Each written item with a live item: one of the same meaning, else the next one that is left."""
    left, same = list(live), dict[int, Any]()
    for index, item in enumerate(written):
        meaning = _canonical(kind, item)
        found = next((at for at, other in enumerate(left) if _canonical(kind, other) == meaning), None)
        if found is not None:
            same[index] = left.pop(found)
    rest = iter(left)
    pairs = [(item, same[index] if index in same else next(rest, None)) for index, item in enumerate(written)]
    return [*pairs, *((None, other) for other in rest)]
