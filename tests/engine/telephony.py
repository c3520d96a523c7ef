"""Ultravox's Twilio telephony from the outside: what there is, what was asked, and what a colleague does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Stall

from tests.engine.orchestrator import Code
from tests.engine.stack import Stack

TYPE = "ultravox:TwilioTelephony"
TOKEN_TYPE = f"pulumi-python:dynamic/{TYPE}"
NOUN = "the Ultravox account's Twilio telephony"

KEY_NAME, KEY_SECRET = "abcd1234", "CanaryOfTheUltravoxApiKey0123456"
KEY = f"{KEY_NAME}.{KEY_SECRET}"

SID, OTHER_SID = "AC" + "1" * 32, "AC" + "2" * 32
TOKEN = "1f1f-canary-of-the-first-token"
NAMESAKE = "1f1f-canary-of-the-namesake"
NEXT = "2e2e-canary-of-the-next-token"
FOREIGN = "9d9d-canary-of-a-foreign-token"
"""Tokens; Ultravox shows the first four characters. The last one is the colleague's alone."""

ALICE, BOB = "3c90c3cc-0d44-4b50-8888-8dd25736052a", "0f0e0d0c-0b0a-4908-8706-050403020100"
CAROL = "77777777-0b0a-4908-8706-050403020100"

PATH = "/api/telephony_configs/twilio"
PLACE = f"api.ultravox.ai{PATH}"
READ, CREATE, UPDATE, DELETE = (f"{method} {PLACE}" for method in ("GET", "POST", "PATCH", "DELETE"))
"""Places for faults."""

NEEDED: dict[str, Any] = {
    "account_sid": SID,
    "auth_token": Code('pulumi.Config().require_secret("token")'),
}
"""The arguments that every telephony needs; the token is the one of the stack's configuration."""
FULL: dict[str, Any] = {
    **NEEDED,
    "call_creation_allowed_agent_ids": [ALICE, BOB],
    "request_context_mapping": {"From": "caller.number"},
}
"""Every argument there is, but for what these exclude."""
SIGNED = {"accountSid": SID, "authToken": TOKEN}
"""What such arguments become in a request."""


def telephony(arguments: dict[str, Any] | None = None, name: str = "desk", options: str = "") -> str:
    """A statement that makes a telephony and a variable of its name, to be given to `Stack.up`.

    Args:
        arguments: Its arguments, those that are needed if not given.
        name: The name of the resource, and of the variable.
        options: The arguments of `pulumi.ResourceOptions`.
    """
    given = NEEDED if arguments is None else arguments
    return f"{name} = ultravox.TwilioTelephony({name!r}, pulumi.ResourceOptions({options}), **{given!r})\n"


def token(name: str) -> Code:
    """A token of the stack's configuration, by its name: `token`, `namesake` or `next`."""
    return Code(f"pulumi.Config().require_secret({name!r})")


def in_state(stack: Stack) -> list[str]:
    """The names of the telephonies that state holds; each has the id of the one there is."""
    resources = stack.resources(TOKEN_TYPE)
    assert {resource["id"] for resource in resources} <= {"twilio"}
    return [resource["urn"].rpartition("::")[2] for resource in resources]


def urn(stack: Stack, name: str = "desk") -> str:
    """The URN of the telephony with this name, if it has no parent."""
    return f"urn:pulumi:{stack.name}::{stack.project}::{TOKEN_TYPE}::{name}"


_configurations: dict[str, str] = {}
"""The stack's configuration with the tokens, by what it was without them."""


@dataclass
class Telephony:
    """The emulator, as a colleague with a browser sees it, and a stack that has a key of the account."""

    emulator: Emulator
    key: str = KEY
    seen: int = 0
    """How much of the journal has been looked at."""
    own: set[int] = field(default_factory=set)
    """The places in the journal of this colleague's own requests."""

    @classmethod
    def with_stack(cls, stack: Stack, emulator: Emulator) -> Telephony:
        """The colleague; the stack gets the key in its environment, and tokens in its configuration."""
        stack.endpoint = emulator.url
        stack.environment["ULTRAVOX_API_KEY"] = KEY
        stack.secrets += [KEY_SECRET, TOKEN, NAMESAKE, NEXT, FOREIGN]
        path = stack.folder / f"Pulumi.{stack.name}.yaml"
        fresh = path.read_text()
        if fresh not in _configurations:
            for name, value in {"token": TOKEN, "namesake": NAMESAKE, "next": NEXT}.items():
                stack.configure(name, value, secret=True)
            _configurations[fresh] = path.read_text()
        path.write_text(_configurations[fresh])
        return cls(emulator)

    def shown(self, account: str = KEY_NAME) -> dict[str, Any] | None:
        """The telephony as Ultravox shows it, without its token; None if there is none."""
        found: dict[str, Any] | None = self.emulator.state.get(account, {}).get(TYPE, {}).get("twilio")
        return found

    def has(self, token: str = TOKEN, **members: Any) -> None:
        """The telephony is that of the token, as far as one can see, and has just these members."""
        empty = {
            "callCreationAllowedAgentIds": [],
            "callCreationAllowAllAgents": False,
            "requestContextMapping": {},
        }
        shown = {"accountSid": SID, "authTokenPrefix": {"prefix": token[:4]}, **empty, **members}
        assert self.shown() == shown, f"{self.shown()} is there"

    def new_requests(self) -> list[str]:
        """The methods of the provider's requests since the last look; all are for the one path."""
        entries = list(enumerate(self.emulator.journal))[self.seen :]
        self.seen += len(entries)
        theirs = [entry for place, entry in entries if place not in self.own]
        assert {entry.path for entry in theirs} <= {PATH}
        return [entry.method for entry in theirs]

    @contextmanager
    def requests(self, *methods: str, **members: Any) -> Iterator[None]:
        """Within the block the provider sends these requests; what is written has just these members.

        A mapping among them has one entry at most: the engine keeps no order.
        """
        self.new_requests()
        write = "POST" if "POST" in methods else "PATCH"
        body = json.dumps(members) if members else ""
        counter = self.emulator.inject(f"{write} {PLACE}", Stall(seconds=0), times=None, where=body)
        try:
            yield
        finally:
            counter.remove(may_be_idle=True)
        sent = self.new_requests()
        assert sent == list(methods), f"{sent} were sent"
        assert counter.fired == (write in methods), f"what was sent is not {body}"

    def add(self, token: str = FOREIGN, **members: Any) -> None:
        """Make a telephony without Pulumi, members as on the wire."""
        self.send("POST", {"accountSid": SID, "authToken": token, **members})

    def change(self, **members: Any) -> None:
        """Change members of the telephony without Pulumi."""
        self.send("PATCH", members)

    def delete(self) -> None:
        """Delete the telephony without Pulumi."""
        self.send("DELETE", None)

    def send(self, method: str, body: dict[str, Any] | None) -> None:
        """Send a request with this colleague's key."""
        before = len(self.emulator.journal)
        answer = requests.request(
            method,
            f"{self.emulator.url}/{PLACE}",
            json=body,
            headers={"X-API-Key": self.key},
            timeout=10,
        )
        self.own.add(before)
        answer.raise_for_status()
