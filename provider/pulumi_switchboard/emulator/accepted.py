"""Writes that are answered with 202 and an operation, and how their operations are shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pulumi_switchboard.emulator.api import ApiRequest, Reply, Route
from pulumi_switchboard.emulator.clock import timestamp
from pulumi_switchboard.emulator.operation_plan import OperationProblem
from pulumi_switchboard.emulator.operations import Operation, poll
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import more_info

_DAY = 24 * 3600


@dataclass(frozen=True)
class AcceptedWrites:
    """How an API answers a write that it does later."""

    path: str
    """The path of its operations."""
    answer: Callable[[Operation], JsonObject]
    """The members of the 202 besides `statusUrl`."""
    more: Callable[[Operation, str], JsonObject] = lambda _operation, _status: {}
    """The members of an operation, which has this status, besides those that all APIs have."""
    error: Sequence[str] = ()
    """The members of the error of an operation."""
    has_nulls: bool = True
    """Whether a member without a value is null; if not, it is absent."""
    has_result: bool = False
    """Whether a COMPLETED operation has `result` with the id of the object."""
    at_once: bool = False
    """Whether writes are done at once after all."""
    headers: frozenset[str] = frozenset({"Operation-Id", "Location"})
    """Which of these two headers a 202 has."""
    origin: str | None = None
    """Where `statusUrl` leads; None for the emulator."""
    running: str = "RUNNING"
    """The status between PENDING and the end."""
    young: int = 0
    """How many GETs of a new operation are a 404."""
    kept_days: int = 0
    """How many days after its end an operation is kept; 0 for no limit."""


def accepted(writes: AcceptedWrites, request: ApiRequest, operation: Operation) -> Reply:
    """Return the answer to a write that has started an operation."""
    url = _status_url(writes, request, operation)
    named = {"Operation-Id": operation.id, "Location": url}
    headers = {name: value for name, value in named.items() if name in writes.headers}
    if request.retry_after is not None:
        headers["Retry-After"] = str(request.retry_after)
    return Reply(202, {"statusUrl": url, **writes.answer(operation)}, headers)


def operation_route(writes: AcceptedWrites) -> Route:
    """Return the route of the operations."""
    return Route("GET", f"{writes.path}/{{id}}", partial(_fetch, writes))


def _fetch(writes: AcceptedWrites, request: ApiRequest) -> Reply:
    kept_for = (writes.kept_days or float("inf")) * _DAY
    operation = poll(request, young_for=writes.young, kept_for=kept_for)
    status = operation.status(request.now, pending="PENDING", running=writes.running)
    ended = None if status == "CANCELLED" else operation.ended
    members = {
        "operationId": operation.id,
        "status": status,
        "createdAt": timestamp(operation.created),
        "completedAt": None if ended is None else timestamp(ended),
        "statusUrl": _status_url(writes, request, operation),
        "error": operation.problem and _error(writes, operation, operation.problem),
        **writes.more(operation, status),
    }
    if writes.has_result and status == "COMPLETED":
        members["result"] = {"type": "RESOURCE_ID", "id": operation.subject}
    return Reply(200, members if writes.has_nulls else _without_nulls(members))


def _error(writes: AcceptedWrites, operation: Operation, problem: OperationProblem) -> JsonObject:
    members = {
        "type": "about:blank" if problem.code is None else more_info(problem.code),
        "title": problem.title,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
        "instance": f"{writes.path}/{operation.id}",
    }
    shown = {name: members[name] for name in writes.error}
    return shown if writes.has_nulls else _without_nulls(shown)


def _without_nulls(members: JsonObject) -> JsonObject:
    return {name: value for name, value in members.items() if value is not None}


def _status_url(writes: AcceptedWrites, request: ApiRequest, operation: Operation) -> str:
    return f"{writes.origin or request.base}{writes.path}/{operation.id}"
