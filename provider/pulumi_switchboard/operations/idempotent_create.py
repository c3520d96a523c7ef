"""Create an object once, in any number of runs, with a chain of idempotency keys.

The vendor repeats its first answer to a key that it knows. So a create after a crash finds the object of the
earlier run, or the operation that is still creating it. If that object is gone, is used by another resource
or cannot become what the program says, or if the operation failed in an earlier run, the key is used up and
the next key of the chain is tried.
"""

from __future__ import annotations

import json
import re

from pulumi_switchboard.errors import ConflictError, SwitchboardError, VendorError
from pulumi_switchboard.fields.models import Model, State
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.identity import LONGEST_CHAIN, key_of, random_key
from pulumi_switchboard.operations.poller import poller_of
from pulumi_switchboard.operations.resolve_create import (
    ClockOffsets,
    CreateResult,
    KeyUsed,
    StartedCreate,
    differing_or_used,
    resolve,
)
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Existing, Unfinished
from pulumi_switchboard.resource.polling import VISIBLE_SECONDS
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.rest.reading import read_first
from pulumi_switchboard.state_keys import NEVER_SEEN
from pulumi_switchboard.vendors.operation import OperationStarted

OTHER_CONTENT = re.compile(
    r"(?=.*idempotency).*\b(used|reused|another|other|different|differs|match)\b", re.IGNORECASE | re.DOTALL
)
"""What a vendor says if it refuses a key because it knows the key for other content."""


def create(context: ResourceContext, api: Collection, inputs: Model) -> State | Existing | Unfinished:
    """The object, once it exists."""
    key = context.request.identity.first_key or random_key()
    offsets: ClockOffsets = []
    for _ in range(LONGEST_CHAIN):
        try:
            result = _create_with(key, context, api, inputs, offsets)
        except VendorError as error:
            if not OTHER_CONTENT.search(error.refusal.message):
                raise
            context.warn(
                "an earlier run has asked for this object with other arguments, and the vendor does not "
                "say what became of it. Look for an object of the same name that nobody manages, unless it "
                "is the one that is being replaced"
            )
            key = key_of(key, json.dumps(to_bag(inputs), sort_keys=True))
            continue
        if not isinstance(result, KeyUsed):
            return result
        key = key_of(key, result.by)
    raise ConflictError(
        f"{LONGEST_CHAIN} objects or operations of earlier runs are in the way of the create",
        remedy="wait a day, after which the vendor forgets them, or give the resource another name",
    )


def _create_with(
    key: str,
    context: ResourceContext,
    api: Collection,
    inputs: Model,
    offsets: ClockOffsets,
) -> CreateResult:
    """The object that this key leads to."""
    submitted_at = context.deadline.now()
    answer = api.create(context, inputs, key)
    if not isinstance(answer, OperationStarted):
        return _created_at_once(context, api, inputs, answer)
    submitted_at_vendor = answer.answered_at - (context.deadline.now() - submitted_at)
    poller = poller_of(context, api, answer.operation_id)
    started = StartedCreate(context, api, inputs, answer, submitted_at, submitted_at_vendor, poller)
    return resolve(started, offsets)


def _created_at_once(
    context: ResourceContext,
    api: Collection,
    inputs: Model,
    answer: State,
) -> CreateResult:
    """The object of an answer without an operation. The answer may repeat that of an earlier run."""
    object_id = id_of(answer)
    if not context.is_free(object_id):
        return KeyUsed(object_id)
    try:
        shown = read_first(context, api, (object_id,), VISIBLE_SECONDS)
    except SwitchboardError as error:
        return Unfinished(answer, error, {NEVER_SEEN: True})
    if shown is None:
        return KeyUsed(object_id)
    differing = differing_or_used(context, shown, inputs, object_id)
    if isinstance(differing, KeyUsed):
        return differing
    if differing:
        return Existing(shown, f"{object_id} was created for this resource, perhaps by an earlier run")
    return shown
