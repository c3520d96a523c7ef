"""A misspelled setting never sends a program to another vendor than its author means."""

from __future__ import annotations

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

PROGRAM = """
    twilio.voice.ClientConfiguration("support", call_notification={"url": "https://a.example.com"})
"""


def test_a_misspelled_key_fails_the_preview_and_one_that_others_may_use_is_warned_of(
    stack: Stack, vendor: Vendor
) -> None:
    stack.configure("switchboard:endpiont", stack.secret("canary-of-an-endpoint"), secret=True)
    stack.configure("twilio:authTokn", stack.secret("canary-of-a-token"), secret=True)
    stack.write(PROGRAM)

    said = stack.run("up", "--yes", fails=True).output

    assert (
        "error: pulumi-switchboard does not read switchboard:endpiont in the stack's configuration; "
        "did you mean switchboard:endpoint?"
    ) in said
    assert "What to do: correct the name, or remove it" in said
    assert vendor.new_requests() == []
    assert stack.resources() == []

    stack.run("config", "rm", "switchboard:endpiont")
    _, _, diagnostics = stack.up().partition("Diagnostics:")

    assert diagnostics.count("warning: pulumi-switchboard does not read twilio:authTokn") == 1
    assert len(vendor.clients()) == 1
    stack.assert_settled()
