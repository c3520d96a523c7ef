"""A clock that stands still, save when someone sleeps."""

from __future__ import annotations

from pulumi_switchboard.moment import Moment


class Clock:
    """The time."""

    def __init__(self) -> None:
        self.time = 1000.0

    def sleep(self, seconds: float) -> None:
        """Move the time on."""
        self.time += seconds

    def moment(self, seconds: float = 600.0) -> Moment:
        """The time of a call of this length that starts now."""
        return Moment(lambda: self.time, self.sleep, self.time + seconds)
