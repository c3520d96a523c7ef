"""Which values of an existing object the program will overwrite."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from pulumi_switchboard.fields.comparison import changed_fields, changed_members
from pulumi_switchboard.fields.models import Secret
from pulumi_switchboard.fields.paths import Path, path_text
from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.fields.wording import text_of


def overwrites(
    model: type[BaseModel], live: Mapping[str, Any], wanted: Mapping[str, Any], hidden: Collection[str]
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
    return [
        line
        for name in changed_fields(model, live, wanted)
        for line in _lines(
            tree(model).members[name], live.get(name), wanted.get(name), (name,), is_hidden=name in hidden
        )
    ]


def _lines(field: Field, live: Any, wanted: Any, path: Path, *, is_hidden: bool = False) -> Iterator[str]:
    is_whole = is_hidden or field.has(Secret)
    if not is_whole and isinstance(live, Mapping) and isinstance(wanted, Mapping):
        for name in changed_members(field, live, wanted):
            yield from _lines(field.child(name), live.get(name), wanted.get(name), (*path, name))
        return
    values = (field.default if value is None else value for value in (live, wanted))
    before, after = (text_of(field, value, is_secret=is_hidden) for value in values)
    yield f"{path_text(path)}: {before} -> {after}"
