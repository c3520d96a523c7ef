"""Twilio Conversation Orchestrator: the operations that its writes start."""

from pulumi_switchboard.emulator.api import Api, Call, Reply
from pulumi_switchboard.emulator.operations import poll
from pulumi_switchboard.emulator.orchestrator.answers import shown_operation
from pulumi_switchboard.emulator.orchestrator.errors import error
from pulumi_switchboard.emulator.twilio import TWILIO

_DAY = 24 * 3600

api = Api(TWILIO, "conversations.twilio.com", error=error)


@api.route("GET", "/v2/ControlPlane/Operations/{id}")
def fetch(call: Call) -> Reply:
    """Answer an operation."""
    switches = call.switches
    days = switches.orchestrator_operation_days or float("inf")
    operation = poll(call, young_for=switches.orchestrator_young_operation, kept_for=days * _DAY)
    return Reply(200, shown_operation(call, operation))
