"""How Conversation Orchestrator shows accepted writes, their operations and errors."""

from collections.abc import Callable
from typing import Any

from pulumi_switchboard.emulator.api import ApiRequest, Refused, Reply
from pulumi_switchboard.emulator.clock import timestamp
from pulumi_switchboard.emulator.operation_plan import OperationProblem
from pulumi_switchboard.emulator.operations import Operation, start_operation
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.switches import Switches
from pulumi_switchboard.emulator.twilio import TWILIO, error_code, more_info

_ELSEWHERE = "https://elsewhere.example"
_CONFLICT = 409
_SERVER_ERRORS_FROM = 500


def written(
    request: ApiRequest, identifier: str, change: Callable[[float], JsonObject | None], *, status: int = 200
) -> Reply:
    """Start the operation of a write, or do the write at once if the switch says so.

    Args:
        request: The write.
        identifier: The id of the configuration.
        change: Makes the change, as of a time, and returns the configuration if it still exists.
        status: The status of an answer that shows the configuration.
    """
    if request.switches.orchestrator_synchronous:
        shown = change(request.now)
        return Reply(204) if shown is None else Reply(status, shown)
    operation = start_operation(request, identifier, change)
    body = {"statusUrl": _status_url(request, operation)}
    body.update(_related(request, operation, request.switches.orchestrator_related))
    return Reply(202, body, _headers(request, operation))


def shown_operation(request: ApiRequest, operation: Operation) -> JsonObject:
    """Return an operation as a GET shows it."""
    running = "RUNNING" if request.switches.orchestrator_running else "PENDING"
    status = operation.status(request.now, pending="PENDING", running=running)
    completed = None if status == "CANCELLED" else operation.ended
    shown: JsonObject = {
        "operationId": operation.id,
        "status": status,
        "createdAt": timestamp(operation.created),
        "completedAt": None if completed is None else timestamp(completed),
        "statusUrl": _status_url(request, operation),
        "error": _operation_error(request, operation, operation.problem),
    }
    shown_when = request.switches.orchestrator_operation_related
    if shown_when == "completed":
        shown_when = "present" if status == "COMPLETED" else "absent"
    shown.update(_related(request, operation, shown_when))
    if request.switches.orchestrator_operation_result and status == "COMPLETED":
        shown["result"] = {"type": "RESOURCE_ID", "id": operation.subject}
    return shown


def error(refused: Refused, switches: Switches) -> Reply:
    """Return an error in the format that the switch says."""
    reply = TWILIO.error(refused)
    if switches.orchestrator_error_shape == "E2":
        body = {
            "code": error_code(refused),
            "message": refused.message,
            "httpStatusCode": refused.status,
            "userError": refused.status < _SERVER_ERRORS_FROM,
            "params": {},
        }
        return Reply(refused.status, body, reply.headers)
    if switches.orchestrator_error_shape == "E1_conflict_400" and refused.status == _CONFLICT:
        return TWILIO.error(Refused(_CONFLICT, refused.message, code=400, headers=refused.headers))
    return reply


def conflict(message: str, blocker: str) -> Refused:
    """Return the refusal of a write because of another configuration, which the answer names."""
    return Refused(_CONFLICT, message, headers={"X-Conflicting-Resource-Id": blocker})


def _path(operation: Operation) -> str:
    return f"/v2/ControlPlane/Operations/{operation.id}"


def _status_url(request: ApiRequest, operation: Operation) -> str:
    base = request.base if request.switches.orchestrator_status_url == "own" else _ELSEWHERE
    return f"{base}{_path(operation)}"


def _headers(request: ApiRequest, operation: Operation) -> dict[str, str]:
    headers = {} if request.retry_after is None else {"Retry-After": str(request.retry_after)}
    which = request.switches.orchestrator_accepted_headers
    if which in {"all", "operation_id"}:
        headers["Operation-Id"] = operation.id
    if which in {"all", "location"}:
        headers["Location"] = _status_url(request, operation)
    return headers


def _related(request: ApiRequest, operation: Operation, choice: str) -> dict[str, Any]:
    if choice == "absent":
        return {}
    if choice == "null":
        return {"related": None}
    named = operation.subject
    if request.switches.orchestrator_related_prefix != "conv":
        named = named.replace("conv_", "cfg_", 1)
    return {"related": {"configurationId": named}}


def _operation_error(
    request: ApiRequest, operation: Operation, problem: OperationProblem | None
) -> JsonObject | None:
    if problem is None:
        return None
    shown: JsonObject = {
        "type": "about:blank" if problem.code is None else more_info(problem.code),
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": _path(operation),
    }
    if request.switches.orchestrator_operation_error_code:
        shown["code"] = problem.code
    return shown
