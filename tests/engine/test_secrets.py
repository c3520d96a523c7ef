"""Vendors whose words could reveal secrets or stop the CLI."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.account import Account
from tests.engine.programs import CLIENTS, VOICE, Code, ids_in_state, resource
from tests.engine.stack import SECRET, Stack
from tests.promises import proves
from tests.samples.twilio.voice import client_configuration
from tests.samples.twilio.voice.client_configuration import URL

PATH = "canary-of-the-path/of-a-hook"
COLOUR = "--color=always"
"""Only with colours does the CLI panic on a colour code that it does not know."""
EVIL = "evil <{%x%}> \u202e\x1b]0;title\x07"


def refusal(words: str) -> Answer:
    """A refusal with these words, and our own token, in each of its texts."""
    said = f"{words}, no {SECRET}"
    return Answer(400, json={"code": 20001, "message": said, "more_info": said, "status": 400})


@proves("text.harmless", "text.secrets-removed", "secret.webhook-urls")
def test_a_hostile_vendor_neither_stops_the_cli_nor_reveals_a_secret(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account(emulator)
    stack.secret("canary")
    hidden, query = (
        f"https://desk.example.com/{PATH}",
        "https://canary-user:canary-word@desk.example.com/?k=canary",
    )
    plain = {"description": "ours", "call_notification": {"url": "https://desk.example.com/calls"}}
    stack.write(
        resource(VOICE, "plain", plain)
        + resource(VOICE, "hidden", {"call_notification": {"url": Code(f"pulumi.Output.secret({hidden!r})")}})
        + resource(VOICE, "query", {"call_notification": {"url": query}})
        + 'pulumi.export("description", plain.description)\npulumi.export("query", query.call_notification)\n'
    )
    words = f"{EVIL} no {hidden}, no {PATH.replace('/', '%2F')}"
    with emulator.inject(f"POST {CLIENTS}", refusal(words), where="hidden"):
        said = stack.up(None, COLOUR, "--diff", "--continue-on-error", fails=True)
    assert "evil <{ %x%}> \\u202e\\x1b]0;title\\x07" in said
    assert said.count("[secret]") >= 3

    id = ids_in_state(stack, VOICE)["plain"]
    evil = {"description": EVIL, URL: "https://desk.example.com/?k=canary-by-hand"}
    account.change(client_configuration.sample, evil, id)
    said += stack.refresh(COLOUR)
    with emulator.inject(f"PUT {CLIENTS}/{id}", refusal(EVIL)):
        said += stack.up(None, COLOUR, "--diff", fails=True)
    said += stack.up(None, COLOUR, "--diff")

    assert not any(part in said for part in ("\u202e", "\x1b]0", "<{%x", "panic"))
    assert account.objects(VOICE)[id]["description"] == "ours"
    stack.assert_settled()
