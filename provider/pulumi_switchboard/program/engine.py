"""Whether a program runs with Pulumi's engine."""

from __future__ import annotations

import pulumi
from pulumi.runtime.settings import get_monitor


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
