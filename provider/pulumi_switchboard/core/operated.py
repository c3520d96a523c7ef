"""Types whose writes the vendor accepts at first and carries out later: each verb waits for the end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from random import SystemRandom
from typing import Any, ClassVar

from pulumi_switchboard.core.asking import Asking
from pulumi_switchboard.core.conflict import unless_in_conflict
from pulumi_switchboard.core.contract import Call, ClientT, Definition, InputsT, Moved, StateT, Unfinished
from pulumi_switchboard.core.ground import id_of
from pulumi_switchboard.core.looking import LAST_LOOK_SECONDS, PATIENCE_SECONDS, looked
from pulumi_switchboard.core.operations import YOUNG_SECONDS, Accepted, Operation, Watch, is_lasting
from pulumi_switchboard.core.order import LOOK_AGAIN
from pulumi_switchboard.errors import OperationFailedError, SwitchboardError, VendorError
from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.state_keys import NEVER_SEEN, OPERATION, SINCE

LOST_SECONDS = 600.0
"""How long after it was asked for an object may come still, though the vendor does not know the operation."""


class Operated(Definition[InputsT, StateT, ClientT]):
    """A type whose writes are operations. Its own verbs only submit, look and read."""

    can_be_found: ClassVar[bool] = False

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

        def submit(key: str) -> Accepted | StateT:
            return self.submit_update(call, id, live, inputs, key)

        def submit_again(key: str) -> Accepted | StateT:
            shown = self.read(call, id)
            if shown is not None and shown.body != live.body:
                raise Moved
            return submit(key)

        accepted = unless_in_conflict(call, submit, submit_again)
        if not isinstance(accepted, Accepted):
            return accepted
        watch = self.watch(call, accepted.operation_id)
        try:
            operation = watch.wait(accepted.retry_after)
        except SwitchboardError as end:
            raise Unfinished(live, end, {OPERATION: watch.operation_id}) from None
        with call.deadline.overtime(LAST_LOOK_SECONDS):
            return self._changed(call, live, inputs, watch, operation)

    def _changed(
        self,
        call: Call[ClientT],
        live: StateT,
        inputs: InputsT,
        watch: Watch,
        operation: Operation | None,
    ) -> StateT:
        """The object after the operation that was to change it."""
        failure = watch.failure(operation) if operation is not None and operation.failed else None

        def differs(state: StateT) -> bool:
            return bool(changed_fields(self.inputs, to_bag(state), to_bag(inputs)))

        def is_new(state: StateT) -> bool:
            return state.body != live.body or not differs(state)

        try:
            state = looked(
                call,
                lambda: self.read(call, id_of(live)) or live,
                is_new,
                0.0 if failure else PATIENCE_SECONDS,
            )
        except SwitchboardError as trouble:
            if failure is not None:
                failure.add(f"what the object is like now is not known: {trouble.summary}")
                raise failure from None
            trouble.add(watch.account())
            raise Unfinished(live, trouble, {OPERATION: watch.operation_id}) from None
        if failure is not None and changed_fields(self.inputs, to_bag(state), to_bag(live)):
            raise Unfinished(state, failure)
        if failure is not None:
            raise failure
        if operation is None and differs(state):
            unknown = watch.unknown("run `pulumi up` again: it makes the change if that is not there by then")
            raise Unfinished(state, unknown, {OPERATION: watch.operation_id})
        return state

    def delete(self, call: Call[ClientT], id: str, known: StateT) -> None:  # noqa: ARG002 - the id tells all
        """Delete the object, and wait until it is gone."""
        accepted = unless_in_conflict(call, lambda key: self.submit_delete(call, id, key))
        if accepted is None:
            return
        watch = self.watch(call, accepted.operation_id)
        operation = watch.wait(accepted.retry_after)
        with call.deadline.overtime(LAST_LOOK_SECONDS):
            self._see_it_gone(call, id, watch, operation)

    def _see_it_gone(self, call: Call[ClientT], id: str, watch: Watch, operation: Operation | None) -> None:
        """Wait until the object is not shown any more: a create must not take a late view for a live one."""
        unknown = Operation(watch.operation_id, "can't be found any more")
        failure = watch.failure(operation or unknown) if operation is None or operation.failed else None
        patience = 0.0 if operation is not None and operation.failed else PATIENCE_SECONDS
        try:
            shown = looked(call, lambda: self.read(call, id), lambda state: state is None, patience)
        except SwitchboardError as trouble:
            said = f"{id} could not be looked at again: {trouble.summary}"
            if failure is not None:
                failure.add(said)
                raise failure from None
            call.progress(said)
            return
        if shown is not None and failure is not None:
            raise failure

    def is_open(self, call: Call[ClientT], pending: Mapping[str, Any]) -> bool:
        """See `Definition.is_open`."""
        if OPERATION not in pending:
            return False
        watch = self.watch(call, str(pending[OPERATION]))
        try:
            operation = looked(call, watch.glance, lambda seen: seen is not None, YOUNG_SECONDS)
        except VendorError as refused:
            if not is_lasting(refused):
                raise
            return False
        return operation is not None and not operation.is_over

    def resume(
        self, call: Call[ClientT], id: str, known: StateT, pending: Mapping[str, Any]
    ) -> StateT | None:
        """See `Definition.resume`."""
        if OPERATION not in pending:
            return self.seen(call, (id,), PATIENCE_SECONDS)
        watch = self.watch(call, str(pending[OPERATION]))
        call.warn(
            f"an earlier run has left the operation {watch.operation_id} on {id} unfinished: it is waited for"
        )
        still = {name: value for name, value in pending.items() if name != "reason"}
        refused: VendorError | None = None
        try:
            operation = watch.wait()
        except SwitchboardError as end:
            if not isinstance(end, VendorError) or not is_lasting(end):
                raise Unfinished(known, end, still) from None
            operation, refused = None, end
        with call.deadline.overtime(LAST_LOOK_SECONDS):
            if operation is not None and operation.failed:
                return self._despite(watch.failure(operation), call, id, pending)
            further = operation.object_ids if operation is not None and NEVER_SEEN in pending else ()
            state = self.seen(call, (id, *further), PATIENCE_SECONDS)
        if (
            state is None
            and operation is None
            and call.deadline.time() < pending.get(SINCE, 0.0) + LOST_SECONDS
        ):
            raise Unfinished(known, refused or watch.unknown(LOOK_AGAIN), still)
        return state

    def _despite(
        self, failure: OperationFailedError, call: Call[ClientT], id: str, pending: Mapping[str, Any]
    ) -> StateT | None:
        """The object that is there although an operation has failed, which the user gets to know."""
        state = self.read(call, id)
        if state is None and NEVER_SEEN in pending:
            raise failure
        call.warn(f"what an earlier run began has failed: {failure}")
        return state

    def seen(self, call: Call[ClientT], ids: Sequence[str], patience: float) -> StateT | None:
        """The object, under the first id that leads to it; the vendor may show it later than it says."""

        def look() -> StateT | None:
            return next(filter(None, (self.read(call, one) for one in dict.fromkeys(ids))), None)

        return looked(call, look, lambda state: state is not None, patience)

    def watch(self, call: Call[ClientT], operation_id: str) -> Watch:
        """The wait for an operation."""
        return Watch(
            operation_id, lambda: self.look(call, operation_id), call.deadline, call.progress, SystemRandom()
        )
