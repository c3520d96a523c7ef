"""What becomes of an object that is ordered: the operation that makes it, and whether it can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_switchboard.core.contract import Existing, Unfinished
from pulumi_switchboard.core.ground import id_of
from pulumi_switchboard.core.looking import LAST_LOOK_SECONDS, PATIENCE_SECONDS, looked
from pulumi_switchboard.core.operations import Accepted, Operation, Watch
from pulumi_switchboard.errors import ConflictError, MissingError, OperationFailedError, SwitchboardError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.state_keys import NEVER_SEEN, OPERATION, SINCE

if TYPE_CHECKING:
    from pulumi_switchboard.core.asking import Asking

CLOCK_SECONDS = 1.5
"""The vendor tells the time in whole seconds."""
CLOCKS_APART = 60.0
"""The most that the vendor's clocks are taken to differ by: the one of answers, and the one of operations."""


LOOK_AGAIN = (
    "run the command again after a while: ten minutes after it was asked for, it counts as never made"
)


class UsedUpError(Exception):
    """A key leads to something of an earlier run that can't be used."""

    def __init__(self, in_the_way: str) -> None:
        super().__init__(in_the_way)
        self.in_the_way = in_the_way


@dataclass
class Order:
    """What the vendor has accepted to make: now, or in an earlier run, whose answer it repeats."""

    asking: Asking
    accepted: Accepted
    began: float
    """When it was asked for, by our clock."""
    asked_at: float
    """The same by the vendor's."""

    def __post_init__(self) -> None:
        self.definition, self.call = self.asking.definition, self.asking.call
        self.watch: Watch = self.definition.watch(self.call, self.accepted.operation_id)

    @property
    def _in_the_way(self) -> str:
        """What stands for the object in the next key: its id, or its operation's where no answer names it."""
        return next(iter(self._ids()), self.watch.operation_id)

    def outcome(self) -> State:
        """The object, once the operation is over, if it is one for us."""
        if not self._is_free():
            raise UsedUpError(self._in_the_way)
        try:
            operation = self.watch.wait(self.accepted.retry_after)
            with self.call.deadline.overtime(LAST_LOOK_SECONDS):
                return self._judged(operation)
        except OperationFailedError:
            raise
        except SwitchboardError as trouble:
            if not self._ids() or not self._is_free():
                raise
            if self.watch.account() not in trouble.facts:
                trouble.add(self.watch.account())
            raise self._open(trouble) from None

    def _judged(self, operation: Operation | None) -> State:
        """The object of an operation that is over."""
        failed = operation is not None and operation.failed
        state = self._made_by(operation)
        if state is None:
            raise self._nothing(operation)
        differing = self.asking.differing(state, self._in_the_way)
        if failed:
            raise Existing(state, f"{id_of(state)} was made, though the vendor says that it failed")
        if self._is_earlier(operation):
            raise Existing(state, f"{id_of(state)} was made for this resource by an earlier run")
        if differing:
            raise Existing(state, f"{id_of(state)} was made for this resource, perhaps by an earlier run")
        return state

    def _nothing(self, operation: Operation | None) -> Exception:
        """What it means that there is no object to be seen."""
        if operation is None:
            return self._unknown()
        if operation.failed and self._is_ours(operation):
            return self.watch.failure(operation)
        if operation.failed or (self._is_earlier(operation) and not self.watch.saw_it_going):
            return UsedUpError(self._in_the_way)
        return MissingError(
            f"{next(iter(self._ids()), 'the object')} is not to be seen, though its operation is over",
            remedy="run `pulumi up` again: it looks for the object before it makes another one",
        )

    def _unknown(self) -> Exception:
        """What it means that the operation is unknown, too: it may go on all the same."""
        if self._ids():
            return self._open(self.watch.unknown(LOOK_AGAIN))
        return self.watch.unknown(
            "run `pulumi up` again: it asks once more for the same object; should that never help, give the "
            "resource another name"
        )

    def _made_by(self, operation: Operation | None) -> State | None:
        """The object of an operation that is over: by its id, or by its name where no answer names an id.

        What is shown late is shown before long: of an operation that was over long ago, nothing more comes.
        """
        patience = PATIENCE_SECONDS
        if operation is not None and operation.failed:
            return self._despite(operation)
        if operation is not None and operation.completed_at is not None:
            patience = max(0.0, patience - max(0.0, self.asked_at - operation.completed_at))
        if ids := self._ids():
            state: State | None = self.definition.seen(self.call, ids, patience)
            return state
        if operation is None:
            return None
        return looked(self.call, lambda: self._named(operation), lambda state: state is not None, patience)

    def _despite(self, operation: Operation) -> State | None:
        """The object of an operation that failed, which may have had its effect."""
        try:
            state: State | None = self.definition.seen(self.call, self._ids(), 0.0)
        except SwitchboardError as trouble:
            failure = self.watch.failure(operation)
            failure.add(f"whether the object is there all the same is not known: {trouble.summary}")
            raise failure from None
        return state

    def _named(self, operation: Operation) -> State | None:
        """The one object that has the name and was made while the operation went on."""
        began = operation.created_at or self.asked_at
        ended = operation.completed_at or float("inf")
        named = [
            (state, self.definition.made_at(state))
            for state in self.definition.named(self.call, self.asking.inputs)
        ]
        found: list[State] = [
            state
            for state, made_at in named
            if made_at is None or began - CLOCK_SECONDS <= made_at <= ended + CLOCK_SECONDS
        ]
        undated = [state for state, made_at in named if made_at is None]
        if len(found) > 1 or undated:
            ids = " and ".join(map(id_of, found))
            raise ConflictError(
                f"the name is that of {ids}, and the vendor does not say what it has made just now",
                remedy="give the resource a name of its own, or import_ with the id of what it is to manage",
            )
        return found[0] if found else None

    def _is_earlier(self, operation: Operation | None) -> bool:
        """Whether an earlier run has asked for it, by all that the times say."""
        if operation is None:
            return False
        return (operation.created_at or self.asked_at) < self.asked_at - CLOCK_SECONDS

    def _is_ours(self, operation: Operation) -> bool:
        """Whether it is this call that the operation has failed, and not an earlier run.

        Where the vendor's clocks differ, all that begins now seems to have begun a while ago. Then what is
        asked for anew seems so, too, and in the pace of this call.
        """
        if self.watch.saw_it_going or not self._is_earlier(operation):
            return True
        offset = (operation.created_at or self.asked_at) - self.began
        in_pace = any(abs(offset - other) <= CLOCK_SECONDS for other in self.asking.offsets)
        self.asking.offsets.append(offset)
        return in_pace and self.asked_at - (operation.created_at or self.asked_at) <= CLOCKS_APART

    def _ids(self) -> tuple[str, ...]:
        """The ids that the object may have, as far as the answers name any."""
        seen = self.watch.seen.object_ids if self.watch.seen is not None else ()
        return tuple(dict.fromkeys((*self.accepted.object_ids, *seen)))

    def _is_free(self) -> bool:
        return all(map(self.call.is_free, self._ids()))

    def _open(self, reason: SwitchboardError) -> Unfinished:
        state = self.definition.expected(self.call, self._ids()[0], self.asking.inputs)
        since = self.call.deadline.time()
        return Unfinished(state, reason, {OPERATION: self.watch.operation_id, NEVER_SEEN: True, SINCE: since})
