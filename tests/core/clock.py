"""A clock that only moves when someone sleeps."""

from __future__ import annotations

from dataclasses import dataclass, field

from pulumi_switchboard.moment import Moment


@dataclass
class Clock:
    """A clock that stands still, save when someone sleeps."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)
    is_stopped: bool = False
    """Whether the calls were told to stop."""

    def now(self) -> float:
        """The time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Move the time on."""
        self.slept.append(seconds)
        self.time += seconds

    def moment(self, seconds: float = 600.0) -> Moment:
        """The time of a call of this length that starts now."""
        return Moment(self.now, self.sleep, self.time + seconds, lambda: self.is_stopped, self.now)
