"""The state of this provider process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.clock import SystemClock
from pulumi_switchboard.dynamic import host
from pulumi_switchboard.runtime.engine_log import connect
from pulumi_switchboard.runtime.engine_watch import end_with_engine
from pulumi_switchboard.runtime.process import Process

__all__ = ["Process", "begin", "configure", "current", "new_process"]


def new_process() -> Process:
    """A process that has just started."""
    return Process(SystemClock(), lambda: connect(host.engine_address()))


_process = new_process()


def current() -> Process:
    """The state of this process."""
    return _process


def begin(process: Process) -> None:
    """Replace the state of the process, as if it had just started.

    Only tests do so: with a clock and an engine of their own, they play many processes in one.
    """
    global _process  # noqa: PLW0603 - the one place where it changes
    _process = process


def configure(config: Mapping[str, Any]) -> None:
    """Take the settings, and prepare the host at the first time; the host calls this once for each type."""
    process = current()
    if process.configure(config):
        host.widen()
        host.on_cancel(process.cancel)
        end_with_engine(host.engine_address(), lambda: process.is_idle)
