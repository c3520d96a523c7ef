"""Orchestrator's configurations from the outside: what there is, what was asked, and what a colleague does.

A colleague goes by way of another region's host, which tells such requests from the provider's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.journal import JournalEntry

from tests.engine.stack import ACCOUNT, SECRET, Stack

TYPE = "twilio/orchestrator:Configuration"
TOKEN = f"pulumi-python:dynamic/{TYPE}"
STORE = "mem_store_01k1etk2y5f1y9fpe2epfdtvv2"
SERVICE = "IS" + "0" * 32

HOST = "conversations.twilio.com"
CONFIGURATIONS = "/v2/ControlPlane/Configurations"
OPERATIONS = "/v2/ControlPlane/Operations"
CREATE = f"POST {HOST}{CONFIGURATIONS}"
READ = f"GET {HOST}{CONFIGURATIONS}/{{id}}"
UPDATE = f"PUT {HOST}{CONFIGURATIONS}/{{id}}"
DELETE = f"DELETE {HOST}{CONFIGURATIONS}/{{id}}"
LOOK = f"GET {HOST}{OPERATIONS}/{{id}}"
"""Places for faults."""

POLLS = "polls"
"""One or more looks at an operation, among the steps of a write."""
CREATED = ["POST", POLLS, "GET"]
UPDATED = ["GET", "PUT", POLLS, "GET"]
DELETED = ["DELETE", POLLS, "GET"]
"""All requests of one resource's create, update and delete."""

COLLEAGUE = "conversations.dublin.ie1.twilio.com"
LONG = 60.0
"""More seconds than any operation takes."""

NEEDED: dict[str, Any] = {
    "display_name": "Support",
    "description": "Customer support",
    "conversation_grouping_type": "GROUP_BY_PROFILE",
    "memory_store_id": STORE,
}
"""The arguments that every configuration needs."""

FULL: dict[str, Any] = {
    **NEEDED,
    "channel_settings": {
        "SMS": {
            "status_timeouts": {"inactive": 10, "closed": 15},
            "capture_rules": [
                {"from_": "*", "to": "+18005550101"},
                {"from_": "+18005550101", "to": "*", "metadata": {"callType": "PSTN"}},
            ],
        },
        "CHAT": {"capture_rules": [{"from_": "*", "to": "*", "metadata": {"chatService": SERVICE}}]},
    },
    "status_callbacks": [
        {"url": "https://desk.example.com/status"},
        {"url": "https://log.example.com/status", "method": "GET"},
    ],
    "intelligence_configuration_ids": ["intelligence_configuration_1", "intelligence_configuration_2"],
    "memory_extraction_enabled": True,
    "conversations_v1_bridge": {"service_id": SERVICE},
}
"""Every argument there is."""


class Code(str):
    """Program text that stands for itself, among arguments that are values."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def configuration(name: str = "support", arguments: dict[str, Any] | None = None, options: str = "") -> str:
    """A statement that makes a configuration and a variable of its name, to be given to `Stack.up`.

    Args:
        name: The name of the resource, and with dashes as underscores the variable.
        arguments: Its arguments, those that are needed if not given.
        options: The arguments of `pulumi.ResourceOptions`.
    """
    given = NEEDED if arguments is None else arguments
    opts = f"pulumi.ResourceOptions({options})"
    return f"{name.replace('-', '_')} = twilio.orchestrator.Configuration({name!r}, {opts}, **{given!r})\n"


def ids(stack: Stack) -> dict[str, str]:
    """The ids of the configurations that state holds, by the names of the resources."""
    return {resource["urn"].rpartition("::")[2]: resource["id"] for resource in stack.resources(TOKEN)}


def urn(stack: Stack, name: str) -> str:
    """The URN of the configuration with this name, if it has no parent."""
    return f"urn:pulumi:{stack.name}::{stack.project}::{TOKEN}::{name}"


@dataclass
class Orchestrator:
    """The emulator, as a colleague with a browser sees it."""

    emulator: Emulator
    account: str = ACCOUNT
    seen: int = 0
    """How much of the journal has been looked at."""

    def all(self) -> dict[str, dict[str, Any]]:
        """The configurations of the account, by id."""
        return dict(self.emulator.state.get(self.account, {}).get(TYPE, {}))

    def only(self) -> dict[str, Any]:
        """The one configuration there is."""
        (shown,) = self.all().values()
        return shown

    def named(self, display_name: str) -> dict[str, Any]:
        """The one configuration that has this display name."""
        (shown,) = (shown for shown in self.all().values() if shown["displayName"] == display_name)
        return shown

    def new_entries(self) -> list[JournalEntry]:
        """The provider's requests since the last look."""
        entries = self.emulator.journal[self.seen :]
        self.seen += len(entries)
        return [entry for entry in entries if entry.host != COLLEAGUE]

    def new_requests(self) -> list[str]:
        """The same as `METHOD path`."""
        return [f"{entry.method} {entry.path}" for entry in self.new_entries()]

    def new_writes(self) -> list[str]:
        """The methods of those requests since the last look that change something."""
        return [entry.method for entry in self.new_entries() if entry.method != "GET"]

    def new_steps(self) -> list[str]:
        """The methods of the requests since the last look; looks at an operation in a row are `POLLS`."""
        steps = [POLLS if entry.path.startswith(OPERATIONS) else entry.method for entry in self.new_entries()]
        return [step for kind, run in groupby(steps) for step in ([kind] if kind == POLLS else run)]

    def add(self, display_name: str = "Support", **members: Any) -> str:
        """Make a configuration without Pulumi, members as on the wire; returns its id."""
        before = set(self.all())
        needed = {
            "displayName": display_name,
            "description": "by hand",
            "conversationGroupingType": "GROUP_BY_PROFILE",
            "memoryStoreId": STORE,
        }
        self._write("POST", "", {**needed, **members})
        (id,) = set(self.all()) - before
        return id

    def change(self, id: str, /, **members: Any) -> None:
        """Change members of a configuration without Pulumi, all others kept; None clears one."""
        self._write("PUT", f"/{id}", {"channelSettings": {}, **self.all()[id], **members})

    def channel(self, id: str, name: str, setting: dict[str, Any] | None) -> None:
        """Set one channel of a configuration without Pulumi, or remove it."""
        channels = {**(self.all()[id].get("channelSettings") or {}), name: setting}
        kept = {name: setting for name, setting in channels.items() if setting is not None}
        self.change(id, channelSettings=kept)

    def delete(self, id: str) -> None:
        """Delete a configuration without Pulumi."""
        self._write("DELETE", f"/{id}", None)

    def _write(self, method: str, path: str, body: dict[str, Any] | None) -> None:
        """Send a write and see its operation through: all operations going on are over then."""
        answer = self._send(method, f"{CONFIGURATIONS}{path}", body)
        answer.raise_for_status()
        if answer.status_code != requests.codes.accepted:
            return
        operation_id = answer.json()["statusUrl"].rpartition("/")[2]
        status = ""
        while status not in ("COMPLETED", "FAILED", "CANCELLED"):
            self.emulator.advance(LONG)
            look = self._send("GET", f"{OPERATIONS}/{operation_id}", None)
            status = look.json().get("status") if look.ok else ""
        assert status == "COMPLETED", f"a colleague's {method} has ended {status}"

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> requests.Response:
        url = f"{self.emulator.url}/{COLLEAGUE}{path}"
        return requests.request(method, url, json=body, auth=(self.account, SECRET), timeout=10)
