"""Twilio: how to sign in, where its APIs live, and what its refusals look like."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from typing_extensions import Self

from pulumi_switchboard.core.contract import Origin
from pulumi_switchboard.errors import (
    CredentialsError,
    MissingError,
    NotFoundError,
    RateLimitError,
    Refusal,
    VendorError,
)
from pulumi_switchboard.http.messages import Request, Response
from pulumi_switchboard.http.retrying import Line
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

DOMAIN = "twilio.com"
ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}")
UNAUTHORIZED = (401, 403)
NOT_FOUND = 404
SMALLEST_CODE = 10_000
"""Twilio's own codes have five or six digits; other numbers are anyone's."""
TOO_MANY_REQUESTS = 429


@dataclass(frozen=True)
class Account:
    """A Twilio account, the credentials for it, and where it is reached."""

    sid: str
    auth: tuple[str, str] = field(repr=False)
    region: str | None = None
    edge: str | None = None
    endpoint: str | None = None

    @classmethod
    def from_settings(cls, sources: Sources) -> Account:
        """The account that the settings name.

        Raises:
            CredentialsError: The credentials are missing, partial or malformed.
        """
        given, source = sources.group(TWILIO_CREDENTIALS)
        if not given:
            raise CredentialsError(
                "there are no Twilio credentials",
                remedy=f"set {TWILIO_ACCOUNT_SID.config} and {TWILIO_AUTH_TOKEN.config} (as a secret) in the "
                f"stack's configuration, or {TWILIO_ACCOUNT_SID.variable} and {TWILIO_AUTH_TOKEN.variable} "
                "in the environment",
            )
        place, _ = sources.group((TWILIO_REGION, TWILIO_EDGE))
        edge = place.get(TWILIO_EDGE)
        return cls(
            sid=_account_sid(given, source),
            auth=_basic_auth(given, source),
            region=place.get(TWILIO_REGION) or ("us1" if edge else None),
            edge=edge,
            endpoint=sources.endpoint(),
        )

    @property
    def origin(self) -> Origin:
        """What identifies the account in state: its SID and the place that holds its objects."""
        region = f"{self.region}." if self.region and self.region != "us1" else ""
        return Origin(account=self.sid, endpoint=self.endpoint or f"https://{region}{DOMAIN}")

    def url(self, product: str, path: str) -> str:
        """The URL of a path of one of Twilio's products, say `voice`."""
        host = ".".join(part for part in (product, self.edge, self.region, DOMAIN) if part)
        return f"{self.endpoint}/{host}{path}" if self.endpoint else f"https://{host}{path}"


@dataclass(frozen=True)
class Twilio:
    """Twilio's APIs for one account, for the length of one call."""

    account: Account
    line: Line

    @classmethod
    def sign_in(cls, sources: Sources, line: Callable[[Origin], Line]) -> Self:
        """See `Client.sign_in`."""
        account = Account.from_settings(sources)
        return cls(account, line(account.origin))

    @property
    def origin(self) -> Origin:
        """See `Account.origin`."""
        return self.account.origin

    def get(self, product: str, path: str, query: Mapping[str, str] | None = None) -> Any:
        """The object at this path."""
        return self._exchange("GET", product, path + (f"?{urlencode(query)}" if query else ""))

    def post(self, product: str, path: str, body: Mapping[str, Any]) -> Any:
        """Send a JSON object to be created."""
        return self._exchange("POST", product, path, body)

    def put(self, product: str, path: str, body: Mapping[str, Any]) -> Any:
        """Replace the object at this path."""
        return self._exchange("PUT", product, path, body)

    def delete(self, product: str, path: str) -> None:
        """Delete the object at this path."""
        self._exchange("DELETE", product, path)

    def _exchange(self, method: str, product: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        request = Request(
            method,
            self.account.url(product, path),
            auth=self.account.auth,
            headers={"Content-Type": "application/json"} if body is not None else {},
            body=json.dumps(body).encode() if body is not None else None,
        )
        response = self.line.send(request)
        if not response.ok:
            raise refusal(response)
        return response.json()


def segment(text: str) -> str:
    """One segment of a path, whatever characters the text has.

    Raises:
        MissingError: The text can't be a segment: it would make the path another one.
    """
    if text in ("", ".", ".."):
        raise MissingError(f"{text!r} is no id of an object", remedy="give the id as Twilio shows it")
    return quote(text, safe="")


def refusal(response: Response) -> VendorError:
    """The error that stands for an answer that is not a success.

    Only a 404 in Twilio's own words means that an object is gone: a proxy's 404 does not.
    """
    try:
        body = json.loads(response.body)
    except ValueError:
        body = None
    said: Mapping[str, Any] = body if isinstance(body, dict) else {}
    code = said["code"] if isinstance(said.get("code"), int) else None
    own_words = (
        code is not None
        and isinstance(said.get("message"), str)
        and (response.status != NOT_FOUND or code >= SMALLEST_CODE)
    )
    details = Refusal(
        vendor="Twilio",
        status=response.status,
        code=code,
        message=str(said.get("message") or said.get("detail") or said.get("title") or "no explanation"),
        link=str(said.get("more_info") or ""),
        request_id=response.headers.get("twilio-request-id", ""),
        is_repeat=response.is_repeat,
    )
    if response.status == NOT_FOUND and own_words:
        return NotFoundError(details)
    if response.status in UNAUTHORIZED:
        return VendorError(
            details,
            remedy="check the Twilio credentials. `pulumi refresh` and `pulumi destroy` use those saved by "
            "the last `pulumi up`; after a change run `pulumi up`, or add --run-program",
        )
    if response.status == TOO_MANY_REQUESTS:
        return RateLimitError(details, remedy="run `pulumi up` again later, or with a lower --parallel")
    if not own_words:
        return VendorError(details, remedy="this is no answer of Twilio's: check for a proxy in between")
    return VendorError(details)


def _account_sid(given: Mapping[Setting, str], source: str) -> str:
    sid = given.get(TWILIO_ACCOUNT_SID, "")
    if not sid:
        raise _missing(TWILIO_ACCOUNT_SID, source, "it names the account, with an API key, too")
    if not ACCOUNT_SID.fullmatch(sid):
        raise CredentialsError(
            f"{TWILIO_ACCOUNT_SID.config} ({TWILIO_ACCOUNT_SID.variable}) in {source} is not an account SID",
            remedy="an account SID is AC and 32 hexadecimal digits; an API key goes to twilio:apiKey",
        )
    return sid


def _basic_auth(given: Mapping[Setting, str], source: str) -> tuple[str, str]:
    if TWILIO_API_KEY in given or TWILIO_API_SECRET in given:
        for setting in (TWILIO_API_KEY, TWILIO_API_SECRET):
            if setting not in given:
                raise _missing(setting, source, "an API key and its secret go together")
        return given[TWILIO_API_KEY], given[TWILIO_API_SECRET]
    if TWILIO_AUTH_TOKEN not in given:
        raise _missing(TWILIO_AUTH_TOKEN, source, "the account SID needs it, or an API key with its secret")
    return given[TWILIO_ACCOUNT_SID], given[TWILIO_AUTH_TOKEN]


def _missing(setting: Setting, source: str, why: str) -> CredentialsError:
    return CredentialsError(
        f"{source} has a part of the Twilio credentials, not {setting.config} ({setting.variable}): {why}",
        remedy="give all of them in one place: settings from different places are never mixed",
    )
