"""A clock that stands still, save when someone sleeps."""

from __future__ import annotations

from pulumi_switchboard.deadline import Deadline


class Clock:
    """The time."""

    def __init__(self) -> None:
        self.time = 1000.0

    def sleep(self, seconds: float) -> None:
        """Move the time on."""
        self.time += seconds

    def deadline(self, seconds: float = 600.0) -> Deadline:
        """The time of a call of this length that starts now."""
        return Deadline(lambda: self.time, lambda: self.time, self.sleep, self.time + seconds)
