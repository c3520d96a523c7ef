"""Who may send control requests: programs, but no web page of another origin.

A browser on this machine sends requests to it for any page that it shows. A page can also resolve its own
name to this machine (DNS rebinding) and then read the answers. The headers Origin and Sec-Fetch-Site show the
first, the header Host shows the second. A page cannot set any of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_AUTHORITY = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:(?P<port>[0-9]{1,5}))?", re.ASCII)
_SCHEME = "http://"
_DEFAULT_PORT = 80
_LARGEST_PORT = 65535
_OWN_SITES = {"same-origin", "none"}
"""What browsers send in Sec-Fetch-Site for a page of the same origin and for a typed address."""

_FOREIGN_HOST = (
    "A control request must have the emulator's own address in the Host header, such as 127.0.0.1 or "
    "localhost. To allow another name, start the emulator with --allow-host NAME or "
    'Emulator(allowed_hosts=["NAME"])'
)
_FOREIGN_PAGE = (
    "A control request must not come from a web page of another origin. Send it from a program, without the "
    "headers Origin and Sec-Fetch-Site"
)


@dataclass(frozen=True)
class Authority:
    """A host and its port, as in a URL."""

    name: str
    """In lower case; an IP address in its usual form, without brackets."""
    port: int | None
    """None if it is not given."""


def parse_authority(text: str) -> Authority:
    """Read `NAME`, `NAME:PORT` or the same with an IP address, which needs brackets if it has colons.

    Any other form is a ValueError.
    """
    match = _AUTHORITY.fullmatch(text.lower())
    if match is None or int(match["port"] or 0) > _LARGEST_PORT:
        raise ValueError(f"'{text}' is not a host; write NAME or NAME:PORT, and an IPv6 address in brackets")
    return Authority(_usual(match["name"].strip("[]")), int(match["port"]) if match["port"] else None)


class Guard:
    """Answers 403 to control requests that the emulator's user has not sent, and passes on all others.

    A request can name the address that the emulator is `bound` to, and each host that is `allowed`: if that
    has no port, with any port.
    """

    def __init__(self, app: ASGIApp, bound: str, allowed: Iterable[Authority]) -> None:
        self._app = app
        self._allowed = {Authority(_usual(bound), None), Authority("localhost", None), *allowed}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        problem = self._problem(Headers(scope=scope), local=scope["server"][0])
        answer = self._app if problem is None else JSONResponse({"message": problem}, 403)
        await answer(scope, receive, send)

    def _problem(self, headers: Headers, *, local: str) -> str | None:
        host = _parsed(headers.get("host", ""))
        if host is None or not self._is_own(host, local):
            return _FOREIGN_HOST
        origins = [_parsed(text, scheme=_SCHEME) for text in headers.getlist("origin")]
        is_foreign = any(origin is None or _with_port(origin) != _with_port(host) for origin in origins)
        if is_foreign or not _OWN_SITES.issuperset(headers.getlist("sec-fetch-site")):
            return _FOREIGN_PAGE
        return None

    def _is_own(self, host: Authority, local: str) -> bool:
        """Return whether a host is this machine. Any port is accepted, as ports can be forwarded."""
        return (
            not self._allowed.isdisjoint({Authority(host.name, None), _with_port(host)})
            or host.name == _usual(local)
            or _is_loopback(host.name)
        )


def _parsed(text: str, scheme: str = "") -> Authority | None:
    """Return the host of a text that begins with this scheme, None if there is none."""
    try:
        return parse_authority(text.removeprefix(scheme)) if text.startswith(scheme) else None
    except ValueError:
        return None


def _with_port(host: Authority) -> Authority:
    return Authority(host.name, _DEFAULT_PORT if host.port is None else host.port)


def _usual(name: str) -> str:
    """Return an IP address in its usual form, and any other name in lower case."""
    try:
        address = ip_address(name)
    except ValueError:
        return name.lower()
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
