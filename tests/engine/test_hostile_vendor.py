"""What a vendor says and shows can neither stop Pulumi's CLI nor reveal a secret."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.stack import SECRET, Stack
from tests.engine.vendor import Vendor

COLOUR = "--color=always"
"""Only with colours does the CLI panic on a colour code that it does not know."""
EVIL = "evil <{%x%}> \u202e\x1b]0;title\x07"
PATH = "canary-of-the-path/of-a-hook"
PROGRAM = f"""
    plain = twilio.voice.ClientConfiguration(
        "plain", description="ours", call_notification={{"url": "https://desk.example.com/calls"}}
    )
    hidden = twilio.voice.ClientConfiguration(
        "hidden", call_notification={{"url": pulumi.Output.secret("https://desk.example.com/{PATH}")}}
    )
    query = twilio.voice.ClientConfiguration(
        "query", call_notification={{"url": "https://canary-user:canary-word@desk.example.com/?k=canary-key"}}
    )
    pulumi.export("description", plain.description)
    pulumi.export("query", query.call_notification)
"""


def test_a_hostile_vendor_neither_stops_the_cli_nor_reveals_a_secret(
    stack: Stack, vendor: Vendor, emulator: Emulator
) -> None:
    stack.secret("canary")
    revealing = _refusal(f"{EVIL} no https://desk.example.com/{PATH}, no {PATH.replace('/', '%2F')}")
    create = "POST voice.twilio.com/v2/Configurations/Client"
    with emulator.inject(create, revealing, where="hidden"):
        said = stack.up(PROGRAM, COLOUR, "--diff", fails=True)
    assert "evil <{ %x%}> \\u202e\\x1b]0;title\\x07" in said
    assert said.count("[secret]") >= 3
    stack.up()
    (plain,) = (id for id, client in vendor.clients().items() if client["description"])
    vendor.change_client(plain, description=EVIL, url="https://desk.example.com/?k=canary-by-hand")

    said = stack.refresh(COLOUR)
    said += stack.preview(COLOUR)
    said += stack.run("stack", "output", COLOUR).output
    update = f"PUT voice.twilio.com/v2/Configurations/Client/{plain}"
    with emulator.inject(update, _refusal(EVIL)):
        said += stack.up(None, COLOUR, "--diff", fails=True)
    said += stack.up(None, COLOUR, "--diff")
    assert vendor.clients()[plain]["description"] == "ours"
    (hidden,) = (one["id"] for one in stack.resources() if one["urn"].endswith("hidden"))
    with emulator.inject(f"DELETE voice.twilio.com/v2/Configurations/Client/{hidden}", revealing):
        said += stack.destroy(COLOUR, fails=True)

    assert not any(part in said for part in ("\u202e", "\x1b]0", "<{%x", "panic"))
    stack.up()
    stack.assert_settled()


def _refusal(words: str) -> Answer:
    """A refusal with these words, and our own token, in each of its texts."""
    said = f"{words}, no {SECRET}"
    return Answer(400, json={"code": 20001, "message": said, "more_info": said, "status": 400})
