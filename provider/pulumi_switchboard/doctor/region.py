"""Checks Twilio's region and edge."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_switchboard.accounts.regions import is_available
from pulumi_switchboard.doctor.finding import Finding, Level, failed
from pulumi_switchboard.errors import SettingsError
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.account import DEFAULT_REGION, twilio_location

SUBJECT = "region"


def check_region(sources: Sources, definitions: Iterable[AnyDefinition]) -> Finding:
    """Which region and edge are used, and which types exist only in another region."""
    try:
        region, edge = twilio_location(sources)
    except SettingsError as error:
        return failed(SUBJECT, error)
    parts = (
        region or f"{DEFAULT_REGION}, as none is set",
        f"edge {edge}" if edge else "",
        *(
            f"{one.name} exists only in {one.evidence.region}"
            for one in definitions
            if not is_available(one, sources)
        ),
    )
    return Finding(Level.OK, SUBJECT, "; ".join(filter(None, parts)))
