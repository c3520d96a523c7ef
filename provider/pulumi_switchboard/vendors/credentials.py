"""Where a vendor's settings come from: one complete set from one source."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pulumi_switchboard.errors import CredentialsError
from pulumi_switchboard.settings import ENDPOINT, GROUPS, TWILIO_ACCOUNT_SID, TWILIO_API_KEY, Setting
from pulumi_switchboard.transport.loopback import is_loopback


@dataclass(frozen=True)
class Sources:
    """The sources of settings: first the configuration of the provider, then the environment."""

    config: Mapping[str, str]
    environment: Mapping[str, str]

    def group(self, settings: tuple[Setting, ...]) -> tuple[dict[Setting, str], str]:
        """The settings from the first source that has any of these, and the name of that source."""
        from_config = {s: v for s in settings if (v := self.config.get(s.config))}
        if from_config:
            return from_config, "the configuration"
        return {s: v for s in settings if (v := self.environment.get(s.variable))}, "the environment"

    @property
    def secrets(self) -> frozenset[str]:
        """The secret settings of all sources, also encoded as for basic authentication."""
        users = [value for user in (TWILIO_ACCOUNT_SID, TWILIO_API_KEY) for value in self._values(user)]
        secrets = [value for group in GROUPS for one in group if one.secret for value in self._values(one)]
        basic = [b64encode(f"{user}:{secret}".encode()).decode() for user in users for secret in secrets]
        return frozenset([*secrets, *basic])

    def _values(self, setting: Setting) -> list[str]:
        found = (self.config.get(setting.config), self.environment.get(setting.variable))
        return [value for value in found if value]

    def endpoint(self) -> str | None:
        """The base URL that replaces the vendors' hosts, if one is set.

        Raises:
            CredentialsError: Credentials would be sent unencrypted, or the URL cannot be used.
        """
        given, source = self.group((ENDPOINT,))
        url = given.get(ENDPOINT)
        if url is None:
            return None
        if not _is_safe_endpoint(url):
            raise CredentialsError(
                f"{ENDPOINT.config} ({ENDPOINT.variable}) in {source} is neither an https URL nor an http "
                "URL of this machine, with nothing but a host, a port and a path",
                remedy="give an https URL, or for an emulator an http URL of 127.0.0.1 or localhost",
            )
        return url.rstrip("/")


def _is_safe_endpoint(url: str) -> bool:
    """Whether credentials may be sent there: encrypted or within this machine, and to the host it shows."""
    try:
        parts = urlsplit(url)
        port_is_usable = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        bool(parts.hostname)
        and port_is_usable
        and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")))
        and not re.search(r"[\s?#@]", url)
    )
