"""How long a call may take, and how it waits: the only clock and the only sleep there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pulumi_switchboard.errors import DeadlineError

DEFAULT_SECONDS = 600.0
"""The time a call has where the resource sets no `custom_timeouts`."""


@dataclass(frozen=True)
class Moment:
    """The time at hand for one call: everything beneath the call ends when it is over."""

    now: Callable[[], float]
    sleep: Callable[[float], None]
    ends: float

    def left(self) -> float:
        """Seconds until the end, never negative."""
        return max(0.0, self.ends - self.now())

    def pause(self, seconds: float) -> None:
        """Wait, but never beyond the end: a call whose time is over stops here."""
        self.sleep(min(seconds, self.left()))
        if self.left() <= 0.0:
            raise DeadlineError(
                "the time given to this call is over",
                remedy="raise custom_timeouts of the resource, then run `pulumi up` again",
            )
