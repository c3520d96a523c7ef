"""Which types exist in the region of the settings."""

from __future__ import annotations

from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.account import DEFAULT_REGION, twilio_location


def is_available(definition: AnyDefinition, sources: Sources) -> bool:
    """Whether the region has the API of the type. Only Twilio has regions.

    Raises:
        SettingsError: The region is malformed.
    """
    only = definition.evidence.region
    return not only or only == (twilio_location(sources)[0] or DEFAULT_REGION)
