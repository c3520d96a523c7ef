"""Requests to Twilio's APIs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from typing_extensions import Self

from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.encoding import Body, encode_body
from pulumi_switchboard.vendors.twilio.account import DOMAIN, Account
from pulumi_switchboard.vendors.twilio.credentials import TWILIO_CREDENTIALS, twilio_credentials
from pulumi_switchboard.vendors.twilio.errors import twilio_error
from pulumi_switchboard.vendors.twilio.operations import TWILIO_OPERATIONS
from pulumi_switchboard.vendors.vendor import Origin, Vendor


@dataclass(frozen=True)
class Twilio:
    """Twilio's APIs for one account, during one call."""

    account: Account
    http: RetryingClient

    @classmethod
    def sign_in(cls, sources: Sources, connect: Callable[[Origin], RetryingClient]) -> Self:
        """The client of the account that the settings name.

        Raises:
            CredentialsError: The credentials are missing, partial or malformed.
        """
        account = Account.from_settings(sources)
        return cls(account, connect(account.origin))

    @property
    def origin(self) -> Origin:
        """See `Account.origin`."""
        return self.account.origin

    @property
    def where(self) -> str:
        """See `Client.where`."""
        return self.origin.at(self.account.endpoint)

    def exchange(
        self,
        method: str,
        product: str,
        path: str,
        body: Body | None = None,
        *,
        key: str = "",
        etag: str = "",
        is_idempotent: bool = False,
    ) -> Response:
        """See `Client.exchange`."""
        headers, data = encode_body(body)
        conditions = {"Idempotency-Key": key, "If-Match": etag}
        request = Request(
            method,
            self.account.url(product, path),
            auth=self.account.auth,
            headers={**headers, **{name: value for name, value in conditions.items() if value}},
            body=data,
            idempotent=is_idempotent,
        )
        response = self.http.send(request)
        if not response.ok:
            raise twilio_error(response)
        return response


TWILIO = Vendor(
    "Twilio",
    Twilio.sign_in,
    f"https://api.{DOMAIN}",
    TWILIO_CREDENTIALS,
    twilio_credentials,
    TWILIO_OPERATIONS,
)
