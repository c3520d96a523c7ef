"""Twilio Memory v1: stores and the operations of their writes."""

from dataclasses import dataclass
from functools import partial
from typing import Literal

from pulumi_switchboard.emulator.accepted import AcceptedWrites
from pulumi_switchboard.emulator.api import Api, ApiDefinition, Refused
from pulumi_switchboard.emulator.collection import (
    Collection,
    Update,
    Written,
    collection_api,
    merged,
)
from pulumi_switchboard.emulator.paging import Pages
from pulumi_switchboard.emulator.reads import Readiness
from pulumi_switchboard.emulator.schema import at_most, both, matching, not_empty, nullable, record, text
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, twilio_type_id, type_ids


@dataclass(frozen=True)
class MemorySwitches:
    """The switches of Twilio Memory."""

    memory_store_reads: int = 1
    """No entry: how many GETs of a new store show it as QUEUED or PROVISIONING."""
    memory_store_seconds: int = 0
    """No entry: how many seconds after its operation a new store is QUEUED or PROVISIONING."""
    memory_store_end: Literal["ACTIVE", "FAILED"] = "ACTIVE"
    """No entry: the status that a new store has in the end."""
    memory_conflicts: Literal["operation", "at_once"] = "operation"
    """No entry: a taken name or one store too many fails the operation, or is a 409 or 400 at once."""
    memory_concurrent_writes: Literal["refuse", "accept"] = "refuse"
    """No entry: a write to a store with a pending operation is a 409, or is accepted."""
    memory_null_description: Literal["clear", "refuse"] = "clear"
    """No entry: a PATCH with a null description clears it, or is a 400."""
    memory_limit: int = 15
    """D-32: how many stores an account can have; 0 for no limit."""


_NAME = text(both(at_most(64), matching("[a-zA-Z0-9-]+")))
_DESCRIPTION = text(both(not_empty, at_most(128)))
_CREATE = record({"displayName": _NAME}, optional={"description": _DESCRIPTION})
_TAKEN = "displayName: another store has it already"
_BUSY = "Another operation on the store is in progress"


def _shown(switches: MemorySwitches, written: Written) -> JsonObject:
    """Return a store as it is when it is ready."""
    service = twilio_type_id("intelligence_service") if switches.memory_store_end == "ACTIVE" else None
    new = {"status": switches.memory_store_end, "intelligenceServiceId": service, "version": 0}
    old: JsonObject = written.old or new
    kept = {name: old[name] for name in ("status", "intelligenceServiceId")}
    members = {name: value for name, value in written.members.items() if value is not None}  # null clears
    return {"id": written.id, **members, **kept, "version": old["version"] + 1}


def _api(switches: MemorySwitches) -> Api:
    description = nullable(_DESCRIPTION) if switches.memory_null_description == "clear" else _DESCRIPTION
    is_busy = switches.memory_concurrent_writes == "refuse"
    patch = record({}, optional={"displayName": _NAME, "description": description})
    stores = Collection(
        TWILIO,
        "memory.twilio.com",
        "twilio/memory:Store",
        "/v1/ControlPlane/Stores",
        new_id=type_ids("mem_store"),
        show=partial(_shown, switches),
        create=_CREATE,
        noun="store",
        updates=[Update("PATCH", patch, merged)],
        pages=Pages("stores", most=100, newest_first=True, only_ids=True),
        unique=["displayName"],
        taken=lambda _name, _owner: Refused(409, _TAKEN, code=520045),
        limit=switches.memory_limit,
        limit_code=520044,
        operations=AcceptedWrites(
            "/v1/ControlPlane/Operations",
            answer=lambda _operation: {"message": "The request is accepted for processing."},
            error=("type", "title", "code", "detail"),
            has_nulls=False,
            has_result=True,
            kept_days=7,
        ),
        refused_at_once=switches.memory_conflicts == "at_once",
        busy=(lambda _identifier: Refused(409, _BUSY)) if is_busy else None,
        etag=True,
        readiness=Readiness(
            [{"status": status, "intelligenceServiceId": None} for status in ("QUEUED", "PROVISIONING")],
            reads=switches.memory_store_reads,
            seconds=switches.memory_store_seconds,
        ),
    )
    return collection_api(stores)


api = ApiDefinition(MemorySwitches, _api)
