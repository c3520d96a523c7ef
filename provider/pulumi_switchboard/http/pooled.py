"""The transport over the network: pooled connections for all threads of the process."""

from __future__ import annotations

from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from ssl import SSLCertVerificationError

import requests
from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, SSLError

from pulumi_switchboard.errors import LostAnswerError, UnreachableError
from pulumi_switchboard.http.messages import Request, Response
from pulumi_switchboard.http.redaction import bare_url

CONNECTIONS = 64
CONNECT_SECONDS = 10.0
USER_AGENT = f"pulumi-switchboard/{version('pulumi-switchboard')}"


class PooledTransport:
    """Sends requests over kept connections.

    Proxies and certificate bundles of the environment are honoured. A request is signed with its own
    credentials or not at all, so a `.netrc` never applies. Redirects are not followed and cookies not kept: a
    vendor's API uses neither, and credentials go nowhere but to the vendor.
    """

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = HTTPAdapter(pool_connections=CONNECTIONS, pool_maxsize=CONNECTIONS, max_retries=0)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once; see `Transport.send`."""
        where = bare_url(request.url)
        try:
            answer = self._session.request(
                request.method,
                request.url,
                data=request.body,
                headers={"User-Agent": USER_AGENT, "Accept": "application/json", **request.headers},
                auth=_signing(request.auth),
                timeout=(min(CONNECT_SECONDS, timeout), timeout),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            reason = type(error).__name__
            if _never_connected(error):
                raise UnreachableError(
                    f"no connection to {where} ({reason})",
                    remedy="check the network, the proxy settings and the endpoint",
                ) from None
            raise LostAnswerError(f"no whole answer to {request.method} {where} ({reason})") from None
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, headers, answer.content)


def _signing(auth: tuple[str, str] | None) -> Callable[[PreparedRequest], PreparedRequest]:
    """What signs a request; where that is not needed, what keeps `requests` from looking for something."""
    return HTTPBasicAuth(*(part.encode() for part in auth)) if auth is not None else lambda prepared: prepared


def _never_connected(error: requests.RequestException) -> bool:
    """Whether the failure came before anything of the request could have been sent."""
    if isinstance(error, ValueError | requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(reason, SSLError):
        return isinstance(reason.args[0] if reason.args else None, SSLCertVerificationError)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)
