"""A Twilio account: its credentials and its hosts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_switchboard.errors import CredentialsError, SettingsError
from pulumi_switchboard.settings import (
    TWILIO_ACCOUNT_SID,
    TWILIO_API_KEY,
    TWILIO_API_SECRET,
    TWILIO_AUTH_TOKEN,
    TWILIO_CREDENTIALS,
    TWILIO_EDGE,
    TWILIO_REGION,
    Setting,
)
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.encoding import vendor_url
from pulumi_switchboard.vendors.vendor import Origin

DOMAIN = "twilio.com"
ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}")
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
        given, source = sources.group(TWILIO_CREDENTIALS)
        if not given:
            raise CredentialsError(
                "there are no Twilio credentials",
                remedy=f"set {TWILIO_ACCOUNT_SID.config} and {TWILIO_AUTH_TOKEN.config} (as a secret) in the "
                f"stack's configuration, or {TWILIO_ACCOUNT_SID.variable} and {TWILIO_AUTH_TOKEN.variable} "
                "in the environment",
            )
        location, location_source = sources.group((TWILIO_REGION, TWILIO_EDGE))
        for setting, name in location.items():
            _check_host_part(setting, name, location_source)
        edge = location.get(TWILIO_EDGE)
        return cls(
            sid=_account_sid(given, source),
            auth=_basic_auth(given, source),
            region=location.get(TWILIO_REGION) or ("us1" if edge else None),
            edge=edge,
            endpoint=sources.endpoint(),
        )

    @property
    def origin(self) -> Origin:
        """What identifies the account in state: its SID and the region that stores its objects."""
        region = f"{self.region}." if self.region and self.region != "us1" else ""
        return Origin(account=self.sid, endpoint=self.endpoint or f"https://{region}{DOMAIN}")

    def url(self, product: str, path: str) -> str:
        """The URL of a path of a product, such as `voice`."""
        host = ".".join(part for part in (product, self.edge, self.region, DOMAIN) if part)
        return vendor_url(self.endpoint, host, path)


def _check_host_part(setting: Setting, name: str, source: str) -> None:
    """Check that the setting cannot make credentials go to another host than Twilio's."""
    if not HOST_PART.fullmatch(name):
        raise SettingsError(
            f"{setting.config} ({setting.variable}) in {source} cannot be part of a host name: it has "
            "other characters than lower-case letters, digits and dashes",
            remedy="write it as Twilio does, like ie1 for a region and dublin for an edge",
        )


def _account_sid(given: Mapping[Setting, str], source: str) -> str:
    sid = given.get(TWILIO_ACCOUNT_SID, "")
    if not sid:
        raise _missing(TWILIO_ACCOUNT_SID, source, "it identifies the account, also with an API key")
    if not ACCOUNT_SID.fullmatch(sid):
        raise CredentialsError(
            f"{TWILIO_ACCOUNT_SID.config} ({TWILIO_ACCOUNT_SID.variable}) in {source} is not an account SID",
            remedy="an account SID is AC and 32 hexadecimal digits; an API key belongs in twilio:apiKey",
        )
    return sid


def _basic_auth(given: Mapping[Setting, str], source: str) -> tuple[str, str]:
    if TWILIO_API_KEY in given or TWILIO_API_SECRET in given:
        for setting in (TWILIO_API_KEY, TWILIO_API_SECRET):
            if setting not in given:
                raise _missing(setting, source, "an API key needs its secret")
        return given[TWILIO_API_KEY], given[TWILIO_API_SECRET]
    if TWILIO_AUTH_TOKEN not in given:
        raise _missing(TWILIO_AUTH_TOKEN, source, "the account SID needs it, or an API key with its secret")
    return given[TWILIO_ACCOUNT_SID], given[TWILIO_AUTH_TOKEN]


def _missing(setting: Setting, source: str, why: str) -> CredentialsError:
    return CredentialsError(
        f"{source} has a part of the Twilio credentials, not {setting.config} ({setting.variable}): {why}",
        remedy="give all of them in one place: settings from different places are never mixed",
    )
