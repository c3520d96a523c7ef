"""Which hosts are the same, and which are this machine."""

from __future__ import annotations

import re
import socket
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

_LEGACY = re.compile(r"[0-9a-fx.]+", re.IGNORECASE)
"""What may be a short or numeric form of an IPv4 address, such as `127.1`."""


def canonical_host(host: str) -> str:
    """The host in one spelling: small letters, no brackets around an IPv6 address, no dot at the end."""
    address = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    return address.removesuffix(".").lower()


def is_loopback(host: str) -> bool:
    """Whether the host of a URL is this machine, in any form that the system's resolver accepts."""
    name = canonical_host(host)
    if name == "localhost":
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return _is_legacy_loopback(name)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def in_one_spelling(url: str) -> str:
    """The URL; if it leads to this machine, with `localhost` as its host, and without port."""
    parts = urlsplit(url)
    return parts._replace(netloc="localhost").geturl() if is_loopback(parts.hostname or "") else url


def _is_legacy_loopback(name: str) -> bool:
    """Whether the resolver reads the name as an IPv4 address of this machine."""
    if not _LEGACY.fullmatch(name):
        return False
    try:
        return ip_address(socket.inet_aton(name)).is_loopback
    except OSError:
        return False
