"""Which values of an existing object the program will overwrite."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.models import Secret, is_model, marker_of, unwrapped
from pulumi_switchboard.fields.paths import Path, path_text
from pulumi_switchboard.fields.typed_values import canonical
from pulumi_switchboard.fields.wording import field_text, value_text


def overwrites(
    model: type[BaseModel], live: Mapping[str, Any], wanted: Mapping[str, Any], hidden: Collection[str] = ()
) -> list[str]:
    """One line for each value that differs: `call_notification.url: "https://a" -> "https://b"`.

    Values inside objects and maps get their own lines. A list is shown as a whole, because its order may have
    no meaning.

    Args:
        model: The arguments of the type.
        live: The values that the object has.
        wanted: The values that it will have.
        hidden: The arguments that are secret in the program, so that no part of them is shown.
    """
    return list(_members(model, live, wanted, (), hidden))


def _members(
    model: type[BaseModel],
    live: Mapping[str, Any],
    wanted: Mapping[str, Any],
    path: Path,
    hidden: Collection[str] = (),
) -> Iterator[str]:
    for name in changed_fields(model, live, wanted):
        kind, place = unwrapped(model.model_fields[name].annotation), (*path, name)
        before, after = live.get(name), wanted.get(name)
        is_secret = name in hidden or marker_of(model.model_fields[name], Secret) is not None
        if is_secret or not (isinstance(before, Mapping) and isinstance(after, Mapping)):
            texts = [_text(model, name, value, is_secret=name in hidden) for value in (before, after)]
            yield _line(place, *texts)
        elif is_model(kind):
            yield from _members(kind, before, after, place)
        else:
            yield from _entries(model, name, before, after, place)


def _entries(
    model: type[BaseModel], name: str, live: Mapping[str, Any], wanted: Mapping[str, Any], path: Path
) -> Iterator[str]:
    """The lines for the entries of a map."""
    kind = unwrapped(get_args(unwrapped(model.model_fields[name].annotation))[1])
    for key in dict.fromkeys([*live, *wanted]):
        before, after = live.get(key), wanted.get(key)
        meanings = [canonical(model, name, {key: value}) for value in (before, after)]
        if meanings[0] == meanings[1]:
            continue
        if is_model(kind) and isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _members(kind, before, after, (*path, key))
        else:
            yield _line((*path, key), value_text(before), value_text(after))


def _text(model: type[BaseModel], name: str, value: Any, *, is_secret: bool) -> str:
    field = model.model_fields[name]
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return field_text(model, name, default if value is None else value, is_secret=is_secret)


def _line(path: Path, before: str, after: str) -> str:
    return f"{path_text(path)}: {before} -> {after}"
