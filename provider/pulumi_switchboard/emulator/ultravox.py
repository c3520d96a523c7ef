"""What Ultravox's APIs have in common: the host, API keys, the error body and JSON requests.

Its errors are those of Django REST framework: `{"detail": "…"}`, or for a request that is not valid
`{"field": ["…"]}` and `{"non_field_errors": ["…"]}`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pulumi_switchboard.emulator.api import ApiRequest, Credentials, Refused, Reply, Vendor
from pulumi_switchboard.emulator.request_body import parse_json
from pulumi_switchboard.emulator.schema import Check
from pulumi_switchboard.emulator.store import JsonObject

_HOST = re.compile(r"([a-z0-9-]+\.)?ultravox\.ai")
_NAME = re.compile(r"[0-9A-Za-z]{8}")
_KEY = re.compile(rf"(?P<name>{_NAME.pattern})\.(?P<secret>[0-9A-Za-z]{{32}})")
_BAD_REQUEST = 400
_WRONG = (403, "Invalid API key")


def _canonical_host(host: str) -> str | None:
    """Return a host of the vendor as it is: it has no regions."""
    return host if _HOST.fullmatch(host) else None


def _credentials(headers: Mapping[str, str]) -> Credentials:
    """Read the header `X-API-Key`."""
    key = headers.get("x-api-key", "")
    if not key:
        raise Refused(401, "Authentication credentials were not provided.")
    parts = split_key(key)
    if parts is None:
        raise Refused(*_WRONG)
    name, secret = parts
    return Credentials(name, secret, name)


def _account_id(username: str) -> str | None:
    """Return the account of an API key's name: the name itself."""
    return username if _NAME.fullmatch(username) else None


def _not_found(_request: ApiRequest) -> Refused:
    return Refused(404, "Not found.")


def _read(request: ApiRequest, check: Check, media_type: str) -> JsonObject:
    if request.media_type != media_type:
        raise Refused(415, f"Unsupported media type in request; it must be {media_type}.")
    try:
        value = parse_json(request.body)
    except ValueError as error:
        message = f"JSON parse error - the body is {error}"
        raise Refused(400, message, body={"detail": message}) from None
    if not isinstance(value, dict):
        raise Refused(400, "Invalid data. Expected a dictionary.")
    if problems := _by_field(check(value, "")):
        raise Refused(400, "The request is not valid", body=problems)
    return value


def _error(refused: Refused) -> Reply:
    """Return the body that Django REST framework answers."""
    body = refused.body
    if body is None:
        invalid = refused.status == _BAD_REQUEST
        body = {"non_field_errors": [refused.message]} if invalid else {"detail": refused.message}
    return Reply(refused.status, body, refused.headers)


ULTRAVOX = Vendor(
    canonical_host=_canonical_host,
    credentials=_credentials,
    account_id=_account_id,
    wrong_credentials=_WRONG,
    not_found=_not_found,
    read=_read,
    error=_error,
)
"""Ultravox as a vendor. The first 8 characters of an API key are its name, and are not secret."""


def split_key(key: str) -> tuple[str, str] | None:
    """Return the name and the secret of an API key, None if it is not well-formed."""
    match = _KEY.fullmatch(key)
    return (match["name"], match["secret"]) if match else None


def _by_field(problems: Iterable[str]) -> JsonObject:
    """Group problems such as `agents[0]: must be a string` by their member."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for problem in problems:
        field = re.split(r"[.:\[]", problem, maxsplit=1)[0]
        fields[field].append(problem.removeprefix(field).removeprefix(": "))
    return dict(fields)
