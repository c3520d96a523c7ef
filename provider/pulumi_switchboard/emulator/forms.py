"""Request bodies that are forms, and strict checks of their parameters.

A form is a mapping of names to the values given to them, in their order. Names may have dots
(`AutoCreation.Enabled`); they mean nothing here. Checks are those of `pulumi_switchboard.emulator.schema`:

    record({"Type": once(text())}, optional={"Filters": clearable(array(text()))})
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import parse_qsl

from pulumi_switchboard.emulator.schema import Check

Form: TypeAlias = dict[str, list[str]]
"""The values of a form by the names of its parameters; each has at least one."""

FORM = "application/x-www-form-urlencoded"
"""The media type."""

EMPTY = [""]
"""What a parameter is that has nothing behind its equals sign."""


def parse_form(body: bytes) -> Form:
    """Return what a body says.

    Raises:
        ValueError: It is no form, or not in UTF-8.
    """
    form: defaultdict[str, list[str]] = defaultdict(list)
    if body:
        for name, value in parse_qsl(
            body.decode(), keep_blank_values=True, strict_parsing=True, errors="strict"
        ):
            form[name].append(value)
    return dict(form)


def once(inner: Check) -> Check:
    """Accept a parameter that has one value, which the inner check accepts."""

    def check(value: object, path: str) -> Iterator[str]:
        match value:
            case [only]:
                yield from inner(only, path)
            case _:
                yield f"{path}: must be given once"

    return check


def clearable(inner: Check) -> Check:
    """Accept a parameter that is empty, too, but none with an empty value among others."""

    def check(value: object, path: str) -> Iterator[str]:
        if value == EMPTY:
            return
        if isinstance(value, list) and "" in value:
            yield f"{path}: must not be empty and have other values"
        yield from inner(value, path)

    return check
