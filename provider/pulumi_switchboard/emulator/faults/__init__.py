"""Faults: what goes wrong between a client and a vendor, at a chosen request.

    with emulator.inject("POST voice.twilio.com/v2/Configurations/Client", Answer(503)):
        deploy(endpoint=emulator.url)

To add an action, write a frozen dataclass as in `answers.py`, and add it to `Action` in `fault.py`.
"""

from pulumi_switchboard.emulator.faults.answers import Answer, RateLimit, Stale
from pulumi_switchboard.emulator.faults.connections import Hold, Outage, Reset, Stall, Truncate
from pulumi_switchboard.emulator.faults.fault import Action
from pulumi_switchboard.emulator.faults.operation import Operation
from pulumi_switchboard.emulator.faults.registry import Injected, NeverFiredError

__all__ = [
    "Action",
    "Answer",
    "Hold",
    "Injected",
    "NeverFiredError",
    "Operation",
    "Outage",
    "RateLimit",
    "Reset",
    "Stale",
    "Stall",
    "Truncate",
]
