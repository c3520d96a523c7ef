"""A resource adopts an object that exists, with the option `import_`, or takes over an account setting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pulumi_switchboard.dynamic.process import current
from pulumi_switchboard.emulator.faults import Answer, Reset

from tests.conformance.resource import OTHER_STACK_ID, UNKNOWN, Resource
from tests.conformance.vendor import ACCOUNT, ENDPOINT, OTHER_ACCOUNT
from tests.conformance.verbs import case, changes, drifts, error_of, is_refused, unnamed
from tests.conformance.world import (
    World,
    each_named,
    each_object,
    each_replaceable,
    each_sample,
    each_setting,
    each_with_an_account,
)
from tests.promises import proves
from tests.samples.sample import Field

HIDDEN = "[secret] -> [secret]"
LATER = "a value that is known only during the update"


@proves("import.adopts", "diff.meaningless-changes")
@each_object
def test_another_spelling_of_the_same_is_adopted_without_a_write(world: World) -> None:
    for one, other in world.sample.same:
        with case(f"{one} is {other}"):
            world.engine.up(world.changed(world.maximal, one))
            program = replace(world.changed(world.maximal, other), import_=world.saved.id)
            world.engine.saved = None
            world.engine.stack_id = OTHER_STACK_ID
            since = world.now
            world.engine.up(program)
            assert not world.vendor.writes(since)
            assert "without a change" in world.engine.warnings[-1]
            world.engine.destroy(program)


@proves("preview.overwrites-listed", "import.adopts", "preview.no-needless-request")
@each_object
def test_a_preview_lists_each_value_that_will_be_overwritten_after_one_look(world: World) -> None:
    program, fields = _of_others(world)
    since = world.now
    assert world.engine.preview(program) == "create"
    assert world.methods(since) == ["GET"]
    [foreseen] = world.engine.warnings
    head, *lines = foreseen.splitlines()
    assert head == f"this resource adopts {program.import_}, and overwrites what is there:"
    assert _paths(lines) == sorted(_paths(lines), key=partial(_place, world))
    for field in fields:
        assert len([path for path in _paths(lines) if _is_in(path, field.path)]) == 1, field.path
    assert len(lines) == len(fields)
    assert all(" -> " in line for line in lines)

    since = world.now
    assert world.engine.up(program) == "create"
    assert len(world.vendor.writes(since)) == 1
    assert world.engine.warnings == [foreseen, foreseen], "the update says the same, and says it once"
    world.shows(world.sample.shown)
    world.is_settled(program)


@proves("preview.later-overwrites-warned-of")
@each_object
def test_what_changes_after_the_check_is_told_by_the_create_which_repeats_nothing(world: World) -> None:
    first, second = [field for field in world.sample.fields if field.wire in drifts(world.sample)][:2]
    program = replace(world.maximal, import_=world.add_outside(world.sample.shown))
    world.change_outside({first.wire: first.drifted})

    def between(verb: str) -> None:
        if verb == "Check":
            world.change_outside({second.wire: second.drifted})

    world.engine.between = between
    world.engine.up(program)
    foreseen, added = (warning.splitlines()[1:] for warning in world.engine.warnings)
    assert len(foreseen) == len(added) == 1
    assert _is_in(_paths(foreseen)[0], first.path)
    assert _is_in(_paths(added)[0], second.path)
    world.shows(world.sample.shown)


@proves("import.impossible-fails-in-preview")
@each_object
def test_an_object_that_does_not_exist_fails_the_preview_and_the_update(world: World) -> None:
    missing = world.add_outside()
    world.remove_outside()
    where = f"account {ACCOUNT} at {ENDPOINT}"
    said = (f"{missing} does not exist in {where}", "remove import_ from the resource")
    is_refused(world, replace(world.maximal, import_=missing), *said)
    assert not world.engine.warnings
    assert world.engine.up(world.maximal) == "create"
    world.shows(world.sample.shown)


@proves("import.impossible-fails-in-preview", "diff.replaces-only-where-documented")
@each_replaceable
def test_an_object_that_can_not_become_what_the_program_says_fails_the_preview(world: World) -> None:
    for field in world.sample.fields:
        if not field.replaces:
            continue
        wanted = world.changed(world.minimal, {field.path: field.changed})
        program = replace(wanted, import_=world.add_outside())
        theirs, wanted = world.sample.minimal[field.path], field.changed
        said = f"{program.import_} can't become what the program says: {field.path}"
        shown = f'{field.path}: "{theirs}" -> "{wanted}"'
        is_refused(world, program, said, shown, f"give {field.path} the value that the object has")
        assert not world.engine.warnings
        assert world.engine.preview(world.changed(program, {field.path: UNKNOWN})) == "create"
        assert _unknown_paths(world) == [field.path]
        fitting = replace(world.minimal, import_=program.import_)
        assert world.engine.up(fitting) == "create"
        world.is_settled(fitting)


@proves("guard.foreign-api-key")
@each_with_an_account
def test_an_object_of_another_account_is_not_adopted(world: World) -> None:
    program, _ = _of_others(world)
    theirs = {**world.object, world.sample.account: OTHER_ACCOUNT}
    said = f"the credentials are not those of account {ACCOUNT}: they belong to {OTHER_ACCOUNT}"
    with world.vendor.inject(f"GET {world.sample.item}", Answer(200, json=theirs), times=None):
        is_refused(world, program, said)
    assert not world.engine.warnings


@proves("import.may-stay-in-program")
@each_object
def test_import_may_stay_in_the_program_or_go_or_name_another_object(world: World) -> None:
    program, _ = _of_others(world)
    world.engine.up(program)
    other = world.add_outside({world.sample.wire_name: "other"} if world.sample.name else None)
    assert "key" not in world.saved.outputs["_identity"], "a create has to find what a crash has left"
    origin = world.saved.outputs["_origin"]
    key = (origin["endpoint"], origin["account"], world.sample.type, other)
    told = len(world.engine.warnings)
    for import_ in (program.import_, other, None, UNKNOWN):
        with case(str(import_)), world.without_requests():
            again = replace(program, import_=import_)
            assert world.engine.preview(again) == "same"
            assert world.engine.up(again) == "same"
            assert current().claims.is_free(key), "another resource may have that object"
    assert len(world.engine.warnings) == told
    world.engine.destroy(program)
    assert list(world.objects) == [other]


@proves("preview.vendor-unreachable", "error.refused-credentials")
@each_sample
def test_a_preview_that_can_not_look_goes_on_with_a_warning_unless_its_credentials_are_refused(
    world: World,
) -> None:
    program, _ = _of_others(world)
    look = f"GET {world.sample.item}"
    for status in (401, 403):
        with world.vendor.inject(look, Answer(status)):
            error = error_of(world.engine.preview, program)
        assert f"HTTP {status}" in error
        assert "check the " in error
    assert not world.engine.warnings
    for fault in (Answer(503), Answer(429), Reset(), Reset(after=True), None):
        with case(str(fault)):
            told = len(world.engine.warnings)
            injected = None if fault is None else world.vendor.inject(look, fault, times=None)
            world.vendor.is_unreachable = fault is None
            assert world.engine.preview(program) == "create"
            world.vendor.is_unreachable = False
            if injected is not None:
                injected.remove()
            [warning] = world.engine.warnings[told:]
            what = "could not be read, so the values that will be overwritten are not listed"
            assert re.match(rf"({program.import_}|[\w' ]+) {what}", warning)
    world.engine.up(program)
    assert "overwrites what is there:" in world.engine.warnings[-1]
    world.shows(world.sample.shown)


@proves("import.adopts", "identity.generated-names")
@each_named
def test_an_adopted_object_keeps_its_name_if_the_program_gives_none(world: World) -> None:
    name = world.sample.name
    program = replace(unnamed(world), import_=world.add_outside())
    theirs = world.object[world.sample.wire_name]
    assert world.engine.preview(program) == "create"
    assert world.engine.up(program) == "create"
    assert all(name not in warning for warning in world.engine.warnings)
    assert world.object[world.sample.wire_name] == theirs
    world.is_settled(program)
    edited = world.changed(
        program, {path: value for path, value in changes(world.sample).items() if path != name}
    )
    assert world.engine.up(edited) == "update"
    assert world.object[world.sample.wire_name] == theirs
    world.is_settled(replace(edited, import_=None))


@proves("preview.overwrites-listed", "check.unknown-never-fails")
@each_sample
def test_a_value_that_is_not_known_yet_is_listed_as_such(world: World) -> None:
    program, fields = _of_others(world)
    for field in fields:
        with case(field.path):
            assert world.engine.preview(world.changed(program, {field.path: UNKNOWN})) == "create"
            [unknown] = _unknown_paths(world)
            assert _is_in(unknown, field.path) or _is_in(field.path, unknown)
            assert len(_listed(world)) >= len(fields), "the others are not listed"
    every = {name: UNKNOWN for name in program.arguments if name != "on_destroy"}
    assert world.engine.preview(replace(program, arguments=every)) == "create"
    arguments = {field.path.partition(".")[0] for field in fields}
    assert arguments <= {*_unknown_paths(world)} <= {*every}


@proves("secret.nowhere-in-plain", "preview.overwrites-listed")
@each_sample
def test_the_list_of_overwrites_shows_no_value_of_an_argument_that_is_secret(world: World) -> None:
    program, fields = _of_others(world)
    arguments = {field.path.partition(".")[0] for field in fields}
    secret = replace(program, secrets=sorted({*program.arguments} - {"on_destroy"}))
    hint = re.compile(
        r"(https://[^/?]*) and more, which may be secret -> .*|what can't be read -> \[secret\]"
    )
    for command in (world.engine.preview, world.engine.up):
        command(secret)
        told = [line.partition(": ")[2] for line in _listed(world)]
        assert len(told) >= len(arguments)
        assert all(line == HIDDEN or hint.fullmatch(line) for line in told), told


@proves("import.impossible-fails-in-preview", "setting.take-over")
@each_setting
def test_an_account_setting_is_imported_by_its_own_id_alone(world: World) -> None:
    world.engine.up(world.minimal)
    own_id = world.saved.id
    world.engine.destroy(world.minimal)
    program, _ = _of_others(world)
    wrong = replace(program, import_="something")
    is_refused(world, wrong, "something is not the id of", f"its id is {own_id}: use that", requests=())
    world.engine.up(replace(program, import_=own_id))
    assert "this resource takes over" in world.engine.warnings[-1]
    world.shows(world.sample.shown)


@proves("preview.no-needless-request", "check.unknown-never-fails")
@each_setting
def test_a_preview_with_a_policy_that_is_not_known_yet_tells_nothing(world: World) -> None:
    program, _ = _of_others(world)
    assert world.engine.preview(world.changed(program, {"on_destroy": UNKNOWN})) == "create"
    assert not world.engine.warnings
    assert world.vendor.sent == 0


def _of_others(world: World) -> tuple[Resource, list[Field]]:
    """A program that adopts an object or takes over a setting, and arguments in which that differs."""
    if world.sample.setting is not None:
        others = world.sample.setting.others
        world.change_outside(others)
        return world.maximal, [field for field in world.sample.fields if field.wire in others]
    program = replace(world.maximal, import_=world.add_outside(world.sample.shown))
    theirs = drifts(world.sample)
    world.change_outside(theirs)
    return program, [field for field in world.sample.fields if field.wire in theirs]


def _listed(world: World) -> list[str]:
    """The overwrites in the last warning."""
    return [line for line in world.engine.warnings[-1].splitlines() if " -> " in line]


def _paths(lines: Sequence[str]) -> list[str]:
    """The paths in a list of overwrites, with dots."""
    return [re.sub(r'\["?|"?\]\.?', ".", line.split(": ")[0]).strip(" .") for line in lines]


def _unknown_paths(world: World) -> list[str]:
    lines = world.engine.warnings[-1].splitlines()
    return _paths([line for line in lines if line.endswith(f" -> {LATER}")])


def _is_in(path: str, other: str) -> bool:
    return f"{path}.".startswith(f"{other}.")


def _place(world: World, path: str) -> int:
    arguments: Any = list(world.sample.maximal)
    return int(arguments.index(path.partition(".")[0]))
