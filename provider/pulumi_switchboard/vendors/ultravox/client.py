"""Requests to Ultravox's API."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import Self

from pulumi_switchboard.errors import CredentialsError
from pulumi_switchboard.settings import ULTRAVOX_API_KEY
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.ultravox.refusals import refusal
from pulumi_switchboard.vendors.vendor import Origin, Vendor
from pulumi_switchboard.vendors.wire import Body, encoded, url

HOST = "api.ultravox.ai"
KEY = re.compile(r"[!-~]+")
"""What can stand in a header as it is: visible characters of ASCII."""


@dataclass(frozen=True)
class Ultravox:
    """Ultravox's API for the account of one API key, for the length of one call."""

    key: str = field(repr=False)
    endpoint: str | None
    line: RetryingClient

    @classmethod
    def sign_in(cls, sources: Sources, line: Callable[[Origin], RetryingClient]) -> Self:
        """The client of the account of the API key that the settings give.

        Raises:
            CredentialsError: The key is missing or malformed.
        """
        key, endpoint = _key(sources), sources.endpoint()
        return cls(key, endpoint, line(_origin(endpoint)))

    @property
    def origin(self) -> Origin:
        """What identifies the account in state: that it is the one of the API key, and the endpoint.

        Ultravox shows no id of an account. So a key of another account looks like a new key of the same
        one: what is in state is then looked for, changed and deleted there.
        """
        return _origin(self.endpoint)

    def get(self, path: str) -> Any:
        """The object at this path."""
        return self.exchange("GET", path).json()

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Send a JSON object to be created."""
        return self.exchange("POST", path, body).json()

    def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        """Change these members of the object at this path.

        All else stays, so to send it again changes no more.
        """
        return self.exchange("PATCH", path, body, idempotent=True).json()

    def delete(self, path: str) -> None:
        """Delete the object at this path."""
        self.exchange("DELETE", path)

    def exchange(
        self,
        method: str,
        path: str,
        body: Body | None = None,
        *,
        idempotent: bool = False,
    ) -> Response:
        """Send a request, and return its answer, which is a success.

        Args:
            method: The HTTP method.
            path: The path at Ultravox's host.
            body: What to send.
            idempotent: Whether it is harmless to send it again, though the method does not say so.

        Raises:
            VendorError: Ultravox refused.
        """
        kind, data = encoded(body)
        request = Request(
            method,
            url(self.endpoint, HOST, path),
            headers={**kind, "X-API-Key": self.key},
            body=data,
            idempotent=idempotent,
        )
        response = self.line.send(request)
        if not response.ok:
            raise refusal(response)
        return response


ULTRAVOX = Vendor("Ultravox", Ultravox.sign_in)


def _origin(endpoint: str | None) -> Origin:
    return Origin(account="of the Ultravox API key", endpoint=endpoint or f"https://{HOST}")


def _key(sources: Sources) -> str:
    given, source = sources.group((ULTRAVOX_API_KEY,))
    if not given:
        raise CredentialsError(
            "there is no Ultravox API key",
            remedy=f"set {ULTRAVOX_API_KEY.config} (as a secret) in the stack's configuration, or "
            f"{ULTRAVOX_API_KEY.variable} in the environment",
        )
    key = given[ULTRAVOX_API_KEY]
    if not KEY.fullmatch(key):
        raise CredentialsError(
            f"{ULTRAVOX_API_KEY.config} ({ULTRAVOX_API_KEY.variable}) in {source} is not an API key: there "
            "is a blank, a line break or another character in it that no key has",
            remedy="give the key as Ultravox shows it, with nothing around it",
        )
    return key
