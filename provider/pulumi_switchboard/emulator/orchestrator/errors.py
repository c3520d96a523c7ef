"""The shapes of Conversation Orchestrator's errors."""

from pulumi_switchboard.emulator.api import Refused, Reply
from pulumi_switchboard.emulator.switches import Switches
from pulumi_switchboard.emulator.twilio import TWILIO, error_code

_CONFLICT = 409
_SERVER_ERRORS_FROM = 500


def error(refused: Refused, switches: Switches) -> Reply:
    """Put an error into the shape that the switch says."""
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
    """Return the refusal of a write because of another object, which the answer names."""
    return Refused(_CONFLICT, message, headers={"X-Conflicting-Resource-Id": blocker})
