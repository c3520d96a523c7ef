"""How Conversation Orchestrator answers writes, and shows the operations that they start."""

from collections.abc import Callable
from typing import Any

from pulumi_switchboard.emulator.api import Call, Reply
from pulumi_switchboard.emulator.clock import timestamp
from pulumi_switchboard.emulator.fate import Problem
from pulumi_switchboard.emulator.operations import Operation, begin
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import more_info

_ELSEWHERE = "https://elsewhere.example"


def written(
    call: Call, identifier: str, change: Callable[[float], JsonObject | None], *, status: int = 200
) -> Reply:
    """Accept a write, or do it at once where the switch says so.

    Args:
        call: The write.
        identifier: The id of the configuration.
        change: Does it, as of a time, and returns the configuration if there still is one.
        status: The status of an answer that shows the configuration.
    """
    if call.switches.orchestrator_synchronous:
        shown = change(call.now)
        return Reply(204) if shown is None else Reply(status, shown)
    operation = begin(call, identifier, change)
    body = {"statusUrl": _status_url(call, operation)}
    body.update(_related(call, operation, call.switches.orchestrator_related))
    return Reply(202, body, _headers(call, operation))


def shown_operation(call: Call, operation: Operation) -> JsonObject:
    """Return an operation as a GET shows it."""
    running = "RUNNING" if call.switches.orchestrator_running else "PENDING"
    status = operation.status(call.now, pending="PENDING", running=running)
    completed = None if status == "CANCELLED" else operation.ended
    shown: JsonObject = {
        "operationId": operation.id,
        "status": status,
        "createdAt": timestamp(operation.created),
        "completedAt": None if completed is None else timestamp(completed),
        "statusUrl": _status_url(call, operation),
        "error": _error(call, operation, operation.problem),
    }
    choice = call.switches.orchestrator_operation_related
    if choice == "completed":
        choice = "present" if status == "COMPLETED" else "absent"
    shown.update(_related(call, operation, choice))
    if call.switches.orchestrator_operation_result and status == "COMPLETED":
        shown["result"] = {"type": "RESOURCE_ID", "id": operation.subject}
    return shown


def _path(operation: Operation) -> str:
    return f"/v2/ControlPlane/Operations/{operation.id}"


def _status_url(call: Call, operation: Operation) -> str:
    base = call.base if call.switches.orchestrator_status_url == "own" else _ELSEWHERE
    return f"{base}{_path(operation)}"


def _headers(call: Call, operation: Operation) -> dict[str, str]:
    headers = {} if call.retry_after is None else {"Retry-After": str(call.retry_after)}
    which = call.switches.orchestrator_accepted_headers
    if which in {"all", "operation_id"}:
        headers["Operation-Id"] = operation.id
    if which in {"all", "location"}:
        headers["Location"] = _status_url(call, operation)
    return headers


def _related(call: Call, operation: Operation, choice: str) -> dict[str, Any]:
    if choice == "absent":
        return {}
    if choice == "null":
        return {"related": None}
    named = operation.subject
    if call.switches.orchestrator_related_prefix != "conv":
        named = named.replace("conv_", "cfg_", 1)
    return {"related": {"configurationId": named}}


def _error(call: Call, operation: Operation, problem: Problem | None) -> JsonObject | None:
    if problem is None:
        return None
    shown: JsonObject = {
        "type": "about:blank" if problem.code is None else more_info(problem.code),
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": _path(operation),
    }
    if call.switches.orchestrator_operation_error_code:
        shown["code"] = problem.code
    return shown
