"""Whether a program runs with Pulumi's engine, and what it needs once in such a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.settings import get_monitor

ValueT = TypeVar("ValueT")


class NoEngineError(pulumi.RunError, SystemExit):
    """The program runs without Pulumi's engine.

    Python ends with the text of a SystemExit, without a traceback. Code that handles the errors of a part of
    it, as a server does, handles this one as well.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.code = text


def require_engine() -> None:
    """End a program that declares resources although there is no engine to manage them.

    Raises:
        NoEngineError: There is neither an engine nor one of Pulumi's mocks.
    """
    if get_monitor() is None:
        raise NoEngineError(
            "this program declares resources for Pulumi: run it with `pulumi up` "
            "(in a unit test, call `pulumi.runtime.set_mocks` first)"
        )


def once_per_run(make: Callable[[], ValueT]) -> Callable[[], ValueT]:
    """The function with a memory: in each run of a program it is called once, and its value is kept."""
    values: WeakKeyDictionary[Any, ValueT] = WeakKeyDictionary()

    def kept() -> ValueT:
        run = get_monitor()
        if run not in values:
            values[run] = make()
        return values[run]

    return kept
