"""The webhooks of Twilio Conversations, and a wire that answers as told."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import Twilio

from tests.http.fakes import Answer, Wire, answer

SID = "AC" + "1" * 32
URL = "https://conversations.twilio.com/v1/Configuration/Webhooks"
SHOWN: dict[str, Any] = {
    "account_sid": SID,
    "method": "GET",
    "filters": ["onMessageAdded", "onConversationAdd"],
    "pre_webhook_url": "https://desk.example.com/pre",
    "post_webhook_url": "https://desk.example.com/post",
    "target": "flex",
    "url": URL,
    "next_year": {"a": 1},
}
SECRET_URL = "https://user:canary-password@desk.example.com/pre?token=canary-token#canary-fragment"


def shown(**changes: Any) -> Answer:
    """What Twilio answers."""
    return answer(200, json.dumps({**SHOWN, **changes}).encode())


def call(*answers: Answer, **settings: str) -> tuple[Call[Twilio], Wire]:
    """A call whose requests get these answers."""
    wire = Wire(iter(answers))
    given = {"twilio:accountSid": SID, "twilio:authToken": "token"}
    sources = Sources({**given, **{f"twilio:{name}": value for name, value in settings.items()}}, {})
    client = Twilio.sign_in(sources, lambda _: wire.line())
    return Call(client, wire.line().moment, "urn", progress=lambda _: None, warn=lambda _: None), wire


def sent(wire: Wire) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The requests: method, URL and form."""
    return [
        (
            request.method,
            request.url,
            parse_qsl(
                (request.body or b"").decode(), keep_blank_values=True, strict_parsing=bool(request.body)
            ),
        )
        for _, request in wire.sent
    ]
