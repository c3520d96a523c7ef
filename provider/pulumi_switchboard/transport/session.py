"""The transport over the network: pooled connections for all threads of the process."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests import PreparedRequest
from requests.auth import HTTPBasicAuth

from pulumi_switchboard.errors import LostAnswerError, SettingsError, UnreachableError
from pulumi_switchboard.transport.connections import BreakableAdapter
from pulumi_switchboard.transport.loopback import is_loopback
from pulumi_switchboard.transport.messages import SUCCESS, Request, Response
from pulumi_switchboard.transport.never_sent import was_never_sent
from pulumi_switchboard.transport.urls import bare_url

CONNECTIONS = 64
CONNECT_SECONDS = 10.0
LONGEST_BODY = 10_000_000
"""Bytes; no answer of a vendor's is nearly as long."""
LONGEST_REFUSAL = 65_536
"""Bytes that are read of an answer that is not a success; a vendor's explanation is much shorter."""
CHUNK = 65_536
USER_AGENT = f"pulumi-switchboard/{version('pulumi-switchboard')}"


class SessionTransport:
    """Sends requests over kept connections.

    Proxies and certificate bundles of the environment are honoured, but a request to this machine itself
    never goes through a proxy. A request is signed with its own credentials or not at all, so a `.netrc`
    never applies. Redirects are not followed and cookies not kept: a vendor's API uses neither, and
    credentials go nowhere but to the vendor.
    """

    def __init__(self) -> None:
        self._session = requests.Session()
        """Prepares requests; it never sends one, since it looks at cookies and at where redirects lead."""
        self._adapter = BreakableAdapter(
            pool_connections=CONNECTIONS, pool_maxsize=CONNECTIONS, max_retries=0
        )

    def close(self) -> None:
        """Close the connections."""
        self._adapter.close()

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once; see `Transport.send`."""
        where = bare_url(request.url)
        try:
            prepared, way = self._prepared(request)
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"no request can be made to {where} ({type(error).__name__})",
                remedy="check the endpoint, the credentials and the proxy settings for odd characters",
            ) from None
        try:
            answer = self._adapter.send(
                prepared, timeout=(min(CONNECT_SECONDS, timeout), timeout), **{**way, "stream": True}
            )
            with answer:
                body = _body(answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, the request may be at the vendor
            reason = type(error).__name__
            if was_never_sent(error):
                raise UnreachableError(
                    f"no connection to {where} ({reason})",
                    remedy="check the network, the proxy settings and the endpoint",
                ) from None
            raise LostAnswerError(f"no whole answer to {request.method} {where} ({reason})") from None
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, headers, body)

    def _prepared(self, request: Request) -> tuple[PreparedRequest, dict[str, Any]]:
        """The request as it is sent, and the way it goes; all that is wrong with the two shows here."""
        prepared = self._session.prepare_request(
            requests.Request(
                request.method,
                request.url,
                data=request.body,
                headers={"User-Agent": USER_AGENT, "Accept": "application/json", **request.headers},
                auth=_signing(request.auth),
            )
        )
        url = prepared.url or ""
        way: dict[str, Any] = {**self._session.merge_environment_settings(url, {}, None, None, None)}
        if isinstance(way["verify"], str) and url.startswith("https:"):
            _read_certificates(way["verify"])
        if is_loopback(urlsplit(url).hostname or ""):
            way["proxies"] = {}
        self._adapter.get_connection_with_tls_context(prepared, way["verify"], way["proxies"], way["cert"])
        return prepared, way


def _signing(auth: tuple[str, str] | None) -> Callable[[PreparedRequest], PreparedRequest]:
    """What signs a request; where that is not needed, what keeps `requests` from looking for something."""
    return HTTPBasicAuth(*(part.encode() for part in auth)) if auth is not None else lambda prepared: prepared


@cache
def _read_certificates(path: str) -> None:
    """See that the certificates to be trusted are there.

    Raises:
        SettingsError: They are not, so that no vendor could prove who it is.
    """
    try:
        if not Path(path).is_dir():
            ssl.create_default_context(cafile=path)
    except OSError as error:
        raise SettingsError(
            f"there are no certificates to be read in {path} ({type(error).__name__})",
            remedy="correct REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE in the environment: they name the file",
        ) from None


def _body(answer: requests.Response) -> bytes:
    """The whole body, or the beginning of a long one if the answer is not a success.

    Raises:
        ValueError: It is too long to be an answer.
    """
    body = bytearray()
    for part in answer.iter_content(CHUNK):
        body += part
        if answer.status_code // 100 != SUCCESS and len(body) >= LONGEST_REFUSAL:
            return bytes(body[:LONGEST_REFUSAL])
        if len(body) > LONGEST_BODY:
            raise ValueError
    return bytes(body)
