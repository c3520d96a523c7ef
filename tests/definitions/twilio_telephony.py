"""Ultravox's Twilio telephony, its arguments, and a wire that answers as told."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.hidden import ORIGIN
from pulumi_switchboard.core.singletons.life import SingletonLife
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.definitions.ultravox.twilio_telephony import definition
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.ultravox.client import Ultravox

from tests.http.fakes import Answer, Wire, answer

PATH = "/api/telephony_configs/twilio"
KEY = "Ab3dE6gh.0123456789abcdef0123456789ABCDEF"
SID, OTHER_SID = "AC" + "1" * 32, "AC" + "2" * 32
TOKEN, NEXT = "c0de-canary-of-the-token", "f00d-canary-of-the-next"
ALICE, BOB = "3c90c3cc-0d44-4b50-8888-8dd25736052a", "0f0e0d0c-0b0a-4908-8706-050403020100"
SHOWN: dict[str, Any] = {
    "accountSid": SID,
    "authTokenPrefix": {"prefix": TOKEN[:4]},
    "callCreationAllowedAgentIds": [ALICE],
    "callCreationAllowAllAgents": False,
    "requestContextMapping": {"caller": "from"},
    "nextYear": {"a": 1},
}
STATE: Bag = {
    "account_sid": SID,
    "auth_token_prefix": TOKEN[:4],
    "call_creation_allowed_agent_ids": [ALICE],
    "call_creation_allow_all_agents": False,
    "request_context_mapping": {"caller": "from"},
    "on_destroy": "restore",
}
NEEDED: Bag = {"account_sid": SID, "auth_token": TOKEN}
FULL: Bag = {
    **NEEDED,
    "call_creation_allowed_agent_ids": [ALICE],
    "request_context_mapping": {"caller": "from"},
}
GONE = answer(404, b'{"detail": "Not found."}')


def shown(status: int = 200, **changes: Any) -> Answer:
    """What Ultravox answers."""
    return answer(status, json.dumps({**SHOWN, **changes}).encode())


def call(*answers: Answer) -> tuple[Call[Ultravox], Wire]:
    """A call whose requests get these answers."""
    wire = Wire(iter(answers))
    client = Ultravox.sign_in(Sources({"ultravox:apiKey": KEY}, {}), lambda _: wire.line())
    return Call(client, wire.line().moment, "urn", progress=lambda _: None, warn=lambda _: None), wire


def life(*answers: Answer) -> tuple[SingletonLife, Wire]:
    """The life of a telephony, whose requests get these answers."""
    moment, wire = call(*answers)
    return SingletonLife(definition, moment, Claims()), wire


def known(life: SingletonLife, **changes: Any) -> Bag:
    """What state holds after an update to the full arguments."""
    written = {**FULL, "call_creation_allow_all_agents": False}
    taken = Taken(existed=False, written=written)
    kept = {ORIGIN: asdict(life.call.client.origin), "_taken": taken.text(), "on_destroy": "restore"}
    return {**STATE, "auth_token": TOKEN, **kept, **changes}


def sent(wire: Wire) -> list[tuple[str, Any]]:
    """The requests: method and body; all are for the one path."""
    assert {request.url for _, request in wire.sent} <= {f"https://api.ultravox.ai{PATH}"}
    return [(request.method, json.loads(request.body or b"null")) for _, request in wire.sent]
