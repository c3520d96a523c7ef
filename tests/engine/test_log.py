"""What a user who asks for a trace gets to see."""

from __future__ import annotations

import re

from tests.engine.stack import Stack

PROGRAM = """
    twilio.voice.ClientConfiguration(
        "support", call_notification={"url": "https://user:canary-user@desk.example.com/?key=canary-key"}
    )
"""


def test_a_trace_has_each_request_and_no_secret(stack: Stack) -> None:
    stack.secrets += ["Authorization", "canary-user", "canary-key"]
    stack.environment["SWITCHBOARD_LOG"] = "debug"
    stack.write(PROGRAM.replace('"https', 'pulumi.Output.secret("https').replace('key"', 'key")'))

    said = stack.up()

    assert re.search(r"POST http://\S+/v2/Configurations/Client -> 201, request id RQ\w+, \d+ ms", said)
    assert re.search(r"GET http://\S+/v2/Configurations/Client/support-\w{7} -> 404", said)


def test_without_a_trace_a_run_is_quiet(stack: Stack) -> None:
    said = stack.up("""
        twilio.voice.ClientConfiguration("support", call_notification={"url": "https://desk.example.com"})
    """)

    assert "Diagnostics" not in said
    stack.assert_settled()
