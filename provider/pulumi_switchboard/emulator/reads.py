"""What reads see of objects that were written lately: an old version, or one that is not ready yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi_switchboard.emulator.api import ApiRequest
from pulumi_switchboard.emulator.store import JsonObject


@dataclass(frozen=True)
class Readiness:
    """How a new object says by a status of its own that it is not ready yet. It is stored as ready."""

    stages: Sequence[JsonObject]
    """The members that it shows instead of its own, in this order."""
    reads: int
    """How many GETs of the object see that."""
    seconds: int
    """For how many seconds GETs see that, however many there are."""


class _Recent:
    """Per id: an old version with the number of reads that see it, and the start of objects."""

    def __init__(self) -> None:
        self.old: dict[str, tuple[int, JsonObject | None]] = {}
        self.starting: dict[str, tuple[int, float]] = {}


def note_change(request: ApiRequest, type: str, identifier: str, *, lag: int) -> None:
    """Let the next reads see an object as it is now, before it changes."""
    if lag:
        old = request.account.objects[type].get(identifier)
        request.account.part(_Recent).old[identifier] = (lag, old)


def note_start(request: ApiRequest, identifier: str, readiness: Readiness, *, at: float) -> None:
    """Let the next reads see a new object as not ready."""
    request.account.part(_Recent).starting[identifier] = (readiness.reads, at)


def read_one(request: ApiRequest, type: str, identifier: str) -> JsonObject | None:
    """Return an object as a read sees it; None if the read does not find it."""
    lags = request.account.part(_Recent).old
    if identifier not in lags:
        return request.account.objects[type].get(identifier)
    reads, old = lags.pop(identifier)
    if reads > 1:
        lags[identifier] = (reads - 1, old)
    return old


def read_all(request: ApiRequest, type: str) -> dict[str, JsonObject]:
    """Return every object of a type by its id, as a read sees it."""
    stored = request.account.objects[type]
    lagging = request.account.part(_Recent).old
    shown = {identifier: read_one(request, type, identifier) for identifier in {*stored, *lagging}}
    return {identifier: found for identifier, found in shown.items() if found is not None}


def unready(request: ApiRequest, identifier: str, readiness: Readiness) -> JsonObject:
    """Count a GET of an object, and return the members that it shows instead of its own."""
    starting = request.account.part(_Recent).starting
    if identifier not in starting:
        return {}
    reads, start = starting.pop(identifier)
    left = start + readiness.seconds - request.now
    if reads <= 0 and left <= 0:
        return {}
    starting[identifier] = (reads - 1, start)
    is_last = reads <= 1 and left <= readiness.seconds / 2
    return readiness.stages[-1 if is_last else 0]
