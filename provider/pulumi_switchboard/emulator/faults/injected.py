"""A fault as a test holds it."""

from collections.abc import Sequence
from types import TracebackType
from typing import final

from pulumi_switchboard.emulator.faults.fault import Fault
from pulumi_switchboard.emulator.faults.plan import Plan


class NeverFiredError(AssertionError):
    """Faults were injected that hit no request, so that the test has not shown what it meant to."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"never fired: {'; '.join(map(str, faults))}")


@final
class Injected:
    """A fault that was injected. As a context manager, it is removed at the end, and must have fired.

    Raises:
        NeverFiredError: At the end of the block, which no exception ended: it never fired.
    """

    def __init__(self, fault: Fault, plan: Plan) -> None:
        self._fault = fault
        self._plan = plan

    @property
    def id(self) -> str:
        """Its id for the control API."""
        return self._fault.id

    @property
    def fired(self) -> int:
        """How many requests it has acted on."""
        return self._fault.fired

    def wait(self, seconds: float = 120.0) -> None:
        """Wait until it has fired at least once; one that holds or stalls fires when the request waits.

        Raises:
            TimeoutError: It did not fire within this time.
        """
        self._fault.wait(seconds)

    def release(self) -> None:
        """Let held and stalled requests go on, now and in future, and end an outage.

        When it returns, the requests that it held are answered, and connections are accepted again.
        """
        self._fault.release()

    def remove(self, *, may_be_idle: bool = False) -> None:
        """Forget and release it.

        If it never fired, that is an error at the end of the emulator, unless it `may_be_idle`.
        """
        self._plan.remove(self._fault, may_be_idle=may_be_idle)

    def __enter__(self) -> "Injected":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove(may_be_idle=True)
        if kind is None and not self.fired:
            raise NeverFiredError([self._fault])
