"""Types whose writes the vendor accepts at first and carries out later: each verb waits for the end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import SystemRandom
from typing import Any, Generic, TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    retry_if_result,
    stop_after_attempt,
    wait_exponential,
    wait_exponential_jitter,
)

from pulumi_switchboard.core.contract import Call, ClientT, Definition, Existing, InputsT, StateT, Unfinished
from pulumi_switchboard.core.difference import changed
from pulumi_switchboard.core.fields import Replaces, marked
from pulumi_switchboard.core.ground import id_of
from pulumi_switchboard.core.hidden import NEVER_SEEN
from pulumi_switchboard.core.keys import LONGEST_CHAIN, drawn_key, key_of
from pulumi_switchboard.core.operations import Accepted, Operation, Watch
from pulumi_switchboard.core.shape import plain
from pulumi_switchboard.errors import (
    CancelledError,
    ConflictError,
    DeadlineError,
    SwitchboardError,
    VendorError,
)

OPERATION = "operation"
"""In what is pending: the operation that goes on."""
CONFLICT = 409
LOOKS = 5
FIRST_PAUSE = 0.2
CLOCK_SECONDS = 1.5
"""The vendor tells the time in whole seconds."""
CONFLICT_PAUSE = 1.0
LONGEST_CONFLICT_PAUSE = 10.0

AnyT = TypeVar("AnyT")


@dataclass(frozen=True)
class _Attempt(Generic[StateT]):
    """What came of asking for an object with one key."""

    state: StateT | None
    """The object, if there is one that can be used."""
    in_the_way: str = ""
    """The object or operation of an earlier run that makes the key useless."""
    is_old: bool = False
    """Whether an earlier run has made the object."""


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
        key = key_of(call.identity) if call.identity else drawn_key()
        for _ in range(LONGEST_CHAIN):
            attempt = self._attempt(call, inputs, key)
            if attempt.state is not None and attempt.is_old:
                raise Existing(
                    attempt.state, f"{id_of(attempt.state)} was made for this resource by an earlier run"
                )
            if attempt.state is not None:
                return attempt.state
            key = key_of(key, attempt.in_the_way)
        raise ConflictError(
            f"{LONGEST_CHAIN} objects or operations of earlier runs are in the way of the create",
            remedy="wait a day, after which the vendor forgets them, or give the resource another name",
        )

    def update(self, call: Call[ClientT], id: str, live: StateT, inputs: InputsT) -> StateT:
        """Change the object, and wait until it is changed."""
        key = drawn_key()
        accepted = _unless_in_conflict(call, lambda: self.submit_update(call, id, live, inputs, key))
        if not isinstance(accepted, Accepted):
            return accepted
        watch = self._watch(call, accepted.operation_id)
        pending = {OPERATION: accepted.operation_id}
        operation = self._ended(watch, live, pending, accepted.retry_after)
        if operation is not None and operation.failed:
            raise watch.failure(operation)
        return self.read(call, id) or live

    def delete(self, call: Call[ClientT], id: str, known: StateT) -> None:  # noqa: ARG002 - the id tells all
        """Delete the object, and wait until it is gone."""
        key = drawn_key()
        accepted = _unless_in_conflict(call, lambda: self.submit_delete(call, id, key))
        if accepted is None:
            return
        watch = self._watch(call, accepted.operation_id)
        operation = watch.wait(accepted.retry_after)
        if (operation is None or operation.failed) and self.read(call, id) is not None:
            raise watch.failure(operation or Operation(accepted.operation_id, "can't be found any more"))

    def is_open(self, call: Call[ClientT], pending: Mapping[str, Any]) -> bool:
        """See `Definition.is_open`."""
        if OPERATION not in pending:
            return False
        operation = self._watch(call, str(pending[OPERATION])).glance()
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
            self._ended(self._watch(call, operation_id), known, still)
        return self._seen(call, id)

    def _attempt(self, call: Call[ClientT], inputs: InputsT, key: str) -> _Attempt[StateT]:
        """Ask for the object with this key, and wait for what comes of it."""
        asked_at = call.moment.now()
        accepted = self.submit_create(call, inputs, key)
        if not isinstance(accepted, Accepted):
            return _Attempt(accepted)
        took = call.moment.now() - asked_at
        watch = self._watch(call, accepted.operation_id)
        operation = self._made(call, inputs, watch, accepted)
        is_old = _is_older(watch.seen, accepted, took)
        if operation is not None and operation.failed:
            if not is_old:
                raise watch.failure(operation)
            return _Attempt(None, operation.id)
        made = accepted.object_id or (operation.object_id if operation else None)
        state = self._seen(call, made, once=is_old) if made is not None else None
        if state is None and (made is None or not is_old):
            state = self._named(call, inputs, watch.seen)
        if state is None:
            expected = self.expected(call, made, inputs) if made is not None and not is_old else None
            return _Attempt(expected, made or accepted.operation_id)
        differing = changed(self.inputs, plain(state), plain(inputs))
        if not call.is_free(id_of(state)) or set(differing) & set(marked(self.inputs, Replaces)):
            return _Attempt(None, id_of(state))
        return _Attempt(state, is_old=is_old or bool(differing))

    def _named(self, call: Call[ClientT], inputs: InputsT, operation: Operation | None) -> StateT | None:
        """The object that an operation has made whose answer names none: by its name, and not older."""
        began = operation.created_at if operation is not None else None
        found = [
            state
            for state in self.named(call, inputs)
            if call.is_free(id_of(state))
            and (began is None or (self.made_at(state) or began) >= began - CLOCK_SECONDS)
        ]
        if len(found) > 1:
            ids = " and ".join(id_of(state) for state in found)
            raise ConflictError(
                f"{ids} have the same name, and the vendor does not say which of them was made just now",
                remedy="give the resource a name of its own",
            )
        return found[0] if found else None

    def _made(
        self, call: Call[ClientT], inputs: InputsT, watch: Watch, accepted: Accepted
    ) -> Operation | None:
        """The operation of a create, once it is over; what is known of the object is not lost if it isn't."""
        try:
            return watch.wait(accepted.retry_after)
        except SwitchboardError as end:
            made = accepted.object_id or (watch.seen.object_id if watch.seen else None)
            if made is None:
                raise
            pending = {OPERATION: accepted.operation_id, NEVER_SEEN: True}
            raise Unfinished(self.expected(call, made, inputs), end, pending) from None

    def _ended(
        self, watch: Watch, known: StateT, pending: Mapping[str, Any], first: float | None = None
    ) -> Operation | None:
        """The operation once it is over; what is known of the object goes to state if it isn't."""
        try:
            return watch.wait(first)
        except SwitchboardError as end:
            raise Unfinished(known, end, pending) from None

    def _seen(self, call: Call[ClientT], id: str, *, once: bool = False) -> StateT | None:
        """The object, which the vendor may show a little later than it says; None if it does not."""
        looks: Retrying = Retrying(
            retry=retry_if_result(lambda state: state is None),
            stop=stop_after_attempt(1 if once else LOOKS),
            wait=wait_exponential(multiplier=FIRST_PAUSE),
            sleep=call.moment.pause,
            retry_error_callback=lambda _: None,
        )
        try:
            return looks(lambda: self.read(call, id))
        except DeadlineError:
            return None

    def _watch(self, call: Call[ClientT], operation_id: str) -> Watch:
        return Watch(
            operation_id, lambda: self.look(call, operation_id), call.moment, call.progress, SystemRandom()
        )


def _is_older(seen: Operation | None, accepted: Accepted, took: float) -> bool:
    """Whether the operation began before it was asked for: then the vendor has repeated an earlier answer."""
    if seen is None or seen.created_at is None or accepted.answered_at is None:
        return False
    return seen.created_at < accepted.answered_at - took - CLOCK_SECONDS


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
