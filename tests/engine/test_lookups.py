"""Look-ups in a program that the real CLI runs."""

from __future__ import annotations

import json

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import CLIENTS, ORCHESTRATOR, STORES, token
from tests.engine.stack import OTHER, REVEALING, Stack
from tests.promises import proves
from tests.samples import by_type

PROGRAM = f"""
import os

token = pulumi.Output.secret(os.environ["TWILIO_AUTH_TOKEN"])
acme = Provider("acme", twilio_account_sid="{OTHER}", twilio_auth_token=token)
store = twilio.memory.get_store(display_name="customers")
desk = twilio.voice.get_client_configuration_output(
    unique_name="desk", opts=pulumi.InvokeOptions(provider=acme)
)
support = twilio.orchestrator.Configuration(
    "support",
    display_name="support",
    description=desk.apply(lambda found: found.description),
    conversation_grouping_type="GROUP_BY_PROFILE",
    memory_store_id=store.store_id,
)
found = twilio.orchestrator.get_configuration_output(id=support.configuration_id)
pulumi.export("found", found)
pulumi.export("version", found.version)
pulumi.export("desk", desk)
pulumi.export("stores", [one.display_name for one in twilio.memory.list_stores()])
"""


@proves(
    "look-up.no-state", "look-up.settings", "look-up.outputs", "look-up.secrets", "secret.nowhere-in-plain"
)
def test_a_program_looks_objects_up_in_two_accounts_and_nothing_of_that_is_in_state(
    stack: Stack, emulator: Emulator
) -> None:
    own, acme = Account(emulator), Account(emulator, OTHER)
    stores = {name: own.add(by_type()[STORES], {"displayName": name}) for name in ("customers", "staff")}
    url = f"https://desk.example.com?key={stack.secret('canary-of-the-desk')}"
    acme.request(
        "POST",
        f"/{CLIENTS}",
        json={
            "unique_name": "desk",
            "description": "Sales",
            "configuration": {
                "configurationType": "Client",
                "callnotification": {"url": url, "method": "POST"},
            },
        },
    )
    own.new_requests()
    stack.up(PROGRAM)

    made = own.only(ORCHESTRATOR)
    assert (made["memoryStoreId"], made["description"]) == (stores["customers"], "Sales")
    assert [step for step in own.new_steps() if step == "POST"] == ["POST"]
    kinds = {item["type"] for item in json.loads(stack.state_text())["checkpoint"]["latest"]["resources"]}
    assert {kind for kind in kinds if not kind.startswith("pulumi:")} == {token(ORCHESTRATOR)}
    shown = json.loads(stack.run("stack", "output", "--json", REVEALING).output)
    assert (shown["found"]["configuration_id"], shown["version"]) == (made["id"], made["version"])
    assert shown["desk"]["call_notification"] == {"url": url, "method": "POST"}
    assert sorted(shown["stores"]) == sorted(stores)
    stack.assert_settled()
    assert own.new_writes() == []

    stack.write(PROGRAM.replace('"customers"', '"customer"').replace("get_store(", "get_store_output("))
    said = stack.preview(fails=True)
    text = 'twilio.memory.get_store: no memory store named "customer" in AC1111'
    assert said.count(text) == 1, said
    assert '(2 exist; closest: "customers")' in said
