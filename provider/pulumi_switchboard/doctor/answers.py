"""Checks what the headers of answers show: the difference of the clocks, and rate limits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pulumi_switchboard.doctor.finding import Finding, Level
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.vendors.operation import CLOCK_TOLERANCE

NOTICEABLE = 5.0
"""Seconds of difference that a date without fractions and a slow answer do not explain."""
RATE_LIMIT = re.compile(r"(x-)?rate-?limit\b.*|retry-after|twilio-concurrent-requests")


def check_clock(vendor: str, answers: Sequence[Response]) -> Finding | None:
    """The difference between this machine's clock and the vendor's; None if no answer has a date."""
    differences = [one.received_at - one.date for one in answers if one.date is not None]
    if not differences:
        return None
    difference = min(differences)
    if abs(difference) <= NOTICEABLE:
        return Finding(Level.OK, "clock", f"it agrees with that of {vendor}")
    level = Level.WARNING if abs(difference) <= CLOCK_TOLERANCE else Level.ERROR
    text = (
        f"this machine's clock is {abs(difference):.0f} s {'ahead of' if difference > 0 else 'behind'} that "
        f"of {vendor}; this package relies on a difference of at most {CLOCK_TOLERANCE:.0f} s"
    )
    return Finding(level, "clock", text, "set the clock of this machine, for example by NTP")


def check_rate_limits(vendor: str, answers: Sequence[Response]) -> Finding | None:
    """What the last answer says of rate limits; None if no answer says anything."""
    shown = [found for one in answers if (found := _rate_limits(one))]
    return Finding(Level.OK, "rate limits", f"{vendor}: {shown[-1]}") if shown else None


def _rate_limits(response: Response) -> str:
    found = {name: value for name, value in response.headers.items() if RATE_LIMIT.fullmatch(name)}
    return ", ".join(f"{name} {value}" for name, value in sorted(found.items()))
