"""Values that become secrets, and vendors whose words could reveal them or stop the CLI."""

from __future__ import annotations

import json

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.account import Account
from tests.engine.canary import Canary
from tests.engine.programs import CLIENTS, VOICE, Code, ids_in_state, resource, token
from tests.engine.stack import SECRET, Stack
from tests.promises import proves
from tests.samples.twilio.voice import client_configuration
from tests.samples.twilio.voice.client_configuration import URL

TEXT, HOOK = "canary-of-the-description", "https://canary-of-the-url.example.com/calls"
PATH = "canary-of-the-path/of-a-hook"
COLOUR = "--color=always"
"""Only with colours does the CLI panic on a colour code that it does not know."""
EVIL = "evil <{%x%}> \u202e\x1b]0;title\x07"


def program(text: object = TEXT, url: object = HOOK) -> str:
    """A resource with a secret text and one with a secret within a member, both exported."""
    plain = {"url": "https://desk.example.com/calls"}
    return (
        resource(VOICE, "text", {"description": text, "call_notification": plain})
        + resource(VOICE, "nested", {"call_notification": {"url": url}})
        + 'pulumi.export("text", text.description)\npulumi.export("nested", nested.call_notification)\n'
    )


def encrypted(stack: Stack) -> set[tuple[str, str, str]]:
    """What the state file holds encrypted: name of the resource, inputs or outputs, argument."""
    return {
        (found["urn"].split("::")[-1], bag, argument)
        for found in stack.resources(token(VOICE))
        for bag in ("inputs", "outputs")
        for argument in ("description", "call_notification")
        if "ciphertext" in json.dumps(found[bag].get(argument))
    }


@proves("diff.secretness", "secret.outputs", "secret.nowhere-in-plain", "diff.drift-is-repaired")
def test_an_argument_becomes_a_secret_and_plain_again_without_a_request(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account(emulator)
    secret = program(Code(f"pulumi.Output.secret({TEXT!r})"), Code(f"pulumi.Output.secret({HOOK!r})"))
    bags = ("inputs", "outputs")
    all_of_them = {("text", bag, "description") for bag in bags} | {
        ("nested", bag, "call_notification") for bag in bags
    }
    stack.up(program())
    assert encrypted(stack) == set()
    account.new_requests()

    said = stack.up(secret)  # which shows the old, plain outputs, too
    assert "+ nested: [secret]" in said
    assert f'~ text  : "{TEXT}" => [secret]' in said
    assert encrypted(stack) == all_of_them
    Canary([TEXT, HOOK, "canary"]).assert_absent(stack.state_text(), "the state")
    assert account.new_writes() == []

    ids = ids_in_state(stack, VOICE)
    account.change(client_configuration.sample, {"description": "canary-by-hand"}, ids["text"])
    account.change(client_configuration.sample, {URL: "https://canary-by-hand.example.com"}, ids["nested"])
    said = stack.up(None, "--refresh", "--diff")
    Canary(["canary"]).assert_absent(said + stack.state_text(), "the output or the state")
    assert encrypted(stack) == all_of_them
    assert account.new_writes() == ["PUT", "PUT"]
    assert account.objects(VOICE)[ids["text"]]["description"] == TEXT

    stack.up(program())
    assert encrypted(stack) == set()
    assert account.new_writes() == []
    stack.assert_settled()


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
