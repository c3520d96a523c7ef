"""Checks the endpoint: whether it may be used, whether it answers, and whether it is an emulator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pulumi_switchboard.doctor.finding import Finding, Level, failed
from pulumi_switchboard.errors import LostAnswerError, SwitchboardError
from pulumi_switchboard.settings import ENDPOINT
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.endpoint import endpoint_of

SUBJECT = "endpoint"
HEALTH = "/_emulator/health"
"""What only an emulator answers."""


_CHECK = "correct the endpoint; it begins with http or with https, as what answers there expects"


def check_endpoint(sources: Sources, ask: Callable[[str], Response], package: str) -> Finding:
    """What is behind the endpoint.

    Args:
        sources: The settings.
        ask: Sends a GET without credentials.
        package: The version of this package.
    """
    try:
        endpoint = endpoint_of(sources)
        if endpoint is None:
            return Finding(Level.OK, SUBJECT, "none is set: requests go to the vendors themselves")
        response = ask(f"{endpoint}{HEALTH}")
    except SwitchboardError as error:
        return failed(SUBJECT, error if error.remedy else error.with_remedy(_CHECK))
    where = f"{endpoint} ({sources.group((ENDPOINT,))[ENDPOINT]})"
    version = _emulator_version(response)
    if version is None:
        text = f"{where} answers and is no emulator: it receives all requests, with the credentials"
        return Finding(Level.OK, SUBJECT, text)
    text = f"{where} is an emulator: nothing reaches the vendors"
    if version == package:
        return Finding(Level.OK, SUBJECT, text)
    text += f"; its version {version} differs from {package}, that of this package"
    return Finding(Level.WARNING, SUBJECT, text, "start the emulator of this package")


def _emulator_version(response: Response) -> str | None:
    """The version of the emulator that has sent this answer; None if no emulator has."""
    try:
        body: Any = response.json() if response.ok else None
    except LostAnswerError:
        return None
    version = body.get("version") if isinstance(body, dict) and "uptime" in body else None
    return version if isinstance(version, str) else None
