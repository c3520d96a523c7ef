"""Resources that get another name, another parent or another object: whose object is whose afterwards."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator

from tests.engine import programs
from tests.engine.account import Account
from tests.engine.programs import (
    ORCHESTRATOR,
    REPLACED,
    VOICE,
    assert_one_each,
    component,
    ids_in_state,
    resource,
    urn,
)
from tests.engine.stack import Stack
from tests.promises import proves

TYPES = (VOICE, ORCHESTRATOR)
URL = "https://desk.example.com/calls"
WITHOUT_PARENT = "aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]"


def alias(name: str) -> str:
    """The option with which a resource is the one that had this name."""
    return f'aliases=[pulumi.Alias(name="{name}")]'


def desk(name: str, text: str = "first", options: str = "", url: str = URL) -> str:
    """A Voice client configuration whose arguments do not depend on the resource's name."""
    return resource(VOICE, name, {"description": text, "call_notification": {"url": url}}, options)


def support(name: str, text: str = "first", options: str = "", **arguments: str) -> str:
    """An Orchestrator configuration whose arguments do not depend on the resource's name."""
    return programs.support(name, text, options, display_name="Desk", **arguments)


def both(*resources: tuple[str, ...]) -> str:
    """A resource of each type for each name, text and options."""
    return "".join([*(desk(*one) for one in resources), *(support(*one) for one in resources)])


def assert_have(stack: Stack, emulator: Emulator, **texts: str) -> dict[str, dict[str, str]]:
    """Each resource, of each type, has an object of its own with its text; returns the ids by type."""
    return {type: assert_one_each(stack, emulator, type, texts) for type in TYPES}


def options(stack: Stack, option: str, *names: str) -> list[str]:
    """A command's option with the URN of each resource, of each type."""
    return [part for name in names for type in TYPES for part in (option, urn(stack, type, name))]


@proves("identity.object-of-its-own", "identity.generated-names", "claims.never-deleted-for-another")
def test_a_name_passes_through_several_resources_and_each_has_an_object_of_its_own(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    ignoring = f'{alias("a")}, ignore_changes=["unique_name"]'
    stack.up(both(("a",), ("m",), ("p",), ("q",)))
    before = assert_have(stack, emulator, a="first", m="first", p="first", q="first")
    objects = {type: account.objects(type) for type in TYPES}
    account.new_requests()

    rest = both(("n",)) + component(both(("p",), ("q", "first", WITHOUT_PARENT)))
    said = stack.up(both(("b", "first", ignoring)) + rest)
    now = assert_have(stack, emulator, b="first", n="first", p="first", q="first")
    for type in TYPES:
        kept = {before[type]["a"]: "b", before[type]["q"]: "q"}
        assert {id: now[type][name] for id, name in kept.items()} == {id: id for id in kept}
        assert {id: account.objects(type)[id] for id in kept} == {id: objects[type][id] for id in kept}
    assert sorted(account.new_writes()) == ["DELETE"] * 4 + ["POST"] * 4
    assert "warning" not in said

    rest = both(("n",))
    both_names = both(("b", "first", ignoring), ("a", "second")) + rest
    stack.up(both_names, *options(stack, "--target", "a"))
    assert ids_in_state(stack, VOICE).keys() >= {"a", "b"}
    assert account.new_writes() == ["POST"] * 3, "the first key of the old name leads to the object of `b`"

    stack.up(both(("b",), ("c", "second", alias("a"))) + rest)
    assert_have(stack, emulator, b="first", c="second", n="first")

    third = "".join(
        make("a", "third") + make("b") + make("c", "second", f"{alias('a')}, depends_on=[a]")
        for make in (desk, support)
    )
    said = stack.up(third + rest)
    ids = assert_have(stack, emulator, a="third", b="first", c="second", n="first")
    assert [ids[type]["b"] for type in TYPES] == [before[type]["a"] for type in TYPES]
    assert "warning" not in said
    stack.assert_settled()


@proves("claims.given-up-is-deleted", "identity.object-of-its-own")
def test_an_object_given_up_by_a_replacement_is_deleted_also_if_its_resource_is_renamed_or_moved(
    stack: Stack, emulator: Emulator
) -> None:
    names = ("a", "f", "p")
    stack.up(both(*((name,) for name in names)))
    seen = [assert_have(stack, emulator, a="first", f="first", p="first")]

    said = stack.up(None, *options(stack, "--replace", *names))
    seen.append(assert_have(stack, emulator, a="first", f="first", p="first"))
    forced = Account(emulator).objects(VOICE)[seen[-1][VOICE]["p"]]["unique_name"]

    def replaced(name: str, options: str) -> str:
        on_change = f'{options}, replace_on_changes=["call_notification"]'
        return desk(name, options=on_change, url=f"{URL}/2") + support(name, options=options, **REPLACED)

    program = replaced("b", alias("a")) + replaced("g", f"{alias('f')}, delete_before_replace=True")
    said += stack.up(program + component(replaced("p", WITHOUT_PARENT)))
    seen.append(assert_have(stack, emulator, b="first", g="first", p="first"))

    every_id = {id for ids in seen for of_type in ids.values() for id in of_type.values()}
    assert len(every_id) == len(seen) * len(TYPES) * len(names), "an object was used again"
    name = Account(emulator).objects(VOICE)[seen[-1][VOICE]["p"]]["unique_name"]
    assert name.startswith("p-")
    assert name != forced
    assert "warning" not in said
    stack.assert_settled()
    stack.destroy()
    assert emulator.state == {}
