"""Replacements: what is created first, what follows the new id, and what becomes of the old object."""

from __future__ import annotations

import re
from typing import Any

from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.account import Account
from tests.engine.programs import (
    ALL_AT_ONCE,
    DEFAULT,
    GO_ON,
    ORCHESTRATOR,
    REPLACED,
    VOICE,
    Code,
    desk,
    errors,
    ids_in_state,
    resource,
    support,
    urn,
)
from tests.engine.stack import Stack
from tests.promises import proves
from tests.samples.twilio.voice import client_configuration, default_client_configuration

FIRST = "delete_before_replace=True"
BRIDGE: dict[str, Any] = {"conversations_v1_bridge": {"service_id": "IS" + "0" * 32}}
EXPORT = 'pulumi.export("id", support.configuration_id)\n'
CYCLED = support("cycled")


def known(text: str) -> Code:
    """An argument that is known only when the object of `support` is there."""
    return Code(f"support.configuration_id.apply(lambda id: {text})")


OTHER = support(
    "other",
    description=known("id"),
    channel_settings={"SMS": {"capture_rules": [{"from_": "*", "to": known("id")}]}},
    status_callbacks=[{"url": known("f'https://a.example.com/{id}'"), "method": known("'GET'")}],
    intelligence_configuration_ids=known("[id]"),
)
"""A resource that depends on `support` with many arguments."""


def default_of(name: str, options: str = "") -> str:
    """The resource with this name, and the default client configuration, which it is."""
    default = resource(DEFAULT, "default", {"configuration_id": Code(f"{name}.configuration_id")})
    return desk(name, options=options) + default


def writes(requests: list[str], place: str) -> list[str]:
    """The writes among the requests whose paths have this part, with what stands after it."""
    written = [request for request in requests if place in request and not request.startswith("GET")]
    return [f"{request.split()[0]} {request.partition(place)[2].strip('/')}".strip() for request in written]


def hidden(said: str, name: str) -> set[str]:
    """The hidden members that the first diff of the resource with this name shows."""
    (diff, *_) = re.findall(rf"^ +\[urn=\S+::{name}\]\n((?: {{6}}.*\n)+)", said, re.MULTILINE)
    return {*re.findall(r"^ {6}. (_\w+) ", diff, re.MULTILINE)}


def ids(stack: Stack) -> dict[str, str]:
    """The ids of all objects in state that are no account setting."""
    return {**ids_in_state(stack, ORCHESTRATOR), **ids_in_state(stack, VOICE)}


@proves(
    "replace.create-before-delete",
    "check.unknown-never-fails",
    "program.id-stays-known",
    "preview.no-needless-request",
    "preview.overwrites-listed",
    "claims.given-up-is-deleted",
    "identity.object-of-its-own",
    "keys.next-key",
    "error.vendor-words",
)
def test_a_new_object_is_created_first_its_dependents_follow_and_the_old_one_is_deleted_last(
    stack: Stack,
) -> None:
    with Emulator(switches=Switches(voice_delete_of_default="refuse")) as emulator:
        account = Account.of(stack, emulator)
        theirs = client_configuration.add(account, {"unique_name": "theirs"})
        account.change(default_client_configuration.sample, {"configuration_id": theirs})
        bridged = support("bridged", **BRIDGE)

        stack.write(support("support") + OTHER + default_of("desk") + bridged + CYCLED + EXPORT)
        said = stack.preview()
        assert "+ 8 to create" in said
        assert hidden(said, "desk") == {"_autoname", "_resource", "_stack"}
        assert f'configuration_id: "{theirs}" -> a value that is known only during the update' in said
        assert account.new_requests() == ["GET /v2/Configurations/Client/Default"]
        stack.up()
        before = ids(stack)
        account.new_requests()

        program = support("support", **REPLACED) + OTHER + default_of("front") + EXPORT
        stack.up(program + bridged)
        asked, after = account.new_requests(), ids(stack)
        assert after["other"] == before["other"]
        assert after["support"] != before["support"]
        of_support = writes(asked, "/v2/ControlPlane/Configurations")
        of_support.remove(f"DELETE {before['cycled']}")
        assert of_support == [
            "POST",  # with the key of the old object, which is the answer
            "POST",
            f"PUT {after['other']}",
            f"DELETE {before['support']}",
        ]
        of_desks = ["POST", "POST Default", f"DELETE {before['desk']}"]
        assert writes(asked, "/v2/Configurations/Client") == of_desks
        assert stack.outputs() == {"id": after["support"]}
        assert account.only(DEFAULT)["configuration_id"] == after["front"]
        shown = account.objects(ORCHESTRATOR)[after["other"]]
        assert shown["description"] == after["support"]
        assert shown["channelSettings"]["SMS"]["captureRules"][0]["to"] == after["support"]
        callback = {"url": f"https://a.example.com/{after['support']}", "method": "GET"}
        assert shown["statusCallbacks"] == [callback]
        assert shown["intelligenceConfigurationIds"] == [after["support"]]

        _replace_what_is_in_the_way(stack, account, program, before, after)
        stack.assert_settled()
        stack.destroy()
        assert account.objects(ORCHESTRATOR) == {}
        assert account.objects(VOICE).keys() == {theirs}
        assert account.only(DEFAULT)["configuration_id"] == theirs


def _replace_what_is_in_the_way(
    stack: Stack, account: Account, program: str, before: dict[str, str], after: dict[str, str]
) -> None:
    """Old objects that have to be deleted first, and further lives of a resource that was left out."""
    stack.write(program + support("bridged", **BRIDGE, **REPLACED) + CYCLED)
    said = stack.up(None, *GO_ON, fails=True)
    error = errors(said, "create")["bridged"]
    assert "conversationsV1Bridge: another configuration has it already (HTTP 409" in error
    assert after["bridged"] in error
    assert "delete_before_replace" in error
    second = ids(stack)["cycled"]
    assert second != before["cycled"]
    forced = (
        program.replace(desk("front"), desk("front", options=FIRST)) + support("bridged", **BRIDGE) + CYCLED
    )
    said = stack.up(forced, "--replace", urn(stack, VOICE, "front"), fails=True)
    assert "The configuration is the default of the account" in errors(said, "delete")["front"]
    assert ids(stack) == {**after, "cycled": second}

    stack.run("state", "taint", "--yes", urn(stack, ORCHESTRATOR, "cycled"))
    account.new_requests()
    bridged = support("bridged", options=FIRST, **BRIDGE, **REPLACED)
    stack.write(program + bridged + CYCLED)
    said = stack.preview()
    assert "+-2 to replace" in said
    assert hidden(said, "bridged") == set()
    assert hidden(said, "cycled") == {"_generation", "_identity", "_origin", "_resource", "_stack", "_used"}
    stack.up(None, *ALL_AT_ONCE)
    asked = writes(account.new_requests(), "/v2/ControlPlane/Configurations")
    assert f"DELETE {after['bridged']}" in asked, "the new one is refused as long as the old one is there"
    assert asked[-1] == f"DELETE {second}"
    last = ids(stack)
    assert last["cycled"] not in {before["cycled"], second}
    objects = {*account.objects(ORCHESTRATOR), *account.objects(VOICE)}
    assert objects > {*last.values()}
    assert len(objects) == len(last) + 1, "that of the others"
