"""How an object is asked for so that it is made once, in however many runs: with a chain of keys.

The vendor repeats its first answer to a key that it knows. So a create that follows a crash finds the
object of the run before, or the operation that is still making it. Where that object is gone, belongs to
another resource by now or can't become what is wanted, or where the operation failed in an earlier run,
the key is used up, and the next one of the chain is tried.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_switchboard.core.contract import Call, Existing, Unfinished
from pulumi_switchboard.core.ground import id_of
from pulumi_switchboard.core.looking import PATIENCE_SECONDS
from pulumi_switchboard.core.operations import Accepted
from pulumi_switchboard.core.order import Order, UsedUpError
from pulumi_switchboard.errors import ConflictError, SwitchboardError, VendorError
from pulumi_switchboard.fields.comparison import changed_fields, replacing_fields
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.identity import LONGEST_CHAIN, key_of, random_key
from pulumi_switchboard.state_keys import NEVER_SEEN

if TYPE_CHECKING:
    from pulumi_switchboard.core.operated import Operated

OTHER_CONTENT = re.compile(
    r"(?=.*idempotency).*\b(used|reused|another|other|different|differs|match)\b", re.IGNORECASE | re.DOTALL
)
"""What a vendor says that does not take a key twice for different objects."""


@dataclass(frozen=True)
class Asking:
    """A create."""

    definition: Operated[Any, Any, Any]
    call: Call[Any]
    inputs: Any
    offsets: list[float] = field(default_factory=list)
    """How far the times of operations that failed are from the times at which they were asked for."""

    def ask(self) -> Any:
        """The object, once it is made.

        Raises:
            Existing: An earlier run has made it.
            Unfinished: What becomes of it is open.
        """
        key = self.call.key or random_key()
        for _ in range(LONGEST_CHAIN):
            try:
                return self._asked_with(key)
            except UsedUpError as used_up:
                key = key_of(key, used_up.in_the_way)
            except VendorError as refused:
                if not OTHER_CONTENT.search(refused.refusal.message):
                    raise
                self.call.warn(
                    "an earlier run has asked for this object with other arguments, and the vendor does not "
                    "tell what became of it: unless it is the one that is being replaced, look for an object "
                    "of the same name that no one manages"
                )
                key = key_of(key, json.dumps(to_bag(self.inputs), sort_keys=True))
        raise ConflictError(
            f"{LONGEST_CHAIN} objects or operations of earlier runs are in the way of the create",
            remedy="wait a day, after which the vendor forgets them, or give the resource another name",
        )

    def _asked_with(self, key: str) -> State:
        """The object that this key leads to."""
        began = self.call.deadline.now()
        answer = self.definition.submit_create(self.call, self.inputs, key)
        if isinstance(answer, Accepted):
            asked_at = answer.answered_at - (self.call.deadline.now() - began)
            return Order(self, answer, began, asked_at).outcome()
        made: State = answer
        return self._made_at_once(made)

    def _made_at_once(self, made: State) -> State:
        """The object of an answer without an operation, which may repeat what was said a day ago."""
        own_id = id_of(made)
        if not self.call.is_free(own_id):
            raise UsedUpError(own_id)
        try:
            shown: State | None = self.definition.seen(self.call, (own_id,), PATIENCE_SECONDS)
        except SwitchboardError as trouble:
            raise Unfinished(made, trouble, {NEVER_SEEN: True}) from None
        if shown is None:
            raise UsedUpError(own_id)
        if self.differing(shown, own_id):
            raise Existing(shown, f"{own_id} was made for this resource, perhaps by an earlier run")
        return shown

    def differing(self, state: State, in_the_way: str) -> list[str]:
        """In what the object differs from what is asked for.

        Raises:
            UsedUpError: It is another resource's, or can't become what is asked for.
        """
        if not self.call.is_free(id_of(state)):
            raise UsedUpError(in_the_way)
        differing = changed_fields(self.definition.inputs, to_bag(state), to_bag(self.inputs))
        if needed := replacing_fields(self.definition.inputs, differing):
            self.call.warn(
                f"{id_of(state)} was made for this resource by an earlier run and can't become what is asked "
                f"for now ({', '.join(needed)}), so there will be another one: delete it if nothing uses it"
            )
            raise UsedUpError(in_the_way)
        return differing
