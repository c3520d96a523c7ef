"""Replacements: what is created first, what follows the new id, and what becomes of the old object."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Operation

from tests.engine.account import Account
from tests.engine.programs import (
    ALL_AT_ONCE,
    CONFIGURATIONS,
    DEFAULT,
    ORCHESTRATOR,
    REPLACED,
    VOICE,
    Code,
    assert_one_each,
    desk,
    errors,
    ids_in_state,
    resource,
    support,
    supports,
    urn,
    warnings,
)
from tests.engine.stack import Stack
from tests.promises import proves
from tests.samples.twilio.voice import client_configuration, default_client_configuration

LONG = 3600
KEY_OF_THE_OLD_ONE = "POST"
"""The first create of another object is answered with the old one."""
NO_DELETE_OF_DEFAULT = Switches(voice_delete_of_default="refuse")
BRIDGE: dict[str, Any] = {"conversations_v1_bridge": {"service_id": "IS" + "0" * 32}}


def default_of(name: str, options: str = "") -> str:
    """The default client configuration, which is the resource with this name."""
    return resource(DEFAULT, "default", {"configuration_id": Code(f"{name}.configuration_id")}, options)


def paths(requests: list[str], place: str) -> list[str]:
    """The writes among the requests whose paths have this part, with what stands after it."""
    written = [request for request in requests if place in request and not request.startswith("GET")]
    return [f"{request.split()[0]} {request.partition(place)[2].strip('/')}".strip() for request in written]


@proves(
    "replace.create-before-delete",
    "check.unknown-never-fails",
    "program.id-stays-known",
    "preview.no-needless-request",
    "preview.overwrites-listed",
    "claims.given-up-is-deleted",
)
def test_a_new_object_is_created_first_its_dependents_follow_and_the_old_one_is_deleted_last(
    stack: Stack,
) -> None:
    with Emulator(switches=NO_DELETE_OF_DEFAULT) as emulator:
        account = Account.of(stack, emulator)
        theirs = client_configuration.add(account, {"unique_name": "theirs"})
        account.change(default_client_configuration.sample, {"configuration_id": theirs})

        def known(text: str) -> Code:
            return Code(f"support.configuration_id.apply(lambda id: {text})")

        follows: dict[str, Any] = {
            "description": known("id"),
            "channel_settings": {"SMS": {"capture_rules": [{"from_": "*", "to": known("id")}]}},
            "status_callbacks": [{"url": known("f'https://a.example.com/{id}'"), "method": known("'GET'")}],
            "intelligence_configuration_ids": known("[id]"),
        }
        export = 'pulumi.export("id", support.configuration_id)\n'
        other = support("other", **follows)
        stack.write(support("support") + other + desk("desk") + default_of("desk") + export)

        said = stack.preview()
        assert "+ 6 to create" in said
        overwritten = f'configuration_id: "{theirs}" -> what is known during the update only'
        assert overwritten in said
        assert account.new_requests() == ["GET /v2/Configurations/Client/Default"]
        stack.up()
        before = {**ids_in_state(stack, ORCHESTRATOR), **ids_in_state(stack, VOICE)}
        account.new_requests()

        stack.write(support("support", **REPLACED) + other + desk("front") + default_of("front") + export)
        stack.up()

        asked = account.new_requests()
        after = {**ids_in_state(stack, ORCHESTRATOR), **ids_in_state(stack, VOICE)}
        assert after["other"] == before["other"]
        assert after["support"] != before["support"]
        assert paths(asked, "/v2/ControlPlane/Configurations") == [
            KEY_OF_THE_OLD_ONE,
            "POST",
            f"PUT {after['other']}",
            f"DELETE {before['support']}",
        ]
        assert paths(asked, "/v2/Configurations/Client") == [
            "POST",
            "POST Default",
            f"DELETE {before['desk']}",
        ]
        (root,) = stack.resources("pulumi:pulumi:Stack")
        assert root["outputs"] == {"id": after["support"]}
        assert account.only(DEFAULT)["configuration_id"] == after["front"]
        shown = account.objects(ORCHESTRATOR)[after["other"]]
        assert shown["description"] == after["support"]
        assert shown["channelSettings"]["SMS"]["captureRules"][0]["to"] == after["support"]
        assert shown["statusCallbacks"] == [
            {"url": f"https://a.example.com/{after['support']}", "method": "GET"}
        ]
        assert shown["intelligenceConfigurationIds"] == [after["support"]]
        assert account.objects(ORCHESTRATOR).keys() == {after["support"], after["other"]}
        stack.assert_settled()

        stack.destroy()
        assert account.objects(ORCHESTRATOR) == {}
        assert account.objects(VOICE).keys() == {theirs}
        assert account.only(DEFAULT)["configuration_id"] == theirs


@proves("replace.create-before-delete", "error.vendor-words")
def test_an_old_object_that_is_in_the_way_has_to_be_deleted_before_which_the_error_says(stack: Stack) -> None:
    first = "delete_before_replace=True"
    with Emulator(switches=NO_DELETE_OF_DEFAULT) as emulator:
        account = Account.of(stack, emulator)
        stack.up(support("support", **BRIDGE) + desk("desk") + default_of("desk"))
        before, objects = ids_in_state(stack, ORCHESTRATOR)["support"], account.objects(ORCHESTRATOR)
        account.new_requests()

        said = stack.up(
            support("support", **BRIDGE, **REPLACED) + desk("desk") + default_of("desk"), fails=True
        )
        error = errors(said, "create")["support"]
        assert "conversationsV1Bridge: another configuration has it already (HTTP 409" in error
        assert before in error
        assert "delete_before_replace" in error
        stack.write(support("support", **BRIDGE) + desk("desk", options=first) + default_of("desk"))
        said = stack.up(None, "--replace", urn(stack, VOICE, "desk"), fails=True)
        assert "The configuration is the default of the account" in errors(said, "delete")["desk"]
        assert account.objects(ORCHESTRATOR) == objects
        assert account.new_writes().count("DELETE") == 1, "the one that was refused"

        stack.up(support("support", options=first, **BRIDGE, **REPLACED) + desk("desk") + default_of("desk"))
        asked = paths(account.new_requests(), "/v2/ControlPlane/Configurations")
        assert asked == [f"DELETE {before}", KEY_OF_THE_OLD_ONE, "POST"]
        assert account.objects(ORCHESTRATOR).keys() == set(ids_in_state(stack, ORCHESTRATOR).values())
        stack.assert_settled()


@proves("identity.object-of-its-own", "keys.next-key", "claims.given-up-is-deleted")
def test_each_life_of_a_resource_has_another_object(stack: Stack, emulator: Emulator) -> None:
    account = Account.of(stack, emulator)
    rest = support("stays") + desk("desk", options="delete_before_replace=True") + default_of("desk")
    both = rest + support("cycled")
    texts = {"stays": "first", "cycled": "first"}
    stack.up(both)
    lives = [assert_one_each(stack, emulator, ORCHESTRATOR, texts)]
    stack.up(rest)
    assert_one_each(stack, emulator, ORCHESTRATOR, {"stays": "first"})
    stack.up(both)
    lives.append(assert_one_each(stack, emulator, ORCHESTRATOR, texts))
    account.new_requests()

    old = account.only(VOICE)["id"]
    stack.run("state", "taint", "--yes", urn(stack, ORCHESTRATOR, "cycled"))
    stack.up(None, "--replace", urn(stack, VOICE, "desk"))
    lives.append(assert_one_each(stack, emulator, ORCHESTRATOR, texts))
    asked = account.new_requests()
    assert paths(asked, "/v2/Configurations/Client") == [f"DELETE {old}", "POST", "POST Default"]
    assert account.only(DEFAULT)["configuration_id"] == account.only(VOICE)["id"] != old

    assert len({life["cycled"] for life in lives}) == len(lives)
    assert len({life["stays"] for life in lives}) == 1
    stack.assert_settled()


@proves("lost.never-made-is-replaced", "lost.next-up-continues", "claims.announced")
def test_the_old_object_stays_until_the_new_one_is_there_or_is_replaced_when_it_never_comes(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    names = ["waited", "never"]
    stack.up(supports(names))
    old = ids_in_state(stack, ORCHESTRATOR)
    pending = emulator.inject(f"POST {CONFIGURATIONS}", Operation("PENDING"), where='"waited"')
    fate = Operation("FAILED", time=LONG, title="Full", detail="The store is full")
    emulator.inject(f"POST {CONFIGURATIONS}", fate, where='"never"')
    short = "custom_timeouts=pulumi.CustomTimeouts(create='8s')"
    program = "".join(support(name, options=short, **REPLACED) for name in names)

    stack.up(program, *ALL_AT_ONCE, fails=True)
    assert account.objects(ORCHESTRATOR).keys() == set(old.values())
    pending.release()
    emulator.advance(LONG)
    account.new_requests()

    never = support("never", options=f"{short}, depends_on=[waited]", **REPLACED)
    said = stack.up(support("waited", options=short, **REPLACED) + never, fails=True)
    error = errors(said, "update")["never"]
    assert "was never made: the operation FAILED" in error
    assert "Full: The store is full" in error
    assert "run `pulumi up` again: it makes another one in its place" in error
    assert "unfinished: it is waited for" in warnings(said)["waited"]
    assert account.new_writes() == []
    assert account.objects(ORCHESTRATOR).keys() > set(old.values())

    stack.up(None, *ALL_AT_ONCE)
    new = assert_one_each(stack, emulator, ORCHESTRATOR, dict.fromkeys(names, "first"))
    assert not {*old.values()} & {*new.values()}
    stack.assert_settled()
