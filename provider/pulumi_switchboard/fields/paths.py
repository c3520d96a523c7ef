"""Property paths, as in `ignore_changes`: `a.b`, `a["b c"]`, `a[0]`, `a[*]`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeAlias

from pydantic import BaseModel

from pulumi_switchboard.fields.drift import in_order_of
from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.fields.values import Bag

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]

WILDCARD = "*"
_STEP = re.compile(
    r"""\.?(?P<name>[^.\[\]"]+)|\[(?P<index>\d+)\]|\["(?P<key>(?:[^"\\]|\\.)*)"\]|\[\*\]""", re.DOTALL
)


def parse(text: str) -> Path:
    """The steps of a path."""
    steps: list[Step] = []
    for match in _STEP.finditer(text):
        if match["index"] is not None:
            steps.append(int(match["index"]))
        elif match["key"] is not None:
            steps.append(re.sub(r"\\(.)", r"\1", match["key"], flags=re.DOTALL))
        else:
            steps.append(match["name"] or WILDCARD)
    return tuple(steps)


def path_text(path: Sequence[Step]) -> str:
    """The path as text: `channel_settings["SMS"].capture_rules[0]`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.isidentifier():
            text += f".{step}" if text else step
        else:
            escaped = step.replace("\\", r"\\").replace('"', r"\"")
            text += f'["{escaped}"]'
    return text


def with_values_at(bag: Bag, other: Mapping[str, Any], paths: Sequence[Path], model: type[BaseModel]) -> Bag:
    """A copy of the bag with the values of the other bag at these paths.

    Args:
        bag: The bag to copy.
        other: The bag with the values to take.
        paths: The paths.
        model: The model of both. In an unordered list, an index means the item that the bag has there,
            whatever its index in the other bag.
    """
    result = deepcopy(bag)
    for path in filter(None, paths):
        _overlay(tree(model), result, other, path)
    return result


def _overlay(field: Field, target: Any, source: Any, path: Path) -> None:
    step, rest = path[0], path[1:]
    if step == WILDCARD:
        keys = (
            [*target, *source]
            if isinstance(target, dict) and isinstance(source, Mapping)
            else range(_length(target))
        )
        for key in dict.fromkeys(keys):
            _overlay(field, target, source, (key, *rest))
        return
    if not rest:
        _take(target, source, step)
        return
    inner, live, child = value_at(target, step), value_at(source, step), field.child(step)
    if inner is not None:
        _overlay(child, inner, in_order_of(child, inner, live), rest)
    elif isinstance(live, Mapping) and isinstance(target, dict):
        taken: Bag = {}
        _overlay(child, taken, live, rest)
        if taken:
            target[step] = taken


def _take(target: Any, source: Any, step: Step) -> None:
    value = value_at(source, step)
    if isinstance(target, dict) and isinstance(step, str):
        if value is None:
            target.pop(step, None)
        else:
            target[step] = deepcopy(value)
    elif isinstance(target, list) and isinstance(step, int) and step < len(target) and value is not None:
        target[step] = deepcopy(value)


def value_at(value: Any, step: Step) -> Any:
    """The value at this step inside a value; None if there is none."""
    if isinstance(value, Mapping) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0
