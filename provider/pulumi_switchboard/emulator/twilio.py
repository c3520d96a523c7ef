"""What Twilio's APIs have in common: hosts, Basic credentials, the error body, JSON requests and forms."""

import base64
import binascii
import re
import secrets
from collections.abc import Mapping

from pulumi_switchboard.emulator.api import Call, Credentials, Refused, Reply
from pulumi_switchboard.emulator.forms import FORM, Form, parse_form
from pulumi_switchboard.emulator.json_body import JSON, parse_json
from pulumi_switchboard.emulator.schema import Check
from pulumi_switchboard.emulator.store import JsonObject

_HOST = re.compile(r"(?P<product>[a-z0-9-]+)(\.[a-z0-9-]+){0,2}\.twilio\.com")
_USERNAME = re.compile(r"(?:AC|SK)(?P<hex>[0-9a-fA-F]{32})")
_CODES = {
    400: 20001,
    401: 20003,
    404: 20404,
    405: 20004,
    409: 20409,
    412: 20412,
    415: 20422,
    429: 20429,
    500: 20500,
    503: 20503,
}


class Twilio:
    """Twilio as a vendor. An API key belongs to the account with the same 32 hexadecimal digits."""

    def canonical_host(self, host: str) -> str | None:
        """Return `voice.twilio.com` for `voice.dublin.ie1.twilio.com`."""
        match = _HOST.fullmatch(host)
        return f"{match['product']}.twilio.com" if match else None

    def credentials(self, headers: Mapping[str, str]) -> Credentials:
        """Read HTTP Basic credentials: an Account SID or API key SID, and its secret."""
        scheme, _, encoded = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            raise Refused(401, "Authentication Error - No credentials provided")
        try:
            decoded = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Refused(401, "Authentication Error - malformed credentials") from None
        username, _, secret = decoded.partition(":")
        account = self.account(username)
        if account is None:
            raise Refused(401, "Authentication Error - invalid username")
        if not secret:
            raise Refused(401, "Authentication Error - no secret provided")
        return Credentials(username, secret, account)

    def account(self, username: str) -> str | None:
        """Return the Account SID of an Account SID or an API key SID."""
        match = _USERNAME.fullmatch(username)
        return f"AC{match['hex']}" if match else None

    def stranger(self) -> Refused:
        """Return the refusal of another secret, or of a user name that is not let in."""
        return Refused(401, "Authentication Error - wrong username or secret")

    def error(self, refused: Refused) -> Reply:
        """Return the body of `code`, `message`, `more_info` and `status` that Twilio's APIs answer."""
        code = error_code(refused)
        body = {
            "code": code,
            "message": refused.message,
            "more_info": more_info(code),
            "status": refused.status,
        }
        challenge = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if refused.status == 401 else {}  # noqa: PLR2004
        return Reply(refused.status, body, {**challenge, **refused.headers})

    def headers(self) -> Mapping[str, str]:
        """Return a new request id."""
        return {"Twilio-Request-Id": f"RQ{secrets.token_hex(16)}"}


TWILIO = Twilio()
"""The one Twilio."""


def error_code(refused: Refused) -> int:
    """Return Twilio's code of an error."""
    return refused.code or _CODES.get(refused.status, refused.status)


def more_info(code: int) -> str:
    """Return the address of the page about a code."""
    return f"https://www.twilio.com/docs/errors/{code}"


def not_found(call: Call) -> Refused:
    """Return the refusal of a path that names no object."""
    return Refused(404, f"The requested resource {call.path} was not found")


def page_size(call: Call, *, default: int = 50, largest: int = 1000) -> int:
    """Read the query parameter `pageSize`.

    Raises:
        Refused: It is no number that can be.
    """
    raw = call.query.get("pageSize", str(default))
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw) <= largest):
        raise Refused(400, f"pageSize: must be a number from 1 to {largest}")
    return int(raw)


def read_json(call: Call, check: Check) -> JsonObject:
    """Read a request body that has to be a JSON object without a problem.

    Raises:
        Refused: The content type is another, the text is not JSON, or the check finds problems.
    """
    if call.media_type != JSON:
        raise Refused(415, f"The request body must be sent as {JSON}")
    try:
        value = parse_json(call.body)
    except ValueError as error:
        raise Refused(400, f"The request body is {error}") from None
    _refuse_problems(value, check)
    body: JsonObject = value
    return body


def read_form(call: Call, check: Check) -> Form:
    """Read a request body that has to be a form without a problem.

    Raises:
        Refused: The content type is another, the text is not a form, or the check finds problems.
    """
    if call.media_type != FORM:
        raise Refused(415, f"The request body must be sent as {FORM}")
    try:
        form = parse_form(call.body)
    except ValueError:
        raise Refused(400, "The request body is not a valid form") from None
    _refuse_problems(form, check)
    return form


def _refuse_problems(value: object, check: Check) -> None:
    problems = list(check(value, ""))
    if problems:
        raise Refused(400, "; ".join(problems))
