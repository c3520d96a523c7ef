"""Programs made of parts: components, providers, dynamic resources of their own, outputs as arguments."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import VOICE, token
from tests.engine.stack import ACCOUNT, OTHER, Stack
from tests.promises import proves

PROGRAM = f"""
from pulumi import dynamic

class Creator(dynamic.ResourceProvider):
    def create(self, props):
        return dynamic.CreateResult("id", {{}})

class Own(dynamic.Resource):
    def __init__(self, name, **options):
        super().__init__(Creator(), name, {{}}, pulumi.ResourceOptions(**options))

class Desk(pulumi.ComponentResource):
    def __init__(self, name, **options):
        super().__init__("proof:index:Desk", name, None, pulumi.ResourceOptions(**options))
        child = pulumi.ResourceOptions(parent=self)
        notification = {{"url": "https://desk.example.com"}}
        self.client = twilio.voice.ClientConfiguration(name, child, call_notification=notification)
        Own(name + "-own", parent=self)

acme = Provider("acme", twilio_account_sid="{OTHER}", twilio_auth_token=pulumi.Output.secret("acme's token"))
plain = Desk("plain")
listed = Desk("listed", providers=[acme])
single = Desk("single", provider=acme)
Own("child", parent=listed.client)
Own("apart", parent=listed.client, provider=pulumi.ProviderResource("pulumi-python", "own"))
copied = twilio.voice.ClientConfiguration("copied", call_notification=plain.client.call_notification)
pulumi.export("url", plain.client.call_notification.url)
pulumi.export("method", copied.call_notification["method"])
"""


def providers(stack: Stack) -> dict[str, str]:
    """The name of the provider of each dynamic resource in state."""
    resources: list[dict[str, Any]] = stack.resources("pulumi-python:dynamic:Resource")
    resources += stack.resources(token(VOICE))
    return {item["urn"].rpartition("::")[2]: item["provider"].split("::")[-2] for item in resources}


@proves("credentials.second-account", "process.own", "program.outputs-as-arguments")
def test_the_provider_of_a_component_serves_our_resources_and_leaves_the_programs_own_alone(
    stack: Stack, emulator: Emulator
) -> None:
    stack.secret("acme's token")
    stack.up(PROGRAM)

    assert providers(stack) == {
        "plain": "switchboard",
        "plain-own": "default",
        "listed": "acme",
        "listed-own": "default",
        "single": "acme",
        "single-own": "default",
        "child": "acme",
        "apart": "own",
        "copied": "switchboard",
    }
    assert len(Account(emulator, ACCOUNT).objects(VOICE)) == len(Account(emulator, OTHER).objects(VOICE)) == 2
    assert stack.outputs() == {"url": "https://desk.example.com", "method": "POST"}
    stack.assert_settled()
