"""Strict checks of JSON values and forms.

A check takes a value and its path and yields a line for each problem. It never repeats the value, which could
be a secret. Checks are combined:

    record({"url": text(web_url)}, optional={"method": one_of("GET", "POST")})
    record({"Type": once(text())}, optional={"Filters": clearable(array(text()))})
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from pulumi_switchboard.emulator.request_body import EMPTY

Check: TypeAlias = Callable[[object, str], Iterator[str]]
"""Yields the problems of the value at a path."""

Rule: TypeAlias = Callable[[str], "str | None"]
"""Returns what is wrong with a text, or None."""

UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
"""The pattern of a UUID."""


def _typed(kind: type, expected: str, problems: Callable[[Any, str], Iterable[str]]) -> Check:
    """Accept a value of a JSON type that has none of these problems."""

    def check(value: object, path: str) -> Iterator[str]:
        if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
            yield from problems(value, path)
        else:
            yield f"{path or 'body'}: must {'not be null' if value is None else f'be {expected}'}"

    return check


def text(rule: Rule = lambda _value: None) -> Check:
    """Accept a string that follows the rule."""

    def problems(value: str, path: str) -> Iterator[str]:
        if complaint := rule(value):
            yield f"{path}: {complaint}"

    return _typed(str, "a string", problems)


def one_of(*choices: str) -> Check:
    """Accept one of these strings."""
    return text(lambda value: None if value in choices else f"must be {' or '.join(choices)}")


def integer(*, least: int) -> Check:
    """Accept a whole number of at least this size."""
    too_small = f"must be {least} or more"
    return _typed(int, "an integer", lambda value, path: [f"{path}: {too_small}"] if value < least else [])


def boolean() -> Check:
    """Accept true and false."""
    return _typed(bool, "true or false", lambda _value, _path: ())


def array(inner: Check, *, most: int | None = None) -> Check:
    """Accept a list of values that the inner check accepts, with at most this many."""

    def problems(value: list[object], path: str) -> Iterator[str]:
        if most is not None and len(value) > most:
            yield f"{path}: must have at most {most} items"
        for index, item in enumerate(value):
            yield from inner(item, f"{path}[{index}]")

    return _typed(list, "a list", problems)


def mapping(inner: Check) -> Check:
    """Accept an object with any names, whose values the inner check accepts."""

    def problems(value: dict[str, object], path: str) -> Iterator[str]:
        for name, item in value.items():
            yield from inner(item, f"{path}.{name}")

    return _typed(dict, "an object", problems)


def nullable(inner: Check) -> Check:
    """Accept null and what the inner check accepts."""

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
    """Accept an object that has every required member and no unknown one, unless it is tolerant.

    `missing` is the problem of a required member that is absent.
    """
    members = {**required, **(optional or {})}

    def problems(value: dict[str, object], path: str) -> Iterator[str]:
        prefix = f"{path}." if path else ""
        yield from (f"{prefix}{name}: {missing}" for name in required if name not in value)
        for name, member in value.items():
            if name in members:
                yield from members[name](member, f"{prefix}{name}")
            elif not tolerant:
                yield f"{prefix}{name}: is unknown"

    return _typed(dict, "an object", problems)


def also(inner: Check, rule: Callable[[Any], str | None]) -> Check:
    """Accept what the inner check accepts, if it follows a rule as a whole."""

    def check(value: object, path: str) -> Iterator[str]:
        problems = list(inner(value, path))
        yield from problems
        if not problems and (complaint := rule(value)):
            yield f"{path}: {complaint}"

    return check


def once(inner: Check) -> Check:
    """Accept a form parameter with one value, which the inner check accepts."""

    def check(value: object, path: str) -> Iterator[str]:
        if isinstance(value, list) and len(value) == 1:
            yield from inner(value[0], path)
        else:
            yield f"{path}: must be given once"

    return check


def clearable(inner: Check) -> Check:
    """Accept a form parameter without a value, and what the inner check accepts."""

    def check(value: object, path: str) -> Iterator[str]:
        if value == EMPTY:
            return
        if isinstance(value, list) and "" in value:
            yield f"{path}: must not be empty and have other values"
        yield from inner(value, path)

    return check


def web_url(value: str) -> str | None:
    """Require an http or https URL, without spaces and control characters."""
    try:
        parts = urlsplit(value)
        is_url = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port, or the brackets around an IPv6 address, can be wrong
        is_url = False
    is_clean = value.isprintable() and " " not in value
    return None if is_url and is_clean else "must be an http or https URL"


def not_empty(value: str) -> str | None:
    """Require a text that is not empty."""
    return None if value else "must not be empty"


def at_most(length: int) -> Rule:
    """Require a text of at most this length."""
    return lambda value: None if len(value) <= length else f"must have at most {length} characters"


def matching(pattern: str) -> Rule:
    """Require a text that the regular expression matches completely."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: None if compiled.fullmatch(value) else f"must match ^{pattern}$"


def both(first: Rule, second: Rule) -> Rule:
    """Require a text that follows both rules."""
    return lambda value: first(value) or second(value)
