"""What a user who asks for a trace gets to see."""

from __future__ import annotations

import re

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

OTHER = "AC" + "2" * 32
THIRD = "AC" + "3" * 32
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


def test_a_trace_has_no_credential_whoever_has_given_it(stack: Stack, vendor: Vendor) -> None:
    stack.secret("Authorization")
    stack.environment["SWITCHBOARD_LOG"] = "debug"
    stack.configure("twilio:accountSid", OTHER)
    stack.configure("twilio:authToken", stack.secret("canary-of-the-configuration"), secret=True)
    stack.environment["ACME_SECRET"] = stack.secret("canary-of-the-secret-of-acme")

    stack.up(f"""
        import os

        acme = Provider(
            "acme",
            twilio_account_sid="{THIRD}",
            twilio_api_key="SK{"3" * 32}",
            twilio_api_secret=os.environ["ACME_SECRET"],
        )
        for name, options in (("own", None), ("theirs", pulumi.ResourceOptions(provider=acme))):
            url = f"https://desk.example.com/{{name}}"
            twilio.voice.ClientConfiguration(name, options, call_notification={{"url": url}})
    """)
    assert [len(vendor.clients(account)) for account in (OTHER, THIRD)] == [1, 1]
    stack.refresh()
    stack.assert_settled()

    assert len(re.findall(r"DELETE \S+ -> 204, request id", stack.destroy())) >= 2


def test_without_a_trace_a_run_is_quiet(stack: Stack) -> None:
    said = stack.up("""
        twilio.voice.ClientConfiguration("support", call_notification={"url": "https://desk.example.com"})
    """)

    assert "Diagnostics" not in said
    stack.assert_settled()
