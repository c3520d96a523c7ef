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
from pulumi_switchboard.core.contract import Call, ClientT, Definition, InputsT, Moved, StateT, Unfinished
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.hidden import NEVER_SEEN, OPERATION
from pulumi_switchboard.core.keys import drawn_key
from pulumi_switchboard.core.operations import YOUNG_SECONDS, Accepted, Operation, Watch
from pulumi_switchboard.core.shape import plain
from pulumi_switchboard.errors import (
    CancelledError,
    DeadlineError,
    OperationFailedError,
    SwitchboardError,
    VendorError,
)

CONFLICT = 409
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 3.0
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

        def submit_again() -> Accepted | StateT:
            shown = self.read(call, id)
            if shown is not None and shown.body != live.body:
                raise Moved
            return self.submit_update(call, id, live, inputs, key)

        accepted = _unless_in_conflict(
            call, lambda: self.submit_update(call, id, live, inputs, key), submit_again
        )
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

        def submit() -> Accepted | None:
            return self.submit_delete(call, id, key)

        accepted = _unless_in_conflict(call, submit, submit)
        if accepted is None:
            return
        watch = self.watch(call, accepted.operation_id)
        operation = watch.wait(accepted.retry_after)
        if operation is not None and not operation.failed:
            self._see_it_gone(call, id)
        elif self.read(call, id) is not None:
            raise watch.failure(operation or Operation(accepted.operation_id, "can't be found any more"))

    def _see_it_gone(self, call: Call[ClientT], id: str) -> None:
        """Wait until the object is not shown any more: a create must not take a late view for a live one."""
        try:
            self.shown(call, lambda: None if self.read(call, id) is not None else id, PATIENCE_SECONDS)
        except SwitchboardError as trouble:
            call.progress(f"{id} is deleted, and could not be looked at again: {trouble.summary}")

    def is_open(self, call: Call[ClientT], pending: Mapping[str, Any]) -> bool:
        """See `Definition.is_open`."""
        if OPERATION not in pending:
            return False
        watch = self.watch(call, str(pending[OPERATION]))
        operation = self.shown(call, watch.glance, YOUNG_SECONDS)
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
            watch = self.watch(call, operation_id)
            operation = self._ended(watch, known, still)
            if operation is not None and operation.failed:
                return self._despite(watch.failure(operation), call, id, pending)
        return self.seen(call, id, PATIENCE_SECONDS)

    def _despite(
        self, failure: OperationFailedError, call: Call[ClientT], id: str, pending: Mapping[str, Any]
    ) -> StateT | None:
        """The object that is there although an operation has failed, which the user gets to know."""
        state = self.read(call, id)
        if state is None and NEVER_SEEN in pending:
            raise failure
        call.warn(f"what an earlier run began has failed: {failure}")
        return state

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

    def shown(self, call: Call[ClientT], look: Callable[[], AnyT | None], patience: float) -> AnyT | None:
        """What a look finds, repeated until it finds something or this many seconds are over."""
        ends = call.moment.now() + patience
        looks: Retrying = Retrying(
            retry=retry_if_result(lambda found: found is None),
            stop=lambda _: call.moment.now() >= ends,
            wait=wait_exponential(multiplier=FIRST_PAUSE, max=LONGEST_PAUSE),
            before_sleep=lambda _: call.progress("waiting for the vendor to show what it has done"),
            sleep=call.moment.pause,
            retry_error_callback=lambda _: None,
        )
        return looks(look)

    def watch(self, call: Call[ClientT], operation_id: str) -> Watch:
        """The wait for an operation."""
        return Watch(
            operation_id, lambda: self.look(call, operation_id), call.moment, call.progress, SystemRandom()
        )


def _unless_in_conflict(call: Call[Any], submit: Callable[[], AnyT], again: Callable[[], AnyT]) -> AnyT:
    """What the vendor answers to a write; while another one is in its way, the write waits."""
    conflicts: list[VendorError] = []

    def attempt() -> AnyT:
        try:
            return again() if conflicts else submit()
        except VendorError as error:
            if error.refusal.status == CONFLICT:
                conflicts.append(error)
            raise

    def announce(_: RetryCallState) -> None:
        call.progress(f"another write is in the way, trying again: {conflicts[-1].summary}")

    submitting = Retrying(
        retry=retry_if_exception(lambda error: bool(conflicts) and error is conflicts[-1]),
        wait=wait_exponential_jitter(initial=CONFLICT_PAUSE, max=LONGEST_CONFLICT_PAUSE),
        before_sleep=announce,
        sleep=call.moment.pause,
    )
    try:
        return submitting(attempt)
    except (DeadlineError, CancelledError) as end:
        if conflicts:
            end.facts = (*end.facts, conflicts[-1].summary, *conflicts[-1].facts)
        raise
