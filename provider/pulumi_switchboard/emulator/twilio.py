"""What Twilio's APIs have in common: hosts, credentials, ids, the error body and request bodies."""

import base64
import itertools
import re
import secrets
import time
from collections.abc import Callable, Mapping

from pulumi_switchboard.emulator.api import ApiRequest, Credentials, Refused, Reply, Vendor
from pulumi_switchboard.emulator.request_body import FORM, parse_form, parse_json
from pulumi_switchboard.emulator.schema import Check
from pulumi_switchboard.emulator.store import JsonObject

_HOST = re.compile(r"(?P<product>[a-z0-9-]+)(\.[a-z0-9-]+){0,2}\.twilio\.com")
_USERNAME = re.compile(r"(?:AC|SK)(?P<hex>[0-9a-fA-F]{32})")
_CODES = {400: 20001, 401: 20003, 404: 20404, 405: 20004, 409: 20409, 412: 20412, 415: 20422, 429: 20429}
_CODES |= {500: 20500, 503: 20503}
_UNAUTHORIZED = 401
_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 26
_ID_COUNTER_BITS = 24
_ID_RANDOM_BITS = 56

_id_count = itertools.count()


def _canonical_host(host: str) -> str | None:
    """Return `voice.twilio.com` for `voice.dublin.ie1.twilio.com`."""
    match = _HOST.fullmatch(host)
    return f"{match['product']}.twilio.com" if match else None


def _credentials(headers: Mapping[str, str]) -> Credentials:
    """Read HTTP Basic credentials: an Account SID or API key SID, and its secret."""
    scheme, _, encoded = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        raise Refused(401, "Authentication Error - No credentials provided")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
    except ValueError:
        raise Refused(401, "Authentication Error - malformed credentials") from None
    username, _, secret = decoded.partition(":")
    account_id = _account_id(username)
    if account_id is None:
        raise Refused(401, "Authentication Error - invalid username")
    if not secret:
        raise Refused(401, "Authentication Error - no secret provided")
    return Credentials(username, secret, account_id)


def _account_id(username: str) -> str | None:
    """Return the Account SID of an Account SID or an API key SID."""
    match = _USERNAME.fullmatch(username)
    return f"AC{match['hex']}" if match else None


def _not_found(request: ApiRequest) -> Refused:
    return Refused(404, f"The requested resource {request.path} was not found")


def _read(request: ApiRequest, check: Check, media_type: str) -> JsonObject:
    if request.media_type != media_type:
        raise Refused(415, f"The request body must be sent as {media_type}")
    value: JsonObject
    try:
        value = parse_form(request.body) if media_type == FORM else parse_json(request.body)
    except ValueError as error:
        reason = "not a valid form" if media_type == FORM else error
        raise Refused(400, f"The request body is {reason}") from None
    if problems := list(check(value, "")):
        raise Refused(400, "; ".join(problems))
    return value


def _error(refused: Refused) -> Reply:
    """Return the usual body of Twilio's APIs: `code`, `message`, `more_info` and `status`."""
    code = error_code(refused)
    body = {
        "code": code,
        "message": refused.message,
        "more_info": more_info(code),
        "status": refused.status,
    }
    challenge = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if refused.status == _UNAUTHORIZED else {}
    return Reply(refused.status, body, {**challenge, **refused.headers})


TWILIO = Vendor(
    canonical_host=_canonical_host,
    credentials=_credentials,
    account_id=_account_id,
    wrong_credentials=(401, "Authentication Error - wrong username or secret"),
    not_found=_not_found,
    read=_read,
    error=_error,
    headers=lambda: {"Twilio-Request-Id": f"RQ{secrets.token_hex(16)}"},
)
"""Twilio as a vendor. An API key belongs to the account with the same 32 hexadecimal digits."""


def twilio_type_id(prefix: str) -> str:
    """Return a new Twilio Type ID: the prefix and 26 characters. Later ids sort after earlier ones."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << _ID_COUNTER_BITS | next(_id_count) % (1 << _ID_COUNTER_BITS)
    value = value << _ID_RANDOM_BITS | secrets.randbits(_ID_RANDOM_BITS)
    digits = (_ID_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_ID_LENGTH)))
    return f"{prefix}_{''.join(digits)}"


def type_ids(prefix: str) -> Callable[[ApiRequest], str]:
    """Return a function that gives a new object its Twilio Type ID."""
    return lambda _request: twilio_type_id(prefix)


def error_code(refused: Refused) -> int:
    """Return Twilio's code of an error."""
    return refused.code or _CODES.get(refused.status, refused.status)


def more_info(code: int) -> str:
    """Return the URL of the page about a code."""
    return f"https://www.twilio.com/docs/errors/{code}"
