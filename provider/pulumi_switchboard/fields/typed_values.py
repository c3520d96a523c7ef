"""Walks values along the annotations of a model: the typed meaning of plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, zip_longest
from typing import Any, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel

from pulumi_switchboard.fields.models import Caseless, Unordered, is_model, marker_of, unwrapped
from pulumi_switchboard.fields.values import Bag, is_empty, tidy

EMPTY: dict[type, Any] = {str: "", list: [], dict: {}}

ModelT = TypeVar("ModelT", bound=BaseModel)


def canonical(model: type[BaseModel], name: str, value: Any) -> Any:
    """The value of a field in the form in which two values that mean the same are equal.

    Null, absent, empty and the default are one (None); unordered lists are sorted; texts without case are
    in upper case; integral floats are ints. Unknown values stay, and are equal to nothing.
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
    """What the meaning of a field depends on."""

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
        value = tidy(value)
    return None if is_empty(value) else value


def _inside(kind: Any) -> Any:
    """The kind of what is in a list or a map."""
    return unwrapped(get_args(kind)[-1]) if get_origin(kind) in (dict, list) else Any


def _entry(kind: Any, value: Any) -> Any:
    """An entry of a user's own map: its key says something, be the value empty or not."""
    meaning = _canonical(kind, value)
    return EMPTY.get(type(value), {}) if meaning is None else meaning


def to_bag(value: BaseModel) -> Bag:
    """The model as a bag, without nulls."""
    return value.model_dump(mode="python", exclude_none=True, warnings=False)


def to_model(model: type[ModelT], value: Mapping[str, Any]) -> ModelT:
    """The model that holds this value, whatever it is.

    For what a vendor shows and what state holds: rules are for what a user writes, so a value that
    breaks one is taken as it is, what is missing has its default, and what the model does not know
    is left out.
    """
    return cast("ModelT", _decoded(model, value))


def member(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A member that is an object; where the vendor shows anything else, it is as good as empty."""
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
    return tidy(value)


def with_drift(model: type[BaseModel], name: str, written: Any, live: Any) -> Any:
    """What the user wrote for a field, with only those parts replaced that the vendor shows otherwise."""
    if canonical(model, name, written) == canonical(model, name, live):
        return written
    field = _field(model, name)
    if field.caseless and isinstance(written, list) and isinstance(live, list):
        live = _in_words_of(written, live)
    return _mended(model.model_fields[name].annotation, written, live, unordered=field.unordered)


def in_order_of(kind: Any, step: str | int, written: Any, live: Any) -> Any:
    """What is live of a member, in the order of what was written if the order means nothing.

    None stands beside an item that the live list has nothing for.
    """
    name = str(step)
    if not (
        is_model(kind) and name in kind.model_fields and isinstance(written, list) and isinstance(live, list)
    ):
        return live
    field = _field(kind, name)
    if not field.unordered:
        return live
    words = _in_words_of(written, live) if field.caseless else live
    return [other for _, other in _paired(_inside(field.kind), written, words)]


def kind_at(kind: Any, step: str | int) -> Any:
    """The kind of a member, of an entry of a map or of an item of a list."""
    if not is_model(kind):
        return _inside(kind)
    return unwrapped(kind.model_fields[str(step)].annotation) if str(step) in kind.model_fields else Any


def _in_words_of(written: list[Any], live: list[Any]) -> list[Any]:
    """The live texts, spelled as they were written where only the case is different."""
    words = {word.upper(): word for word in written if isinstance(word, str)}
    return [words.get(word.upper(), word) if isinstance(word, str) else word for word in live]


def _mended(annotation: Any, written: Any, live: Any, *, unordered: bool = False) -> Any:
    kind = unwrapped(annotation)
    if isinstance(written, list) and isinstance(live, list) and None not in live:
        pairs = _paired(_inside(kind), written, live) if unordered else zip_longest(written, live)
        return [_entry_mended(_inside(kind), one, other) for one, other in pairs if other is not None]
    if not isinstance(written, Mapping) or not isinstance(live, Mapping):
        return live
    mended: Bag = {}
    for key in dict.fromkeys([*written, *live]):
        one, other = written.get(key), live.get(key)
        if is_model(kind) and key in kind.model_fields:
            mended[key] = with_drift(kind, key, one, other)
        else:
            mended[key] = _entry_mended(_inside(kind), one, other)
    return {key: value for key, value in mended.items() if value is not None}


def _entry_mended(kind: Any, one: Any, other: Any) -> Any:
    """One entry of a list or a map, which may be new or gone."""
    if one is None or other is None:
        return other
    return one if _canonical(kind, one) == _canonical(kind, other) else _mended(kind, one, other)


def _paired(kind: Any, written: list[Any], live: list[Any]) -> list[tuple[Any, Any]]:
    """What was written beside what is live: first those that mean the same, the others in their order."""
    left, in_order_of = list(live), dict[int, Any]()
    for place, one in enumerate(written):
        meaning = _canonical(kind, one)
        same = next((at for at, other in enumerate(left) if _canonical(kind, other) == meaning), None)
        if same is not None:
            in_order_of[place] = left.pop(same)
    pairs = [
        (one, in_order_of[place] if place in in_order_of else (left.pop(0) if left else None))
        for place, one in enumerate(written)
    ]
    return [*pairs, *((None, other) for other in left)]
