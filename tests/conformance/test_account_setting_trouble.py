"""Account settings that are gone, hidden, cut off or refuse to be restored."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from pulumi_switchboard.emulator.faults import Answer, Reset

from tests.conformance.resource import UNKNOWN
from tests.conformance.settings import (
    OVERRULED,
    each_permanent,
    each_referring,
    each_removable,
    each_restorable,
    each_write_only,
    having_policy,
    hidden_field,
    set_by_others,
    setting_of,
    shown,
    taken_over,
    warnings,
)
from tests.conformance.verbs import CREATE, DELETE, case, error_of, is_refused, killed_before_save
from tests.conformance.world import World, new_world
from tests.promises import proves
from tests.samples.sample import Sample, at


@proves("setting.destroy-or-fail")
@each_referring
def test_an_original_that_refers_to_something_gone_is_an_error_with_the_ways_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = setting_of(world.sample)
    assert setting.lose is not None
    _, program = taken_over(world)
    for value in setting.others.values():
        setting.lose(world.vendor, world.resolved(value))
    with world.without_writes():
        error = error_of(world.engine.destroy, program)
    assert "does not exist in account" in error
    assert "is managed as before" in error
    assert world.engine.saved is not None
    world.is_settled(program)
    monkeypatch.setenv(OVERRULED, "reset")
    world.engine.destroy(program)
    DELETE.is_done(world)


@proves("setting.take-over", "lost.refusal-adds-nothing")
@each_referring
def test_a_setting_that_refers_to_something_missing_is_not_taken_over(world: World) -> None:
    setting = setting_of(world.sample)
    assert setting.lose is not None
    set_by_others(world)
    for field in world.sample.fields:
        setting.lose(world.vendor, world.resolved(world.sample.maximal[field.path]))
    with world.without_writes():
        assert "does not exist in account" in error_of(world.engine.up, world.maximal)
    assert world.engine.saved is None


@proves("setting.destroy-or-fail")
@each_restorable
def test_a_restore_that_the_vendor_takes_and_does_not_carry_out_fails(world: World) -> None:
    before, _ = taken_over(world)
    answer = Answer(200, json=world.object) if "url" in world.object else Answer(204)
    with world.vendor.inject(f"POST {world.sample.collection}", answer, times=None):
        error = error_of(world.engine.destroy, world.maximal)
    assert "was restored, but the vendor shows other values: " in error
    assert f"{OVERRULED}=retain" in error
    assert world.engine.saved is not None
    world.engine.destroy(world.maximal)
    assert shown(world) == before


@proves("setting.destroy-or-fail", "setting.reset-and-retain")
@each_permanent
def test_a_reset_that_the_vendor_takes_and_does_not_carry_out_fails(world: World) -> None:
    program = having_policy(world, "reset")
    world.engine.up(program)
    with world.vendor.inject(f"POST {world.sample.collection}", Answer(200, json=world.object)):
        error = error_of(world.engine.destroy, program)
    assert "has not cleared " in error
    assert all(field.path in error for field in world.sample.fields)
    assert world.engine.saved is not None
    world.engine.destroy(program)


@proves("setting.unknown-original", "lost.crash-at-any-step", "preview.overwrites-listed")
@each_restorable
def test_a_take_over_that_was_cut_off_and_edited_says_what_is_not_sure(sample: Sample) -> None:
    fields = sample.drifting
    if len(fields) == 1:
        return  # there is nothing else to be not sure of
    with new_world(sample) as world:
        assert sample.setting is not None
        world.change_outside(sample.setting.others)
        with killed_before_save(world):
            world.engine.up(world.maximal)
        world.engine.log.clear()
        world.engine.up(world.changed(world.maximal, {fields[0].path: fields[0].changed}))
        head, line, end_line = world.engine.warnings[0].splitlines()
        assert head.startswith("this resource takes over ")
        assert line.startswith(f"  {fields[0].path}: ")
        assert end_line == (
            "Destroying the resource restores what was there. Some of that equals the program's values "
            "already: if an earlier run was interrupted, it may have set all of it"
        )


@proves("preview.overwrites-listed", "preview.no-needless-request", "warning.once")
@each_restorable
def test_a_preview_lists_what_an_update_will_overwrite_in_further_arguments(sample: Sample) -> None:
    assert sample.setting is not None
    others = sample.setting.others
    further = [f for f in sample.fields if others.get(f.wire, f.changed) != f.changed]
    further = [field for field in further if field.path not in sample.minimal]
    for field in further:
        with new_world(sample) as world:
            world.change_outside(others)
            world.engine.up(world.minimal)
            for value, said in (
                (UNKNOWN, "a value that is known only during the update"),
                (field.changed, ""),
            ):
                world.engine.log.clear()
                with world.without_requests():
                    assert world.engine.preview(world.changed(world.minimal, {field.path: value})) == "update"
                (warning,) = world.engine.warnings
                head, line, _ = warning.splitlines()
                assert head.startswith("this resource takes over "), field.path
                assert line.startswith(f"  {field.path}: "), field.path
                assert line.endswith(said), field.path
            foreseen = world.engine.warnings
            world.engine.log.clear()
            world.engine.up(world.changed(world.minimal, {field.path: field.changed}))
            assert world.engine.warnings == foreseen, field.path


@proves("diff.ignore-changes")
@each_write_only
def test_a_write_only_value_that_is_ignored_is_left_until_it_counts_again(world: World) -> None:
    program = world.maximal
    world.engine.up(program)
    hidden = hidden_field(world.sample)
    other = world.sample.fields[-1]
    world.change_outside(world.sample.write_only)
    theirs = at(world.object, hidden.wire)
    edited = world.changed(program, {other.path: other.changed})
    world.engine.up(replace(edited, ignore_changes=[hidden.path]))
    assert at(world.object, hidden.wire) == theirs
    world.shows({other.wire: other.on_wire(other.changed)})
    assert hidden.path not in world.saved.outputs
    assert world.engine.up(edited) == "update"
    assert at(world.object, hidden.wire) == hidden.on_wire(program.arguments[hidden.path])
    world.is_settled(edited)
    without = world.changed(edited, {hidden.path: None})
    assert error_of(world.engine.preview, without) == f"{hidden.path}: is required"
    world.change_outside(world.sample.write_only)
    world.engine.refresh(edited)
    world.remove_outside()
    world.engine.up(replace(program, ignore_changes=[hidden.path]))
    assert at(world.object, hidden.wire) == hidden.on_wire(program.arguments[hidden.path]), (
        "none is left to keep"
    )


@proves("setting.write-only")
@each_write_only
def test_a_write_only_value_of_which_the_vendor_shows_nothing_is_taken_to_stand(sample: Sample) -> None:
    with new_world(sample, {"ultravox_token_prefix_length": 0}) as world:
        program = world.maximal
        world.engine.up(program)
        inputs = world.saved.inputs
        world.change_outside(sample.write_only)
        world.engine.refresh(program)
        assert world.saved.inputs == inputs
        assert world.engine.preview(program) == "same"


@proves("setting.gone", "delete.already-gone", "setting.restore")
@each_removable
def test_a_setting_that_is_gone_at_its_end_is_not_written_to(sample: Sample) -> None:
    for policy, is_taken_over in product(("restore", "reset"), (False, True)):
        with case(f"{policy}, {is_taken_over}"), new_world(sample) as world:
            if is_taken_over:
                set_by_others(world)
            world.engine.up(having_policy(world, policy))
            world.remove_outside()
            said = len(world.engine.warnings)
            world.engine.destroy(world.maximal)
            assert world.engine.saved is None
            assert world.object is None
            gone = [message.text for message in world.engine.log if " is gone" in message.text]
            if policy == "restore" and is_taken_over:
                assert gone == world.engine.warnings[said:]
                assert "is gone, so what was there before is not restored" in gone[0]
            else:
                assert gone[0].endswith("is gone already")
                assert world.engine.warnings[said:] == []


@proves("setting.gone", "lost.create-found-again")
@each_removable
def test_a_setting_whose_first_write_did_not_arrive_is_not_said_to_be_gone(sample: Sample) -> None:
    with CREATE.world(sample) as (world, program):
        with world.vendor.inject(CREATE.write(sample), Reset(), times=None):
            assert "it is not known whether" in error_of(world.engine.up, replace(program, timeout=20.0))
        world.engine.up(program)
        world.shows(sample.shown)
        assert " is gone" not in warnings(world)


@proves("setting.restore")
@each_removable
def test_what_others_have_changed_where_nothing_was_before_is_left(sample: Sample) -> None:
    for field in sample.drifting:
        with case(field.path), new_world(sample) as world:
            world.engine.up(having_policy(world, "restore"))
            world.change_outside({field.wire: field.drifted})
            with world.without_writes():
                world.engine.destroy(world.maximal)
            assert "there was nothing before, and someone else has changed it since" in warnings(world)


@proves("setting.write-only", "setting.overruled", "setting.destroy-or-fail")
@each_write_only
def test_what_can_not_be_read_is_not_restored_by_the_environment(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.change_outside(setting_of(world.sample).others)
    world.engine.up(having_policy(world, "reset"))
    monkeypatch.setenv(OVERRULED, "restore")
    with world.without_writes():
        error = error_of(world.engine.destroy, world.maximal)
    assert re.search(r"can't be restored: its original \w+ can't be read", error)
    assert f"{OVERRULED}=retain" in error
    assert world.engine.saved is not None


@proves("import.impossible-fails-in-preview", "read.get")
@each_removable
def test_a_setting_that_is_not_there_can_not_be_imported_or_looked_up(world: World) -> None:
    world.engine.up(world.minimal)
    id = world.saved.id
    world.engine.destroy(world.minimal)
    is_refused(world, replace(world.minimal, import_=id), "does not exist in account", "import_")
    assert "does not exist in account" in error_of(world.engine.look_up, world.minimal, id)
    assert world.object is None
