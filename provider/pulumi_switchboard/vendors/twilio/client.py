"""Requests to Twilio's APIs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from typing_extensions import Self

from pulumi_switchboard.errors import MissingError
from pulumi_switchboard.fields.typed_values import member
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.encoding import Body, encode_body
from pulumi_switchboard.vendors.twilio.account import Account
from pulumi_switchboard.vendors.twilio.errors import twilio_error
from pulumi_switchboard.vendors.vendor import Origin, Vendor

MOST_PAGES = 100


@dataclass(frozen=True)
class Twilio:
    """Twilio's APIs for one account, during one call."""

    account: Account
    http: RetryingClient

    @classmethod
    def sign_in(cls, sources: Sources, line: Callable[[Origin], RetryingClient]) -> Self:
        """The client of the account that the settings name.

        Raises:
            CredentialsError: The credentials are missing, partial or malformed.
        """
        account = Account.from_settings(sources)
        return cls(account, line(account.origin))

    @property
    def origin(self) -> Origin:
        """See `Account.origin`."""
        return self.account.origin

    def get(self, product: str, path: str, query: Mapping[str, str] | None = None) -> Any:
        """The object at this path."""
        return self.exchange("GET", product, path + (f"?{urlencode(query)}" if query else "")).json()

    def post(self, product: str, path: str, body: Mapping[str, Any]) -> Any:
        """Create an object from this JSON object."""
        return self.exchange("POST", product, path, body).json()

    def post_form(self, product: str, path: str, fields: Sequence[tuple[str, str]]) -> Any:
        """Change the members that the fields of a form name; sending it again changes nothing more.

        A field that is given several times is a list.
        """
        return self.exchange("POST", product, path, fields, idempotent=True).json()

    def put(self, product: str, path: str, body: Mapping[str, Any]) -> Any:
        """Replace the object at this path."""
        return self.exchange("PUT", product, path, body).json()

    def delete(self, product: str, path: str) -> None:
        """Delete the object at this path."""
        self.exchange("DELETE", product, path)

    def exchange(
        self,
        method: str,
        product: str,
        path: str,
        body: Body | None = None,
        *,
        key: str | None = None,
        idempotent: bool = False,
    ) -> Response:
        """Send a request and return its successful answer.

        Args:
            method: The HTTP method.
            product: The product, such as `voice`.
            path: The path at the product's host, with the query.
            body: An object, or the fields of a form.
            key: The idempotency key, if the API supports one.
            idempotent: Whether the request may be repeated although neither method nor key say so.

        Raises:
            VendorError: The answer is not a success.
        """
        content_type, data = encode_body(body)
        request = Request(
            method,
            self.account.url(product, path),
            auth=self.account.auth,
            headers={**content_type, **({"Idempotency-Key": key} if key is not None else {})},
            body=data,
            idempotent=idempotent,
        )
        response = self.http.send(request)
        if not response.ok:
            raise twilio_error(response)
        return response


TWILIO = Vendor("Twilio", Twilio.sign_in)


def segment(text: str) -> str:
    """The text encoded as one segment of a path.

    Raises:
        MissingError: The text cannot be a segment, because it would change the path.
    """
    if text in ("", ".", ".."):
        raise MissingError(f"{text!r} is not the id of an object", remedy="give the id as Twilio shows it")
    return quote(text, safe="")


def pages(
    client: Twilio, product: str, path: str, query: Mapping[str, str], *, items: str, token: str
) -> Iterator[Any]:
    """All items of a list, page by page, up to a limit that no account reaches.

    Args:
        client: The client.
        product: The product, such as `voice`.
        path: The path of the list.
        query: The filters and the page size.
        items: The member of a page with the items.
        token: The member of a page's `meta` with the token of the next page.
    """
    seen: set[str] = set()
    next_token: str | None = None
    for _ in range(MOST_PAGES):
        page = client.get(product, path, {**query, **({"pageToken": next_token} if next_token else {})})
        found = page.get(items) if isinstance(page, Mapping) else None
        if not isinstance(found, list):
            return
        yield from found
        next_token = member(page, "meta").get(token)
        if not isinstance(next_token, str) or not next_token or next_token in seen:
            return
        seen.add(next_token)
