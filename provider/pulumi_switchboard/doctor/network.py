"""Checks the proxies and the certificates that the environment names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pulumi_switchboard.doctor.finding import Finding, Level, failed
from pulumi_switchboard.errors import SettingsError
from pulumi_switchboard.transport.loopback import is_loopback
from pulumi_switchboard.transport.urls import UNREADABLE_URL, host_of, safe_url

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""The variables that name certificates, the first that is set counts."""
PROXY = "proxy"


def check_proxies(urls: Iterable[str], proxy_of: Callable[[str], str | None]) -> list[Finding]:
    """How requests reach each server.

    Args:
        urls: A URL of each server.
        proxy_of: The proxy of the environment for a URL, if there is one.
    """
    ways: dict[str, list[str]] = {}
    for url in urls:
        host = host_of(url)
        proxy = None if is_loopback(host) else proxy_of(url)
        ways.setdefault(_shown(proxy) if proxy else "", []).append(host)
    return [_way(proxy, hosts) for proxy, hosts in ways.items()]


def _way(proxy: str, hosts: list[str]) -> Finding:
    to = " and ".join(hosts)
    if proxy == UNREADABLE_URL:
        text = f"the proxy for requests to {to} is not a URL"
        return Finding(Level.ERROR, PROXY, text, "correct HTTPS_PROXY or HTTP_PROXY in the environment")
    return Finding(Level.OK, PROXY, f"{proxy} for requests to {to}" if proxy else f"none to {to}")


def _shown(proxy: str) -> str:
    """The proxy without user and password. Without a scheme, it is used as an http URL."""
    return safe_url(proxy if "://" in proxy else f"http://{proxy}")


def check_bundle(environment: Mapping[str, str], check_certificates: Callable[[str], None]) -> Finding:
    """Which certificates are trusted.

    Args:
        environment: The environment.
        check_certificates: Raises a `SettingsError` if there are none in a file.
    """
    name = next((name for name in BUNDLES if environment.get(name)), None)
    if name is None:
        return Finding(Level.OK, "certificates", "those of the package certifi are trusted")
    try:
        check_certificates(environment[name])
    except SettingsError as error:
        return failed("certificates", error)
    return Finding(Level.OK, "certificates", f"those in {environment[name]} ({name}) are trusted")
