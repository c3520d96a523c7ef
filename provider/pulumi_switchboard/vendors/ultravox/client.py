"""Requests to Ultravox's API."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from typing_extensions import Self

from pulumi_switchboard.errors import CredentialsError
from pulumi_switchboard.settings import ULTRAVOX_API_KEY
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.vendors.credentials import TWILIO_SID, Given, Sources, how_to_set
from pulumi_switchboard.vendors.encoding import Body, encode_body, vendor_url
from pulumi_switchboard.vendors.endpoint import endpoint_of
from pulumi_switchboard.vendors.ultravox.errors import ultravox_error
from pulumi_switchboard.vendors.vendor import Origin, Vendor

DOMAIN = "ultravox.ai"
URL = f"https://api.{DOMAIN}"
KEY = re.compile(r"[!-~]+")
"""Visible ASCII characters, which a header can hold unencoded."""


@dataclass(frozen=True)
class Ultravox:
    """Ultravox's API for the account of one API key, during one call."""

    key: str = field(repr=False)
    endpoint: str | None
    http: RetryingClient

    @classmethod
    def sign_in(cls, sources: Sources, connect: Callable[[Origin], RetryingClient]) -> Self:
        """The client of the account of the API key that the settings give.

        Raises:
            CredentialsError: The key is missing or malformed.
        """
        (key,), endpoint = _credentials(sources), endpoint_of(sources)
        return cls(key.value, endpoint, connect(_origin(endpoint)))

    @property
    def origin(self) -> Origin:
        """What identifies the account in state: a fixed text for the API key, and the endpoint.

        Ultravox does not show account ids. So a key of another account looks like a new key of the same
        account, and the objects in state are then read, changed and deleted there.
        """
        return _origin(self.endpoint)

    @property
    def where(self) -> str:
        """See `Client.where`."""
        return self.origin.at(self.endpoint)

    def exchange(
        self,
        method: str,
        product: str,
        path: str,
        body: Body | None = None,
        *,
        key: str = "",  # noqa: ARG002 - Ultravox has no idempotency keys
        etag: str = "",  # noqa: ARG002 - and no versions
        is_idempotent: bool = False,
    ) -> Response:
        """See `Client.exchange`."""
        content_type, data = encode_body(body)
        request = Request(
            method,
            vendor_url(self.endpoint, f"{product}.{DOMAIN}", path),
            headers={**content_type, "X-API-Key": self.key},
            body=data,
            idempotent=is_idempotent,
        )
        response = self.http.send(request)
        if not response.ok:
            raise ultravox_error(response)
        return response


def _origin(endpoint: str | None) -> Origin:
    return Origin.of("of the Ultravox API key", endpoint or URL)


def _credentials(sources: Sources) -> tuple[Given, ...]:
    given = sources.group((ULTRAVOX_API_KEY,)).get(ULTRAVOX_API_KEY)
    if given is None:
        setting = (ULTRAVOX_API_KEY,)
        raise sources.incomplete("there is no Ultravox API key", setting, remedy=how_to_set(setting))
    if not KEY.fullmatch(given.value):
        raise CredentialsError(
            f"{given} is not an API key: it has a blank, a line break or another character that no key has",
            remedy="copy the key as Ultravox shows it",
        )
    if TWILIO_SID.fullmatch(given.value):
        raise CredentialsError(
            f"{given} is a SID of Twilio, and not an API key of Ultravox",
            remedy="give a key that Ultravox shows",
        )
    return (given,)


ULTRAVOX = Vendor("Ultravox", Ultravox.sign_in, URL, (ULTRAVOX_API_KEY,), _credentials)
