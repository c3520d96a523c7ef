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


def integer(*, least: int) -> Check:
    """Accept a whole number that is not smaller."""

    def check(value: object, path: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield f"{path}: {_expected('an integer', value)}"
        elif value < least:
            yield f"{path}: must be {least} or more"

    return check


def boolean() -> Check:
    """Accept true and false."""

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield f"{path}: {_expected('true or false', value)}"

    return check


def array(inner: Check, *, most: int | None = None) -> Check:
    """Accept a list that is not longer, of values that the inner check accepts."""

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{path}: {_expected('a list', value)}"
            return
        if most is not None and len(value) > most:
            yield f"{path}: must have at most {most} items"
        for index, item in enumerate(value):
            yield from inner(item, f"{path}[{index}]")

    return check


def mapping(inner: Check) -> Check:
    """Accept an object with any names, whose values the inner check accepts."""

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path}: {_expected('an object', value)}"
            return
        for name, item in value.items():
            yield from inner(item, f"{path}.{name}")

    return check


def nullable(inner: Check) -> Check:
    """Accept null, too."""

    def check(value: object, path: str) -> Iterator[str]:
        if value is not None:
            yield from inner(value, path)

    return check


def record(
    required: Mapping[str, Check],
    *,
    optional: Mapping[str, Check] | None = None,
    missing: str = "is required",
    tolerant: bool = False,
) -> Check:
    """Accept an object that has every required member and none that is not named.

    Args:
        required: The checks of the members that it has to have.
        optional: The checks of those that it may have.
        missing: What is said of a required one that it does not have.
        tolerant: Whether it may have members that are not named.
    """
    members = {**required, **(optional or {})}

    def check(value: object, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path or 'body'}: {_expected('an object', value)}"
            return
        prefix = f"{path}." if path else ""
        for name in required:
            if name not in value:
                yield f"{prefix}{name}: {missing}"
        for name, member in value.items():
            if name in members:
                yield from members[name](member, f"{prefix}{name}")
            elif not tolerant:
                yield f"{prefix}{name}: is unknown"

    return check


def _expected(kind: str, value: object) -> str:
    return "must not be null" if value is None else f"must be {kind}"
