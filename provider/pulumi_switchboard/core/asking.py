"""How an object is asked for so that it is made once, in however many runs: with a chain of keys.

The vendor repeats its first answer to a key that it knows. So a create that follows a crash finds the
object of the run before, or the operation that is still making it. Where that object is gone, belongs to
another resource by now or can't become what is wanted, or where the operation failed in an earlier run,
the key is used up, and the next one of the chain is tried.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_switchboard.core.contract import Call, Existing, Unfinished
from pulumi_switchboard.core.difference import changed, fixed
from pulumi_switchboard.core.fields import State
from pulumi_switchboard.core.ground import id_of
from pulumi_switchboard.core.hidden import NEVER_SEEN, OPERATION
from pulumi_switchboard.core.keys import LONGEST_CHAIN, drawn_key, key_of
from pulumi_switchboard.core.operations import Accepted, Operation, Watch
from pulumi_switchboard.core.shape import plain
from pulumi_switchboard.errors import (
    ConflictError,
    MissingError,
    OperationFailedError,
    SwitchboardError,
    VendorError,
)

if TYPE_CHECKING:
    from pulumi_switchboard.core.operated import Operated

CLOCK_SECONDS = 1.5
"""The vendor tells the time in whole seconds."""
PATIENCE_SECONDS = 15.0
"""How long after its operation is over an object may not be shown yet."""


class _UsedUpError(Exception):
    """A key leads to something of an earlier run that can't be used."""

    def __init__(self, in_the_way: str) -> None:
        super().__init__(in_the_way)
        self.in_the_way = in_the_way


@dataclass(frozen=True)
class Asking:
    """A create."""

    definition: Operated[Any, Any, Any]
    call: Call[Any]
    inputs: Any

    def ask(self) -> Any:
        """The object, once it is made.

        Raises:
            Existing: An earlier run has made it.
            Unfinished: What becomes of it is open.
        """
        key = key_of(self.call.identity) if self.call.identity else drawn_key()
        for _ in range(LONGEST_CHAIN):
            try:
                return self._asked_with(key)
            except _UsedUpError as used_up:
                key = key_of(key, used_up.in_the_way)
            except VendorError as refused:
                if "idempotency" not in refused.refusal.message.lower():
                    raise
                self.call.warn(
                    "an earlier run has asked for this object with other arguments, and the vendor does not "
                    "tell what became of it: look for an object of the same name that no one manages"
                )
                key = key_of(key, json.dumps(plain(self.inputs), sort_keys=True))
        raise ConflictError(
            f"{LONGEST_CHAIN} objects or operations of earlier runs are in the way of the create",
            remedy="wait a day, after which the vendor forgets them, or give the resource another name",
        )

    def _asked_with(self, key: str) -> State:
        """The object that this key leads to."""
        began = self.call.moment.now()
        accepted = self.definition.submit_create(self.call, self.inputs, key)
        if not isinstance(accepted, Accepted):
            made: State = accepted
            return made
        asked_at = accepted.answered_at - (self.call.moment.now() - began)
        watch = self.definition.watch(self.call, accepted.operation_id)
        known: dict[str, Any] = {OPERATION: accepted.operation_id}
        try:
            operation = watch.wait(accepted.retry_after)
            known = {}
            own_id = accepted.object_id or (operation.object_id if operation is not None else None)
            return self._judged(watch, operation, own_id, asked_at)
        except OperationFailedError:
            raise
        except SwitchboardError as trouble:
            own_id = accepted.object_id or (watch.seen.object_id if watch.seen is not None else None)
            if own_id is None or not self.call.is_free(own_id):
                raise
            state = self.definition.expected(self.call, own_id, self.inputs)
            raise Unfinished(state, trouble, {**known, NEVER_SEEN: True}) from None

    def _judged(
        self, watch: Watch, operation: Operation | None, own_id: str | None, asked_at: float
    ) -> State:
        """The object of an operation that is over, if it is one for us."""
        is_old = operation is not None and (operation.created_at or asked_at) < asked_at - CLOCK_SECONDS
        failed = operation is not None and operation.failed
        state = self._made_by(operation, own_id, asked_at)
        if state is None and (is_old or operation is None):
            raise _UsedUpError(watch.operation_id)
        if state is None and operation is not None and failed:
            raise watch.failure(operation)
        if state is None:
            raise MissingError(
                f"{own_id or 'the object'} is not to be seen, though its operation is over",
                remedy="run `pulumi up` again: it looks for the object before it makes another one",
            )
        if not self.call.is_free(id_of(state)):
            raise _UsedUpError(watch.operation_id)
        differing = changed(self.definition.inputs, plain(state), plain(self.inputs))
        if needed := fixed(self.definition.inputs, differing):
            self.call.warn(
                f"{id_of(state)} was made for this resource by an earlier run and can't become what is asked "
                f"for now ({', '.join(needed)}), so there will be another one: delete it if nothing uses it"
            )
            raise _UsedUpError(watch.operation_id)
        if failed:
            raise Existing(state, f"{id_of(state)} was made, though the vendor says that it failed")
        if is_old or differing:
            raise Existing(state, f"{id_of(state)} was made for this resource by an earlier run")
        return state

    def _made_by(self, operation: Operation | None, own_id: str | None, asked_at: float) -> State | None:
        """The object of an operation that is over: by its id, or by its name where no id leads to it.

        What is shown late is shown before long: of an operation that was over long ago, nothing more comes.
        """
        if operation is not None and operation.failed:
            return None if own_id is None else self.definition.seen(self.call, own_id, 0.0)
        patience = PATIENCE_SECONDS
        if operation is not None and operation.completed_at is not None:
            patience = max(0.0, patience - max(0.0, asked_at - operation.completed_at))

        def look() -> State | None:
            state: State | None = self.definition.read(self.call, own_id) if own_id is not None else None
            return state or self._named(operation, asked_at)

        found: State | None = self.definition.shown(self.call, look, patience)
        return found

    def _named(self, operation: Operation | None, asked_at: float) -> State | None:
        """The one object that has the name and was made while the operation went on."""
        began = (operation.created_at if operation is not None else None) or asked_at
        ended = (operation.completed_at if operation is not None else None) or float("inf")
        found: list[State] = [
            state
            for state in self.definition.named(self.call, self.inputs)
            if began - CLOCK_SECONDS <= (self.definition.made_at(state) or began) <= ended + CLOCK_SECONDS
        ]
        if len(found) > 1:
            ids = " and ".join(map(id_of, found))
            raise ConflictError(
                f"{ids} have the same name, and the vendor does not say which of them was made just now",
                remedy="give the resource a name of its own",
            )
        return found[0] if found else None
