"""Types whose writes the vendor accepts at first and carries out later: each verb waits for the end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from random import SystemRandom
from typing import Any, TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    retry_if_result,
    wait_exponential,
    wait_exponential_jitter,
)

from pulumi_switchboard.core.asking import PATIENCE_SECONDS, Asking
from pulumi_switchboard.core.contract import Call, ClientT, Definition, InputsT, StateT, Unfinished
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.hidden import OPERATION
from pulumi_switchboard.core.keys import drawn_key
from pulumi_switchboard.core.operations import Accepted, Operation, Watch
from pulumi_switchboard.core.shape import plain
from pulumi_switchboard.errors import (
    CancelledError,
    DeadlineError,
    SwitchboardError,
    VendorError,
)

CONFLICT = 409
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 3.0
CLOCK_SECONDS = 1.5
"""The vendor tells the time in whole seconds."""
CONFLICT_PAUSE = 1.0
LONGEST_CONFLICT_PAUSE = 10.0

AnyT = TypeVar("AnyT")


class Operated(Definition[InputsT, StateT, ClientT]):
    """A type whose writes are operations. Its own verbs only submit, look and read."""

    @abstractmethod
    def submit_create(self, call: Call[ClientT], inputs: InputsT, key: str) -> Accepted | StateT:
        """Ask for the object; the same key twice is answered twice with the same."""

    @abstractmethod
    def submit_update(
        self, call: Call[ClientT], id: str, live: StateT, inputs: InputsT, key: str
    ) -> Accepted | StateT:
        """Ask for the change of the live object; drop no member of it."""

    @abstractmethod
    def submit_delete(self, call: Call[ClientT], id: str, key: str) -> Accepted | None:
        """Ask for the end of the object."""

    @abstractmethod
    def look(self, call: Call[ClientT], operation_id: str) -> Operation:
        """The operation as it is now."""

    @abstractmethod
    def named(self, call: Call[ClientT], inputs: InputsT) -> list[StateT]:
        """All objects that have the name of this one."""

    @abstractmethod
    def made_at(self, state: StateT) -> float | None:
        """When the object was made, by the vendor's clock."""

    @abstractmethod
    def expected(self, call: Call[ClientT], id: str, inputs: InputsT) -> StateT:
        """The object as far as it is known before the vendor shows it."""

    def create(self, call: Call[ClientT], inputs: InputsT) -> StateT:
        """Make the object, or find the one that an earlier run has made: the key tells."""
        made: StateT = Asking(self, call, inputs).ask()
        return made

    def update(self, call: Call[ClientT], id: str, live: StateT, inputs: InputsT) -> StateT:
        """Change the object, and wait until it is changed."""
        key = drawn_key()
        accepted = _unless_in_conflict(call, lambda: self.submit_update(call, id, live, inputs, key))
        if not isinstance(accepted, Accepted):
            return accepted
        watch = self.watch(call, accepted.operation_id)
        pending = {OPERATION: accepted.operation_id}
        operation = self._ended(watch, live, pending, accepted.retry_after)
        try:
            state = self.read(call, id) or live
        except SwitchboardError as trouble:
            raise Unfinished(live, trouble) from None
        if operation is not None and operation.failed:
            failure = watch.failure(operation)
            if changed(self.inputs, plain(state), plain(live)):
                raise Unfinished(state, failure)
            raise failure
        return state

    def delete(self, call: Call[ClientT], id: str, known: StateT) -> None:  # noqa: ARG002 - the id tells all
        """Delete the object, and wait until it is gone."""
        key = drawn_key()
        accepted = _unless_in_conflict(call, lambda: self.submit_delete(call, id, key))
        if accepted is None:
            return
        watch = self.watch(call, accepted.operation_id)
        operation = watch.wait(accepted.retry_after)
        if (operation is None or operation.failed) and self.read(call, id) is not None:
            raise watch.failure(operation or Operation(accepted.operation_id, "can't be found any more"))

    def is_open(self, call: Call[ClientT], pending: Mapping[str, Any]) -> bool:
        """See `Definition.is_open`."""
        if OPERATION not in pending:
            return False
        operation = self.watch(call, str(pending[OPERATION])).glance()
        return operation is not None and not operation.is_over

    def resume(
        self, call: Call[ClientT], id: str, known: StateT, pending: Mapping[str, Any]
    ) -> StateT | None:
        """See `Definition.resume`."""
        if OPERATION in pending:
            operation_id = str(pending[OPERATION])
            call.warn(
                f"an earlier run has left the operation {operation_id} on {id} unfinished: it is waited for"
            )
            still = {name: value for name, value in pending.items() if name != "reason"}
            operation = self._ended(self.watch(call, operation_id), known, still)
            if operation is not None and operation.failed:
                return self.read(call, id)
        return self.seen(call, id, PATIENCE_SECONDS)

    def _ended(
        self, watch: Watch, known: StateT, pending: Mapping[str, Any], first: float | None = None
    ) -> Operation | None:
        """The operation once it is over; what is known of the object goes to state if it isn't."""
        try:
            return watch.wait(first)
        except SwitchboardError as end:
            raise Unfinished(known, end, pending) from None

    def seen(self, call: Call[ClientT], id: str, patience: float) -> StateT | None:
        """The object, which the vendor may show a little later than it says; None if it does not."""
        return self.shown(call, lambda: self.read(call, id), patience)

    def shown(self, call: Call[ClientT], look: Callable[[], StateT | None], patience: float) -> StateT | None:
        """What a look finds, repeated until it finds something or this many seconds are over."""
        ends = call.moment.now() + patience
        looks: Retrying = Retrying(
            retry=retry_if_result(lambda state: state is None),
            stop=lambda _: call.moment.now() >= ends,
            wait=wait_exponential(multiplier=FIRST_PAUSE, max=LONGEST_PAUSE),
            before_sleep=lambda _: call.progress("waiting for the object to be shown"),
            sleep=call.moment.pause,
            retry_error_callback=lambda _: None,
        )
        return looks(look)

    def watch(self, call: Call[ClientT], operation_id: str) -> Watch:
        """The wait for an operation."""
        return Watch(
            operation_id, lambda: self.look(call, operation_id), call.moment, call.progress, SystemRandom()
        )


def _unless_in_conflict(call: Call[Any], submit: Callable[[], AnyT]) -> AnyT:
    """What the vendor answers to a write; while another one is in its way, the write waits."""

    def is_conflict(error: BaseException) -> bool:
        return isinstance(error, VendorError) and error.refusal.status == CONFLICT

    def announce(state: RetryCallState) -> None:
        call.progress(f"another write is in the way, trying again: {_summary(state)}")

    submitting = Retrying(
        retry=retry_if_exception(is_conflict),
        wait=wait_exponential_jitter(initial=CONFLICT_PAUSE, max=LONGEST_CONFLICT_PAUSE),
        before_sleep=announce,
        sleep=call.moment.pause,
    )
    last: VendorError | None = None

    def attempt() -> AnyT:
        nonlocal last
        try:
            return submit()
        except VendorError as error:
            last = error
            raise

    try:
        return submitting(attempt)
    except (DeadlineError, CancelledError) as end:
        if last is None:
            raise
        end.facts = (*end.facts, str(last))
        raise


def _summary(state: RetryCallState) -> str:
    error = state.outcome.exception() if state.outcome else None
    return error.summary if isinstance(error, SwitchboardError) else ""
