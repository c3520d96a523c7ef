"""The endpoint: one base URL in place of all vendors' hosts."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from pulumi_switchboard.errors import CredentialsError, SettingsError
from pulumi_switchboard.settings import ALLOW_HTTP, ENDPOINT
from pulumi_switchboard.transport.loopback import canonical_host, is_loopback
from pulumi_switchboard.vendors.credentials import Given, Sources

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:]*:[0-9a-f:.]*")
"""A name or an IPv4 address, or an IPv6 address."""


def endpoint_of(sources: Sources) -> str | None:
    """The base URL that replaces the vendors' hosts, if one is set.

    Raises:
        CredentialsError: Credentials would be sent unencrypted, or the URL cannot be used.
        SettingsError: The hosts to which plain http is allowed are no list of hosts.
    """
    hosts = _http_hosts(sources)
    given = sources.group((ENDPOINT,)).get(ENDPOINT)
    if given is None:
        return None
    parts = _split(given)
    host = canonical_host(parts.hostname or "")
    if parts.scheme == "http" and not (is_loopback(host) or host in hosts):
        raise CredentialsError(
            f"{given} would send credentials unencrypted to {host}",
            facts=(f"Plain http is allowed to {', '.join(['this machine', *sorted(hosts)])}",),
            remedy="give an https URL; or, if the way to that host is safe, as between containers of one "
            f"machine, add it to {ALLOW_HTTP.config} or {ALLOW_HTTP.variable}: "
            f"`pulumi config set {ALLOW_HTTP.config} {','.join([*sorted(hosts), host])}`",
        )
    return given.value.rstrip("/")


def _split(given: Given) -> SplitResult:
    """The parts of a URL that consists of nothing but scheme, host, port and path."""
    with suppress(ValueError):
        parts = urlsplit(given.value)
        if (
            parts.scheme in ("https", "http")
            and _HOST.fullmatch(canonical_host(parts.hostname or ""))
            and parts.port != 0
            and not re.search(r"[\s?#@]", given.value)
        ):
            return parts
    raise CredentialsError(
        f"{given} is not a URL with nothing but https or http, a host, a port and a path",
        remedy="give the URL of a proxy or an emulator, such as http://127.0.0.1:8080",
    )


def _http_hosts(sources: Sources) -> set[str]:
    """The hosts to which plain http is allowed, besides this machine: with commas, or as a JSON list."""
    given = sources.group((ALLOW_HTTP,)).get(ALLOW_HTTP)
    if given is None:
        return set()
    try:
        items = json.loads(given.value)
    except ValueError:
        items = given.value.split(",")
    items = items if isinstance(items, list) else [items]
    hosts = [canonical_host(item.strip()) if isinstance(item, str) else "" for item in items]
    if not all(map(_HOST.fullmatch, hosts)):
        raise SettingsError(
            f"{given} is not a list of host names",
            remedy="give the names of hosts without scheme, port and path, separated by commas",
        )
    return set(hosts)
