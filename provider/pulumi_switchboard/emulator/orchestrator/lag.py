"""Reads that lag behind writes."""

from pulumi_switchboard.emulator.api import Call
from pulumi_switchboard.emulator.orchestrator.configuration import CONFIGURATION
from pulumi_switchboard.emulator.store import JsonObject


class _Lags:
    """Which configurations of an account are still read as they were, and how often."""

    def __init__(self) -> None:
        self.old: dict[str, tuple[int, JsonObject | None]] = {}


def note_change(call: Call, identifier: str) -> None:
    """Let the reads that follow see a configuration as it is now, before it changes."""
    if reads := call.switches.orchestrator_lag:
        old = call.account.objects[CONFIGURATION].get(identifier)
        call.account.part(_Lags).old[identifier] = (reads, old)


def read_one(call: Call, identifier: str) -> JsonObject | None:
    """Return a configuration as a read sees it; None if it sees none."""
    lags = call.account.part(_Lags).old
    if identifier not in lags:
        return call.account.objects[CONFIGURATION].get(identifier)
    reads, old = lags.pop(identifier)
    if reads > 1:
        lags[identifier] = (reads - 1, old)
    return old


def read_all(call: Call) -> list[JsonObject]:
    """Return every configuration as a read sees it."""
    identifiers = {*call.account.objects[CONFIGURATION], *call.account.part(_Lags).old}
    return [shown for identifier in identifiers if (shown := read_one(call, identifier)) is not None]
