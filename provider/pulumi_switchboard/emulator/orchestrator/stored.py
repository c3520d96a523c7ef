"""The configurations of an account: reads that lag behind writes, and conflicts between configurations."""

from collections.abc import Callable

from pulumi_switchboard.emulator.api import ApiRequest, Refused
from pulumi_switchboard.emulator.operations import Operations
from pulumi_switchboard.emulator.orchestrator.answers import conflict
from pulumi_switchboard.emulator.orchestrator.configuration import CONFIGURATION
from pulumi_switchboard.emulator.store import JsonObject


class _Lags:
    """Old versions of an account's configurations, and how many reads still see them."""

    def __init__(self) -> None:
        self.old: dict[str, tuple[int, JsonObject | None]] = {}


def note_change(request: ApiRequest, identifier: str) -> None:
    """Let the next reads see a configuration as it is now, before it changes."""
    if reads := request.switches.orchestrator_lag:
        old = request.account.objects[CONFIGURATION].get(identifier)
        request.account.part(_Lags).old[identifier] = (reads, old)


def read_one(request: ApiRequest, identifier: str) -> JsonObject | None:
    """Return a configuration as a read sees it; None if the read does not find it."""
    lags = request.account.part(_Lags).old
    if identifier not in lags:
        return request.account.objects[CONFIGURATION].get(identifier)
    reads, old = lags.pop(identifier)
    if reads > 1:
        lags[identifier] = (reads - 1, old)
    return old


def read_all(request: ApiRequest) -> list[JsonObject]:
    """Return every configuration as a read sees it."""
    identifiers = {*request.account.objects[CONFIGURATION], *request.account.part(_Lags).old}
    return [shown for identifier in identifiers if (shown := read_one(request, identifier)) is not None]


def refuse_concurrent(request: ApiRequest, identifier: str) -> None:
    """Refuse a write if an operation on the same configuration is pending.

    Raises:
        Refused: An operation is pending.
    """
    busy = request.account.part(Operations).busy(identifier)
    if busy and request.switches.orchestrator_concurrent_writes == "refuse":
        raise conflict("Another operation on the configuration is in progress", identifier)


def refuse_beyond_limit(request: ApiRequest) -> None:
    """Refuse a new configuration if the account has as many as it can have.

    Raises:
        Refused: The limit is reached.
    """
    limit = request.switches.orchestrator_limit
    if limit and len(request.account.objects[CONFIGURATION]) >= limit:
        raise Refused(400, f"The account has reached its limit of {limit} configurations")


def refuse_taken(request: ApiRequest, body: JsonObject, *, owner: str) -> None:
    """Refuse a v1 service or a display name that another configuration has.

    Args:
        request: The write.
        body: Its body.
        owner: The id of the written configuration.

    Raises:
        Refused: One of them is taken.
    """
    if request.switches.orchestrator_unique_bridges:
        _refuse_same(request, owner, body, "conversationsV1Bridge", _service_id)
    if request.switches.orchestrator_unique_display_names:
        _refuse_same(request, owner, body, "displayName", lambda shown: shown.get("displayName"))


def _refuse_same(
    request: ApiRequest, owner: str, body: JsonObject, name: str, read: Callable[[JsonObject], object]
) -> None:
    wanted = read(body)
    for identifier, other in request.account.objects[CONFIGURATION].items():
        if wanted is not None and identifier != owner and read(other) == wanted:
            raise conflict(f"{name}: another configuration has it already", identifier)


def _service_id(shown: JsonObject) -> object:
    bridge = shown.get("conversationsV1Bridge")
    return bridge and bridge["serviceId"]
