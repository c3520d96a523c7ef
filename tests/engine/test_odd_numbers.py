"""Numbers that no double can hold: a vendor that answers with them loses no object from state."""

from __future__ import annotations

import re

from pulumi_switchboard.emulator import Emulator

from tests.engine.orchestrator import TOKEN, Orchestrator, configuration
from tests.engine.rewriting import rewriting
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

NUMBER = "9" * 400
TOO_LARGE = re.compile(rb'("(?:date_created|version)": ?)("[^"]*"|\d+)')
NO_JSON = re.compile(rb'("(?:date_updated|createdAt|updatedAt)": ?)"[^"]*"')
DESK = """
desk = twilio.voice.ClientConfiguration(
    "desk", call_notification={"url": "https://desk.example.com/calls"}, description="%s"
)
pulumi.export("created", desk.date_created)
"""


def odd(body: bytes) -> bytes:
    """The answer with such numbers in members that the program does not set."""
    return NO_JSON.sub(rb"\1NaN", TOO_LARGE.sub(rb"\g<1>" + NUMBER.encode(), body))


def test_an_object_with_such_numbers_lives_as_any_other(
    stack: Stack, emulator: Emulator, vendor: Vendor
) -> None:
    with rewriting(emulator.url, odd) as stack.endpoint:
        stack.up(configuration() + DESK % "first")

        assert stack.ids() == set(vendor.clients())
        (support,) = stack.resources(TOKEN)
        assert support["id"] == Orchestrator(emulator).only()["id"]
        assert support["outputs"]["version"] == NUMBER
        assert support["outputs"].get("created_at") is None
        assert stack.outputs() == {"created": NUMBER}
        stack.assert_settled()

        stack.up(configuration() + DESK % "second")
        assert vendor.only_client()["description"] == "second"
        stack.refresh("--expect-no-changes")
        stack.destroy()

    assert (vendor.clients(), Orchestrator(emulator).all()) == ({}, {})
