"""The types of which an account has many objects, in programs that are the same but for the type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine import orchestrator, vendor
from tests.engine.stack import ACCOUNT, TOKEN_TYPE, Stack


@dataclass(frozen=True)
class Kind:
    """A type, and what a test needs to use it in a program."""

    name: str
    type: str
    token: str
    arguments: str
    replacing: str
    """Further arguments that need another object, given that the first program did not have them."""
    replacing_options: str = ""
    """Options with which they do."""

    def program(self, name: str, text: str, options: str = "", *, is_replaced: bool = False) -> str:
        """A resource whose object is described by this text."""
        arguments = self.replacing if is_replaced else self.arguments
        given = ", ".join(filter(None, [options, self.replacing_options if is_replaced else ""]))
        return (
            f'{self.name}("{name}", description="{text}", {arguments}, '
            f"opts=pulumi.ResourceOptions({given}))\n"
        )

    def urn(self, stack: Stack, name: str) -> str:
        """The URN of a resource without a parent."""
        return f"urn:pulumi:{stack.name}::{stack.project}::{self.token}::{name}"

    def objects(self, emulator: Emulator) -> dict[str, Any]:
        """The objects at the vendor, by id."""
        return dict(emulator.state.get(ACCOUNT, {}).get(self.type, {}))

    def assert_has(self, stack: Stack, emulator: Emulator, texts: dict[str, str]) -> dict[str, str]:
        """Each resource has an object of its own with its text, and there is no other; returns the ids."""
        ids = {item["urn"].rpartition("::")[2]: item["id"] for item in stack.resources(self.token)}
        objects = self.objects(emulator)
        assert {name: objects[id]["description"] for name, id in ids.items()} == texts
        assert sorted(ids.values()) == sorted(objects)
        stack.assert_settled()
        return ids


VOICE = Kind(
    "twilio.voice.ClientConfiguration",
    vendor.CLIENT_TYPE,
    TOKEN_TYPE,
    arguments='call_notification={"url": "https://desk.example.com"}',
    replacing='call_notification={"url": "https://other.example.com"}',
    replacing_options='replace_on_changes=["call_notification"]',
)
ORCHESTRATOR = Kind(
    "twilio.orchestrator.Configuration",
    orchestrator.TYPE,
    orchestrator.TOKEN,
    arguments='conversation_grouping_type="GROUP_BY_PROFILE", display_name="Desk", memory_store_id="mem_1"',
    replacing='conversation_grouping_type="GROUP_BY_PARTICIPANT_ADDRESSES", display_name="Desk", '
    'memory_store_id="mem_1"',
)
each_kind = pytest.mark.parametrize("kind", [VOICE, ORCHESTRATOR], ids=["voice", "orchestrator"])
