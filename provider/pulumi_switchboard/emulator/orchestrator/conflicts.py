"""Why an account's other configurations can forbid a write."""

from collections.abc import Callable

from pulumi_switchboard.emulator.api import Call, Refused
from pulumi_switchboard.emulator.operations import Operations
from pulumi_switchboard.emulator.orchestrator.configuration import CONFIGURATION
from pulumi_switchboard.emulator.orchestrator.errors import conflict
from pulumi_switchboard.emulator.store import JsonObject


def refuse_concurrent(call: Call, identifier: str) -> None:
    """Refuse a write while an operation about the same configuration goes on.

    Raises:
        Refused: One does.
    """
    busy = call.account.part(Operations).busy(identifier)
    if busy and call.switches.orchestrator_concurrent_writes == "refuse":
        raise conflict("Another operation on the configuration is in progress", identifier)


def refuse_beyond_limit(call: Call) -> None:
    """Refuse a configuration more than the account can have.

    Raises:
        Refused: The limit is reached.
    """
    limit = call.switches.orchestrator_limit
    if limit and len(call.account.objects[CONFIGURATION]) >= limit:
        raise Refused(400, f"The account has reached its limit of {limit} configurations")


def refuse_taken(call: Call, body: JsonObject, *, owner: str) -> None:
    """Refuse a v1 service or a display name that another configuration has.

    Args:
        call: The write.
        body: Its body.
        owner: The id of the configuration that it is about.

    Raises:
        Refused: One of them is taken.
    """
    if call.switches.orchestrator_unique_bridges:
        _refuse_same(call, owner, body, "conversationsV1Bridge", _service_id)
    if call.switches.orchestrator_unique_display_names:
        _refuse_same(call, owner, body, "displayName", lambda shown: shown.get("displayName"))


def _refuse_same(
    call: Call, owner: str, body: JsonObject, name: str, read: Callable[[JsonObject], object]
) -> None:
    wanted = read(body)
    for identifier, other in call.account.objects[CONFIGURATION].items():
        if wanted is not None and identifier != owner and read(other) == wanted:
            raise conflict(f"{name}: another configuration has it already", identifier)


def _service_id(shown: JsonObject) -> object:
    bridge = shown.get("conversationsV1Bridge")
    return bridge and bridge["serviceId"]
