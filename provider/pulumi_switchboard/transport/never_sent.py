"""Which failures prove that nothing of a request was sent.

A request that was never sent is sent again, whatever it does. So a wrong yes makes an object twice, and a
wrong no costs a look at what became of the request: without proof the answer is no.
"""

from __future__ import annotations

from ssl import SSLCertVerificationError

from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    MaxRetryError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

TUNNEL_REFUSED = "Tunnel connection failed"
"""How the words of `http.client` begin when a proxy makes no connection to the server."""


def was_never_sent(error: Exception) -> bool:
    """Whether the failure came before anything of the request could have been sent.

    urllib3 blames the proxy for a connection that it has closed meanwhile, at whatever point that broke;
    so a proxy error proves nothing, and the one beneath it counts.
    """
    reason = _reason(error)
    if isinstance(reason, SSLError):
        return isinstance(_first(reason), SSLCertVerificationError)
    if type(reason) is OSError:
        return str(reason).startswith(TUNNEL_REFUSED)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError | LocationParseError)


def _reason(error: Exception) -> object:
    """What urllib3 says, beneath what `requests` makes of it."""
    cause = error if isinstance(error, LocationParseError) else _first(error)
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return reason.original_error if isinstance(reason, ProxyError) else reason


def _first(error: Exception) -> object:
    return error.args[0] if error.args else None
