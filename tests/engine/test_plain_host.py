"""Without the host's comforts, everything still works."""

from __future__ import annotations

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

PROGRAM = """
    twilio.voice.ClientConfiguration("support", call_notification={"url": "https://desk.example.com"})
"""


def test_a_configuration_lives_with_all_tricks_switched_off(stack: Stack, vendor: Vendor) -> None:
    stack.environment["SWITCHBOARD_PLAIN_HOST"] = "1"

    stack.up(PROGRAM)
    first = vendor.only_client()
    stack.up(PROGRAM.replace("desk.example.com", "front.example.com"))
    stack.assert_settled()
    vendor.change_client(first["id"], description="by hand")
    stack.refresh()
    stack.up()

    assert vendor.new_writes() == ["POST", "PUT", "PUT"]
    assert vendor.only_client()["description"] is None
    stack.assert_settled()
    stack.destroy()
    assert vendor.clients() == {}
