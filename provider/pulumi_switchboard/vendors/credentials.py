"""Where a vendor's settings come from: one complete set from one source, never a mixture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pulumi_switchboard.errors import CredentialsError
from pulumi_switchboard.settings import ENDPOINT, Setting


@dataclass(frozen=True)
class Sources:
    """The settings at hand: the configuration of the provider first, then the environment."""

    config: Mapping[str, str]
    environment: Mapping[str, str]

    def group(self, settings: tuple[Setting, ...]) -> tuple[dict[Setting, str], str]:
        """The settings given, all from the first source that has any, and that source's name."""
        from_config = {s: v for s in settings if (v := self.config.get(s.config))}
        if from_config:
            return from_config, "the configuration"
        return {s: v for s in settings if (v := self.environment.get(s.variable))}, "the environment"

    def endpoint(self) -> str | None:
        """The base URL that every request goes to in place of the vendor's host, if one is set.

        Raises:
            CredentialsError: Credentials would travel unencrypted, or the URL can't be used.
        """
        given, source = self.group((ENDPOINT,))
        url = given.get(ENDPOINT)
        if url is None:
            return None
        parts = urlsplit(url)
        loopback = parts.hostname in ("localhost", "::1") or (parts.hostname or "").startswith("127.")
        if (
            not parts.hostname
            or parts.scheme not in ("https", "http")
            or (parts.scheme == "http" and not loopback)
        ):
            raise CredentialsError(
                f"{ENDPOINT.config} in {source} is not an https URL, nor http to this machine itself",
                remedy="give an https URL, or http://127.0.0.1:PORT for an emulator",
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise CredentialsError(
                f"{ENDPOINT.config} in {source} has more than a host, a port and a path",
                remedy="leave out user, query and fragment: credentials have settings of their own",
            )
        return url.rstrip("/")
