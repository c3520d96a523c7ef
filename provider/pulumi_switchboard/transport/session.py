"""The transport over the network, with connections that all threads of the process share."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import requests
from requests import PreparedRequest
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    MaxRetryError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

from pulumi_switchboard.errors import LostAnswerError, SettingsError, UnreachableError
from pulumi_switchboard.settings import ENDPOINT
from pulumi_switchboard.transport.connections import InterruptibleAdapter
from pulumi_switchboard.transport.loopback import is_loopback
from pulumi_switchboard.transport.messages import SUCCESS, Request, Response
from pulumi_switchboard.transport.urls import safe_url

CONNECTIONS = 64
CONNECT_SECONDS = 10.0
FIRST_ANSWER_SECONDS = 0.5
"""How long a first request, of another thread, may take before a server counts as absent."""
LONGEST_BODY = 10_000_000
"""Bytes; no answer of a vendor is nearly as long."""
LONGEST_ERROR_BODY = 65_536
"""Bytes that are read of an answer that is not a success; a vendor's explanation is much shorter."""
CHUNK = 65_536
HEADERS = {
    **requests.utils.default_headers(),
    "User-Agent": f"pulumi-switchboard/{version('pulumi-switchboard')}",
    "Accept": "application/json",
}
CHECK_NETWORK = "check the network, the proxy settings and the endpoint"
CHECK_CERTIFICATES = (
    "the server's certificate is not trusted. If a proxy on the way replaces certificates, set "
    "REQUESTS_CA_BUNDLE in the environment to a file with those to trust"
)
TUNNEL_REFUSED = "Tunnel connection failed"
"""How the message of `http.client` begins when a proxy refuses a connection to the server."""


class SessionTransport:
    """Sends requests over connections that are kept open.

    Proxies and certificate bundles of the environment are used, but a request to this machine never goes
    through a proxy. A request is authenticated with its own credentials or not at all: a `.netrc` is ignored.
    Redirects are not followed and cookies are not kept: no vendor's API uses them, and credentials must only
    be sent to the vendor.
    """

    def __init__(self) -> None:
        self._session = requests.Session()
        """Knows the settings of the environment. It neither prepares nor sends requests, because it would add
        credentials of a `.netrc` and process cookies and redirects."""
        self._adapter = InterruptibleAdapter(
            pool_connections=CONNECTIONS, pool_maxsize=CONNECTIONS, max_retries=0
        )
        self._servers: set[str] = set()
        """Those that have received a request, as far as can be known."""

    def close(self) -> None:
        """Close the connections."""
        self._adapter.close()

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once; see `Transport.send`."""
        where = safe_url(request.url)
        try:
            prepared, options = self._prepare(request)
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"no request can be made to {where} ({type(error).__name__})",
                remedy="check the endpoint, the credentials and the proxy settings for unusual characters",
            ) from None
        server = urlsplit(str(prepared.url))
        try:
            answer = self._adapter.send(
                prepared, timeout=(min(CONNECT_SECONDS, timeout), timeout), **{**options, "stream": True}
            )
            with answer:
                body = _read_body(answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, the vendor may have received the request
            reason = type(error).__name__
            if _is_refused_here(error, server) and not self._was_there(server):
                raise _nothing_listens(server) from None
            if _was_never_sent(error):
                remedy = CHECK_CERTIFICATES if _is_untrusted(error) else CHECK_NETWORK
                raise UnreachableError(f"no connection to {where} ({reason})", remedy=remedy) from None
            self._servers.add(server.netloc)
            raise LostAnswerError(f"no whole answer to {request.method} {where} ({reason})") from None
        self._servers.add(server.netloc)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, headers, body)

    def _was_there(self, server: SplitResult) -> bool:
        """Whether any request has reached the server; the first one may be under way in another thread."""
        if server.netloc not in self._servers:
            time.sleep(FIRST_ANSWER_SECONDS)
        return server.netloc in self._servers

    def _prepare(self, request: Request) -> tuple[PreparedRequest, dict[str, Any]]:
        """The request as it is sent, and the options to send it with. An error in either is raised here."""
        prepared = requests.Request(
            request.method,
            request.url,
            data=request.body,
            headers={**HEADERS, **request.headers},
            auth=_authentication(request.auth),
        ).prepare()
        url = prepared.url or ""
        options: dict[str, Any] = {**self._session.merge_environment_settings(url, {}, None, None, None)}
        if isinstance(options["verify"], str) and url.startswith("https:"):
            check_certificates(options["verify"])
        if is_loopback(urlsplit(url).hostname or ""):
            options["proxies"] = {}
        self._adapter.get_connection_with_tls_context(
            prepared, options["verify"], options["proxies"], options["cert"]
        )
        return prepared, options


def _authentication(auth: tuple[str, str] | None) -> Callable[[PreparedRequest], PreparedRequest]:
    """Adds the credentials to a request; without any, it keeps `requests` from taking those of the URL."""
    return HTTPBasicAuth(*(part.encode() for part in auth)) if auth is not None else lambda prepared: prepared


@cache
def check_certificates(path: str) -> None:
    """Check that the trusted certificates can be read.

    Raises:
        SettingsError: They cannot, so that the vendor's identity cannot be verified.
    """
    try:
        if not Path(path).is_dir():
            ssl.create_default_context(cafile=path)
    except OSError as error:
        raise SettingsError(
            f"no certificates can be read from {path} ({type(error).__name__})",
            remedy="correct REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE in the environment, which names the file",
        ) from None


def _read_body(answer: requests.Response) -> bytes:
    """The whole body, or the beginning of a long one if the answer is not a success.

    Raises:
        ValueError: It is too long to be a vendor's answer.
    """
    body = bytearray()
    for part in answer.iter_content(CHUNK):
        body += part
        if answer.status_code // 100 != SUCCESS and len(body) >= LONGEST_ERROR_BODY:
            return bytes(body[:LONGEST_ERROR_BODY])
        if len(body) > LONGEST_BODY:
            raise ValueError
    return bytes(body)


def _was_never_sent(error: Exception) -> bool:
    """Whether the error proves that nothing of the request was sent.

    A request that was never sent is sent again, whatever it does. A wrong yes may create an object twice; a
    wrong no only costs a request to find out. So without proof the answer is no.

    A proxy error proves nothing, since urllib3 raises one whenever a connection to a proxy breaks. Its cause
    counts.
    """
    cause = _cause(error)
    if isinstance(cause, SSLError):
        return _is_untrusted(error)
    if type(cause) is OSError:
        return str(cause).startswith(TUNNEL_REFUSED)
    return isinstance(cause, NewConnectionError | ConnectTimeoutError | LocationParseError)


def _is_untrusted(error: Exception) -> bool:
    """Whether the server's certificate could not be verified, so that nothing was sent."""
    cause = _cause(error)
    return isinstance(cause, SSLError) and isinstance(_first_argument(cause), ssl.SSLCertVerificationError)


def _is_refused_here(error: Exception, server: SplitResult) -> bool:
    """Whether the server is to be on this machine, and nothing listens at its port."""
    cause = _cause(error)
    return (
        is_loopback(server.hostname or "")
        and isinstance(cause, NewConnectionError)
        and isinstance(cause.__cause__, ConnectionRefusedError)
    )


def _nothing_listens(server: SplitResult) -> SettingsError:
    """The error for a server on this machine that has never been there since this process began.

    One that was there before may only be restarting, so a request to it is sent again.
    """
    port = server.port or (443 if server.scheme == "https" else 80)
    return SettingsError(
        f"nothing listens at {safe_url(f'{server.scheme}://{server.netloc}')}",
        remedy=f"start the emulator with `switchboard emulator --port {port}`; or correct {ENDPOINT.config} "
        f"({ENDPOINT.variable}), or remove it to use the vendor itself",
    )


def _cause(error: Exception) -> object:
    """The error of urllib3 within an error of `requests`."""
    cause = error if isinstance(error, LocationParseError) else _first_argument(error)
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return reason.original_error if isinstance(reason, ProxyError) else reason


def _first_argument(error: Exception) -> object:
    return error.args[0] if error.args else None
