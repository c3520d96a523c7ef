"""Faults: what can go wrong between a client and a vendor, placed at the request where it shall go wrong.

with emulator.inject("POST voice.twilio.com/v2/Configurations/Client", Answer(503)):
    deploy(endpoint=emulator.url)
"""

from pulumi_switchboard.emulator.faults.answers import Answer, Stale
from pulumi_switchboard.emulator.faults.breaks import Outage, Reset, Truncate
from pulumi_switchboard.emulator.faults.injected import Injected, NeverFiredError
from pulumi_switchboard.emulator.faults.operation import Operation
from pulumi_switchboard.emulator.faults.pauses import Hold, Stall
from pulumi_switchboard.emulator.faults.rate_limit import RateLimit

__all__ = [
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
