"""An action, and the requests that it is for."""

import threading
from typing import Any

from pulumi_switchboard.emulator.faults.action import Action, require
from pulumi_switchboard.emulator.faults.gate import Gate
from pulumi_switchboard.emulator.faults.place import Candidate, Place

_SETTLE_SECONDS = 5


class Fault:
    """One fault that was injected. It can be used from any thread.

    Its turn has come from the `nth` matching request on, until it has acted on `times` requests.

    Raises:
        ValueError: The numbers are below 1, or the action is not for the method.
    """

    def __init__(
        self, identifier: str, place: Place, action: Action, *, nth: int, times: int | None, where: str
    ) -> None:
        require(nth >= 1, "nth: must be 1 or more")
        require(times is None or times >= 1, "times: must be 1 or more, or null for every request")
        require(
            action.method in {None, place.method},
            f"at: {type(action).__name__} acts on {action.method} only; begin with that method",
        )
        self.id = identifier
        self.action = action
        self.gate = Gate()
        """Open once the fault is released."""

        self._place = place
        self._nth = nth
        self._times = None if action.always else times
        self._where = where
        self._chooses = action.chooser()
        self._changed = threading.Condition()
        self._seen = self._taken = self._fired = self._playing = 0

    @property
    def fired(self) -> int:
        """How many requests it has acted on."""
        with self._changed:
            return self._fired

    def notice(self, candidate: Candidate) -> bool:
        """Count a request if it matches, and say whether this fault's turn has come."""
        if not (self._place.has(candidate) and any(self._where in text for text in candidate.texts)):
            return False
        with self._changed:
            self._seen += 1
            return self._seen >= self._nth and (self._times is None or self._taken < self._times)

    def take(self) -> bool:
        """Take the request that was noticed last, unless the action leaves it alone; `done` must follow."""
        if not self._chooses():
            return False
        with self._changed:
            self._taken += 1
            self._playing += 1
        return True

    def fire(self) -> None:
        """Note that it acts on a request now."""
        with self._changed:
            self._fired += 1
            self._changed.notify_all()

    def skip(self) -> None:
        """Note that it leaves the request that it took alone, and takes another one instead."""
        with self._changed:
            self._taken -= 1

    def done(self) -> None:
        """Note that the request it took is over."""
        with self._changed:
            self._playing -= 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait until it has fired.

        Raises:
            TimeoutError: It did not within this time.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._fired, seconds):
                raise TimeoutError(f"{self} did not fire within {seconds:g} s; {self._seen} requests matched")

    def release(self) -> None:
        """Let requests go on, and wait until those that it took are over. Never call it in an event loop."""
        self.gate.open()
        with self._changed:
            self._changed.wait_for(lambda: not self._playing, _SETTLE_SECONDS)

    def as_json(self) -> dict[str, Any]:
        """Return it as the control API shows it."""
        return {
            "id": self.id,
            "at": self._place.text,
            "nth": self._nth,
            "times": self._times,
            "where": self._where,
            "do": self.action.as_json(),
            "fired": self.fired,
        }

    def __str__(self) -> str:
        where = f" where {self._where!r}" if self._where else ""
        return f"{self.action} at '{self._place.text}' (nth={self._nth}{where})"
