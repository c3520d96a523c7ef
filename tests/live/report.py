"""What has happened in a run, step by step, and how an object differs from the emulator's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pulumi_switchboard.runtime.call import CallFailedError

from tests.conformance.resource import CallError, NotModelledError

KINDS = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}


class StoppedError(Exception):
    """The life of the type does not go on; the report says why."""


class SkippedError(Exception):
    """The account does not have what the type needs."""


@dataclass(frozen=True)
class Row:
    """A row of the report."""

    type: str
    step: str
    result: str
    detail: str = ""


@dataclass
class Report:
    """The rows so far."""

    tell: Callable[[Row], None] = lambda _: None
    is_interrupted: Callable[[], bool] = lambda: False
    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Keep a row, and show it at once."""
        self.rows.append(row)
        self.tell(row)

    @contextmanager
    def step(self, type: str, name: str, *, must_run: bool = False) -> Iterator[None]:
        """Take a step: nothing goes on if it fails. A clean-up runs after an interruption, too."""
        if self.is_interrupted() and not must_run:
            self.add(Row(type, name, "skipped", "interrupted"))
            raise StoppedError
        try:
            yield
        except (SkippedError, CallError, CallFailedError, NotModelledError) as error:
            result = "skipped" if isinstance(error, SkippedError) else "failed"
            self.add(Row(type, name, result, str(error)))
            raise StoppedError from None
        self.add(Row(type, name, "passed"))


def differences(vendor: Any, emulator: Any) -> list[str]:
    """A line for each member that only one of them has, or that is of another kind, without values."""
    theirs, ours = dict(_kinds(vendor)), dict(_kinds(emulator))
    return [
        f"{path}: the vendor shows {theirs.get(path, 'nothing')}, the emulator {ours.get(path, 'nothing')}"
        for path in dict.fromkeys([*theirs, *ours])
        if theirs.get(path) != ours.get(path)
    ]


def without_empty(value: Any) -> Any:
    """The value without members that hold nothing."""
    if isinstance(value, Mapping):
        return {name: without_empty(item) for name, item in value.items() if item not in (None, "", [], {})}
    return value or None


def _kinds(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    yield path, KINDS.get(type(value), "null")
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _kinds(item, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list) and value:
        yield from _kinds(value[0], f"{path}[]")
