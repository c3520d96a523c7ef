"""A Twilio account: its credentials and its hosts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pulumi_switchboard.errors import SettingsError
from pulumi_switchboard.settings import TWILIO_EDGE, TWILIO_REGION
from pulumi_switchboard.vendors.credentials import Given, Sources
from pulumi_switchboard.vendors.encoding import vendor_url
from pulumi_switchboard.vendors.endpoint import endpoint_of
from pulumi_switchboard.vendors.twilio.credentials import twilio_credentials
from pulumi_switchboard.vendors.vendor import Origin

DOMAIN = "twilio.com"
DEFAULT_REGION = "us1"
"""The region of an account that names none."""
HOST_PART = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True)
class Account:
    """A Twilio account, its credentials, and where its APIs are."""

    sid: str
    auth: tuple[str, str] = field(repr=False)
    region: str | None = None
    edge: str | None = None
    endpoint: str | None = None

    @classmethod
    def from_settings(cls, sources: Sources) -> Account:
        """The account of these settings.

        Raises:
            CredentialsError: The credentials are missing, partial or malformed.
            SettingsError: The region or the edge is malformed.
        """
        credentials = twilio_credentials(sources)
        user, password = credentials[-2:]
        region, edge = twilio_location(sources)
        return cls(
            credentials[0].value,
            (user.value, password.value),
            region or (DEFAULT_REGION if edge else None),
            edge,
            endpoint_of(sources),
        )

    @property
    def origin(self) -> Origin:
        """What identifies the account in state: its SID and the region that stores its objects."""
        region = f"{self.region}." if self.region and self.region != DEFAULT_REGION else ""
        return Origin.of(self.sid, self.endpoint or f"https://{region}{DOMAIN}")

    def url(self, product: str, path: str) -> str:
        """The URL of a path of a product, such as `voice`."""
        host = ".".join(part for part in (product, self.edge, self.region, DOMAIN) if part)
        return vendor_url(self.endpoint, host, path)


def twilio_location(sources: Sources) -> tuple[str | None, str | None]:
    """The region and the edge that are set.

    Raises:
        SettingsError: One of them is malformed.
    """
    location = sources.group((TWILIO_REGION, TWILIO_EDGE))
    region, edge = (
        _host_part(location[setting]) if setting in location else None
        for setting in (TWILIO_REGION, TWILIO_EDGE)
    )
    return region, edge


def _host_part(given: Given) -> str:
    """The value, which cannot make credentials go to another host than Twilio's.

    Raises:
        SettingsError: It could.
    """
    if not HOST_PART.fullmatch(given.value):
        raise SettingsError(
            f"{given} cannot be part of a host name: it has other characters than lower-case letters, digits "
            "and dashes",
            remedy="write it as Twilio does, like ie1 for a region and dublin for an edge",
        )
    return given.value
