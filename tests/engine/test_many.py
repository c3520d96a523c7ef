"""Many configurations in one stack."""

from __future__ import annotations

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

MANY = 100


def test_a_hundred_configurations_are_made_once_each_and_settle(stack: Stack, vendor: Vendor) -> None:
    stack.up(
        f"""
        for number in range({MANY}):
            twilio.voice.ClientConfiguration(
                f"desk-{{number}}", call_notification={{"url": f"https://example.com/{{number}}"}}
            )
        """,
        "--parallel",
        "64",
    )

    assert len(vendor.clients()) == MANY
    assert vendor.new_writes() == ["POST"] * MANY
    stack.assert_settled()
    stack.destroy("--parallel", "64")
    assert vendor.clients() == {}
