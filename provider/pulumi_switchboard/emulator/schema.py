"""Strict checks of JSON values.

A check takes a value and its path and yields a line for each problem; it never repeats a value, because it
could be a secret. Checks are built from each other:

    record({"url": text()}, optional={"method": one_of("GET", "POST")})
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

Check: TypeAlias = Callable[[object, str], Iterator[str]]
"""Yields the problems of a value that stands at a path."""

Rule: TypeAlias = Callable[[str], "str | None"]
"""Says what is wrong with a text, or None."""


def text(rule: Rule | None = None) -> Check:
    """Accept a string that follows the rule."""

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path}: {_expected('a string', value)}"
        elif rule is not None and (complaint := rule(value)):
            yield f"{path}: {complaint}"

    return check


def one_of(*choices: str) -> Check:
    """Accept one of these strings."""

    def rule(value: str) -> str | None:
        return None if value in choices else f"must be {' or '.join(choices)}"

    return text(rule)


def nullable(inner: Check) -> Check:
    """Accept null, too."""

    def check(value: object, path: str) -> Iterator[str]:
        if value is not None:
            yield from inner(value, path)

    return check


def record(required: Mapping[str, Check], *, optional: Mapping[str, Check] | None = None) -> Check:
    """Accept an object that has every required member and none that is not named."""
    members = {**required, **(optional or {})}

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path or 'body'}: {_expected('an object', value)}"
            return
        prefix = f"{path}." if path else ""
        for name in required:
            if name not in value:
                yield f"{prefix}{name}: is required"
        for name, member in value.items():
            if name in members:
                yield from members[name](member, f"{prefix}{name}")
            else:
                yield f"{prefix}{name}: is unknown"

    return check


def _expected(kind: str, value: object) -> str:
    return "must not be null" if value is None else f"must be {kind}"
