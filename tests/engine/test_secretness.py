"""An argument becomes a secret, and stops being one: nothing changes at the vendor."""

from __future__ import annotations

import json

from tests.engine.canary import Canary
from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

DESCRIPTION = "canary-of-the-description"
URL = "https://canary-of-the-url.example.com/calls"
PROGRAM = f"""
    text = twilio.voice.ClientConfiguration(
        "text", description={DESCRIPTION!r}, call_notification={{"url": "https://desk.example.com/calls"}}
    )
    nested = twilio.voice.ClientConfiguration("nested", call_notification={{"url": {URL!r}}})
    pulumi.export("text", text.description)
    pulumi.export("nested", nested.call_notification)
"""
SECRET_PROGRAM = PROGRAM.replace(repr(DESCRIPTION), f"pulumi.Output.secret({DESCRIPTION!r})").replace(
    repr(URL), f"pulumi.Output.secret({URL!r})"
)


def _encrypted(stack: Stack) -> set[tuple[str, str, str]]:
    """What the state file holds encrypted: name of the resource, inputs or outputs, argument."""
    return {
        (resource["urn"].split("::")[-1], bag, argument)
        for resource in stack.resources()
        for bag in ("inputs", "outputs")
        for argument in ("description", "call_notification")
        if "ciphertext" in json.dumps(resource[bag].get(argument))
    }


def _assert_secret(stack: Stack) -> None:
    assert _encrypted(stack) == {
        ("text", "inputs", "description"),
        ("text", "outputs", "description"),
        ("nested", "inputs", "call_notification"),
        ("nested", "outputs", "call_notification"),
    }
    Canary([DESCRIPTION, URL, "canary"]).assert_absent(stack.state_text(), "the state")


def test_an_argument_becomes_a_secret_and_plain_again_without_a_request(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    vendor.new_writes()
    assert _encrypted(stack) == set()

    said = stack.up(SECRET_PROGRAM)  # which shows the old, plain outputs, too
    assert "+ nested: [secret]" in said
    assert f'~ text  : "{DESCRIPTION}" => [secret]' in said
    _assert_secret(stack)
    said = stack.preview("--expect-no-changes")
    Canary([DESCRIPTION, URL]).assert_absent(said, "the output")

    stack.up(PROGRAM)
    assert _encrypted(stack) == set()
    assert vendor.new_writes() == []
    assert stack.ids() == set(vendor.clients())
    stack.assert_settled()


def test_what_was_secret_from_the_start_stays_so_under_drift(stack: Stack, vendor: Vendor) -> None:
    stack.secrets += [DESCRIPTION, URL, "canary-by-hand"]
    stack.up(SECRET_PROGRAM)
    for client in vendor.clients().values():
        changes = (
            {"description": "canary-by-hand"}
            if client["description"]
            else {"url": "https://canary-by-hand.example.com"}
        )
        vendor.change_client(client["id"], **changes)
    vendor.new_writes()

    stack.refresh()
    _assert_secret(stack)
    stack.preview()
    stack.up()

    assert vendor.new_writes() == ["PUT", "PUT"]
    assert {client["description"] for client in vendor.clients().values()} == {DESCRIPTION, None}
    _assert_secret(stack)
    assert stack.ids() == set(vendor.clients())
    stack.assert_settled()
