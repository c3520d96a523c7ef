"""Clients of the vendors whose requests get scripted answers."""

from __future__ import annotations

import json
from typing import Any

from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import Twilio
from pulumi_switchboard.vendors.ultravox.client import Ultravox

from tests.transport.fakes import Answer, ScriptedTransport, answer, scripted

SID = "AC" + "1" * 32
TOKEN = "the-auth-token"
KEY = "Ab3dE6gh.0123456789abcdef0123456789ABCDEF"


def twilio(*answers: Answer, **config: str) -> tuple[Twilio, ScriptedTransport]:
    script = scripted(*answers)
    settings = {"twilio:accountSid": SID, "twilio:authToken": TOKEN, **config}
    return Twilio.sign_in(Sources(settings, {}), lambda _: script.http()), script


def ultravox(*answers: Answer, **config: str) -> tuple[Ultravox, ScriptedTransport]:
    script = scripted(*answers)
    return Ultravox.sign_in(Sources({"ultravox:apiKey": KEY, **config}, {}), lambda _: script.http()), script


def raw(body: Any) -> bytes:
    """A body: a text as it stands, any other value as JSON."""
    return body.encode(errors="surrogateescape") if isinstance(body, str) else json.dumps(body).encode()


def said(body: Any, status: int = 200, **headers: str) -> Answer:
    return answer(status, raw(body), **headers)
