"""The port that the emulator listens on, or keeps for itself while it does not."""

import socket


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port; 0 takes a free one."""
    listener = _bound(host, port)
    try:
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def reserve(host: str, port: int) -> socket.socket:
    """Return a socket that holds a port without listening on it, so that connections are refused.

    No other process can listen on the port meanwhile. To do so itself, the socket has to be set to
    `SO_REUSEADDR` again.
    """
    holder = _bound(host, port)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    return holder


def _bound(host: str, port: int) -> socket.socket:
    # asyncio sends small packets at once only where the protocol is named; without, an answer takes 40 ms.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except BaseException:
        bound.close()
        raise
    return bound
