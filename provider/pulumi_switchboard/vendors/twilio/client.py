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
from pulumi_switchboard.vendors.twilio.account import Account
from pulumi_switchboard.vendors.twilio.refusals import refusal
from pulumi_switchboard.vendors.vendor import Origin, Vendor
from pulumi_switchboard.vendors.wire import Body, encoded

MOST_PAGES = 100


@dataclass(frozen=True)
class Twilio:
    """Twilio's APIs for one account, for the length of one call."""

    account: Account
    line: RetryingClient

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
        """Send a JSON object to be created."""
        return self.exchange("POST", product, path, body).json()

    def post_form(self, product: str, path: str, fields: Sequence[tuple[str, str]]) -> Any:
        """Change what the fields of a form name; all else stays, so to send it again changes no more.

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
        """Send a request, and return its answer, which is a success.

        Args:
            method: The HTTP method.
            product: The product, as `voice`.
            path: The path at the product's host, with the query.
            body: What to send: an object, or the fields of a form.
            key: What makes it harmless to send the request again, where the API knows such a key.
            idempotent: Whether that is harmless without a key, though the method does not say so.

        Raises:
            VendorError: Twilio refused.
        """
        kind, data = encoded(body)
        request = Request(
            method,
            self.account.url(product, path),
            auth=self.account.auth,
            headers={**kind, **({"Idempotency-Key": key} if key is not None else {})},
            body=data,
            idempotent=idempotent,
        )
        response = self.line.send(request)
        if not response.ok:
            raise refusal(response)
        return response


TWILIO = Vendor("Twilio", Twilio.sign_in)


def segment(text: str) -> str:
    """One segment of a path, whatever characters the text has.

    Raises:
        MissingError: The text can't be a segment: it would make the path another one.
    """
    if text in ("", ".", ".."):
        raise MissingError(f"{text!r} is no id of an object", remedy="give the id as Twilio shows it")
    return quote(text, safe="")


def pages(
    client: Twilio, product: str, path: str, query: Mapping[str, str], *, items: str, token: str
) -> Iterator[Any]:
    """All items of a list, page by page, up to a number of pages that no account needs.

    Args:
        client: Twilio.
        product: The product, as `voice`.
        path: The path of the list.
        query: The filters and the size of a page.
        items: The member of a page that holds the items.
        token: The member of a page's `meta` that leads to the next page.
    """
    seen: set[str] = set()
    following: str | None = None
    for _ in range(MOST_PAGES):
        page = client.get(product, path, {**query, **({"pageToken": following} if following else {})})
        found = page.get(items) if isinstance(page, Mapping) else None
        if not isinstance(found, list):
            return
        yield from found
        following = member(page, "meta").get(token)
        if not isinstance(following, str) or not following or following in seen:
            return
        seen.add(following)
