"""Too many requests."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from pulumi_switchboard.emulator.faults.action import Action, require
from pulumi_switchboard.emulator.faults.answers import Answer
from pulumi_switchboard.emulator.faults.stage import Stage

_TOO_MANY = 429


class Bucket:
    """Tokens, full at first, that come back with time.

    Args:
        per_second: How many tokens come back in a second.
        burst: How many there can be.
        clock: The time in seconds.
    """

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens = float(burst)
        self._counted = clock()

    def is_empty(self) -> bool:
        """Take a token, and say whether there was none."""
        with self._lock:
            now = self._clock()
            self._tokens = min(self._burst, self._tokens + (now - self._counted) * self._per_second)
            self._counted = now
            if self._tokens < 1:
                return True
            self._tokens -= 1
            return False


@dataclass(frozen=True)
class RateLimit(Action):
    """Answers 429 in the vendor's shape to the matching requests beyond a rate, and does not process them.

    Those within the rate are left to other faults, or to the vendor.
    """

    always = True

    per_second: float
    """How many requests a second are let through in the long run."""

    burst: int = 1
    """How many are let through at once after a time without any."""

    retry_after: int | float | str | None = None
    """The header `Retry-After` of the 429, in seconds or as any text; None for none."""

    kind: Literal["rate_limit"] = field(default="rate_limit", kw_only=True, repr=False)
    """Its name in JSON."""

    def __post_init__(self) -> None:
        require(0 < self.per_second < float("inf"), "per_second: must be a number above 0")
        require(self.burst >= 1, "burst: must be 1 or more")
        self._answer()

    def chooser(self) -> Callable[[], bool]:
        """Choose the requests for which there is no token."""
        return Bucket(self.per_second, self.burst).is_empty

    async def play(self, stage: Stage) -> None:
        """Answer 429."""
        await self._answer().play(stage)

    def _answer(self) -> Answer:
        return Answer(_TOO_MANY, retry_after=self.retry_after)
