"""What reads see of objects that were written lately: an old version, or one that is not ready yet."""

from collections import defaultdict
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
    """By type and id: old versions, each with the number of reads that see it. By id: when objects began."""

    def __init__(self) -> None:
        self.old: defaultdict[str, dict[str, tuple[int, JsonObject | None]]] = defaultdict(dict)
        self.starting: dict[str, tuple[int, float]] = {}


def note_change(request: ApiRequest, type: str, identifier: str, *, lag: int) -> None:
    """Let the next reads see an object as it is now, before it changes."""
    if lag:
        old = request.account.objects[type].get(identifier)
        request.account.part(_Recent).old[type][identifier] = (lag, old)


def note_start(request: ApiRequest, identifier: str, readiness: Readiness, *, at: float) -> None:
    """Let the next reads see a new object as not ready."""
    request.account.part(_Recent).starting[identifier] = (readiness.reads, at)


def read_one(request: ApiRequest, type: str, identifier: str) -> JsonObject | None:
    """Return an object as a read sees it; None if the read does not find it."""
    lagging = request.account.part(_Recent).old[type]
    if identifier not in lagging:
        return request.account.objects[type].get(identifier)
    reads, old = lagging.pop(identifier)
    if reads > 1:
        lagging[identifier] = (reads - 1, old)
    return old


def read_all(request: ApiRequest, type: str) -> dict[str, JsonObject]:
    """Return every object of a type by its id, as a read sees it."""
    identifiers = {*request.account.objects[type], *request.account.part(_Recent).old[type]}
    shown = {identifier: read_one(request, type, identifier) for identifier in identifiers}
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
