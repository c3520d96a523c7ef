"""Account settings: taken over, changed by others, restored, reset or left, whatever happens in between."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from pulumi_switchboard.emulator.faults import Answer, Reset

from tests.conformance.resource import Resource
from tests.conformance.settings import (
    OVERRULED,
    OVERRULINGS,
    RESTORE,
    TAKE_OVER,
    each_restorable,
    each_write_only,
    having_policy,
    set_by_others,
    setting_of,
    shown,
    taken_over,
    warnings,
)
from tests.conformance.test_crashes import after_each_crash
from tests.conformance.verbs import (
    DELETE,
    UPDATE,
    assert_changed,
    case,
    changes,
    error_of,
    is_refused,
    places,
    replacing,
)
from tests.conformance.world import World, each_setting, new_world
from tests.promises import proves
from tests.samples.sample import REQUIRED, Sample, at


@proves("setting.take-over", "preview.overwrites-listed", "preview.no-needless-request", "secret.outputs")
@each_setting
def test_a_preview_lists_what_will_be_overwritten_and_sends_one_get(world: World) -> None:
    set_by_others(world)
    program = having_policy(world, "restore")
    with world.without_writes():
        assert world.engine.preview(program) == "create"
    assert len(world.vendor.journal()) == 1
    [foreseen] = world.engine.warnings
    head, *lines = foreseen.split("\n")
    assert head.startswith("this resource takes over ")
    assert "Destroying the resource restores what was there" in lines[-1]
    others = setting_of(world.sample).others
    for field in (field for field in world.sample.fields if others.get(field.wire)):
        assert any(line.startswith(f"  {field.path}: ") and " -> " in line for line in lines), field.path
    assert world.engine.up(program) == "create"
    assert world.engine.warnings == [foreseen, foreseen]
    world.shows(world.sample.shown)
    assert "_saved_original" in world.saved.secret_outputs
    world.is_settled(program)


@proves("setting.restore", "setting.take-over", "setting.removed-arguments-are-cleared")
@each_setting
def test_a_destroy_restores_what_was_taken_over_whatever_the_program_has_changed(sample: Sample) -> None:
    optional = [field.path for field in sample.fields if field.cleared is not REQUIRED]
    for edit in ({}, changes(sample), dict.fromkeys(optional)):
        with case(str(edit)), new_world(sample) as world:
            before, program = taken_over(world)
            if edit:
                world.engine.up(world.changed(program, edit))
            said, since = world.engine.warnings, world.now
            world.engine.destroy(program)
            assert shown(world) == before
            assert len(world.vendor.writes(since)) == 1
            assert world.engine.warnings == said


@proves("setting.restore", "claims.given-up-is-deleted")
@each_restorable
def test_a_change_that_replaces_the_resource_keeps_the_original(sample: Sample) -> None:
    edit = changes(sample)
    for deletes_first in (False, True):
        with case(f"deletes first: {deletes_first}"), new_world(sample) as world:
            before, program = taken_over(world)
            changed = replacing(world.changed(program, edit), edit, deletes_first=deletes_first)
            assert world.engine.preview(changed) == "replace"
            assert world.engine.up(changed) == "replace"
            assert_changed(world)
            world.is_settled(changed)
            world.engine.destroy(changed)
            assert shown(world) == before


@proves("setting.write-only")
@each_write_only
def test_a_replacement_that_could_not_restore_what_it_takes_over_is_refused_in_the_preview(
    world: World,
) -> None:
    _, program = taken_over(world)
    edit = changes(world.sample)
    changed = replacing(world.changed(program, edit), edit)
    with world.without_writes():
        for command in (world.engine.preview, world.engine.up):
            assert "can't be read, so destroying this resource" in error_of(command, changed)


@proves("setting.reset-and-retain", "diff.change-shown-by-value")
@each_setting
def test_reset_leaves_the_empty_state_and_retain_leaves_everything(sample: Sample) -> None:
    for first, policy in (("reset", "reset"), ("retain", "retain"), ("reset", "retain")):
        with case(f"{first}, {policy}"), new_world(sample) as world:
            taken_over(world, first)
            assert "does not restore that" in warnings(world)
            with world.without_requests():
                done = world.engine.up(having_policy(world, policy))
            assert done == ("same" if first == policy else "update")
            before, since = shown(world), world.now
            world.engine.destroy(having_policy(world, policy))
            if policy == "reset":
                DELETE.is_done(world)
            else:
                assert shown(world) == before
                assert world.vendor.requests(since) == []
                assert "not managed any more: on_destroy is retain" in warnings(world)


@proves("setting.overruled", "setting.reset-and-retain")
@each_setting
def test_the_environment_overrules_the_policy(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    for policy, overruled in OVERRULINGS:
        with case(f"{policy}, {overruled}"), new_world(sample) as world:
            taken_over(world, policy)
            before = shown(world)
            monkeypatch.setenv(OVERRULED, "restorre")
            with world.without_requests():
                error = error_of(world.engine.destroy, world.maximal)
            assert f"{OVERRULED} in the environment is not one of restore, reset, retain" in error
            assert world.engine.saved is not None
            monkeypatch.setenv(OVERRULED, overruled)
            world.engine.destroy(world.maximal)
            monkeypatch.delenv(OVERRULED)
            if overruled == "retain":
                assert shown(world) == before
            else:
                DELETE.is_done(world)


@proves("setting.restore")
@each_setting
def test_what_others_have_changed_since_is_left_as_it_is(sample: Sample) -> None:
    for field, is_seen in product(sample.drifting, (False, True)):
        with case(f"{field.path}, {is_seen}"), new_world(sample) as world:
            before, program = taken_over(world)
            world.change_outside({field.wire: field.drifted})
            theirs = at(world.object, field.wire)
            if is_seen:
                world.engine.refresh(program)
            world.engine.log.clear()
            world.engine.destroy(program)
            if theirs == before[field.wire]:
                assert shown(world) == before
                continue
            assert at(world.object, field.wire) == theirs
            assert "someone else has changed it since" in warnings(world)
            assert field.path in warnings(world)
            left = next(text for text in world.engine.warnings if "is left as it is in" in text)
            for other in sample.fields:
                if other.path not in left and other.wire not in left:
                    assert at(world.object, other.wire) == before[other.wire]


@proves("setting.unknown-original", "claims.announced")
@each_setting
def test_an_original_that_is_not_known_is_never_restored(world: World) -> None:
    program = having_policy(world, "restore")
    world.engine.up(program)
    world.engine.saved = None
    with world.without_writes():
        assert world.engine.up(program) == "create"
        assert "is as the program says already: this resource manages it from now on" in warnings(world)
        assert "what was there before may have been something else" in warnings(world)
        world.engine.destroy(program)
        assert "what was there before is not known" in warnings(world)
        world.engine.up(program)
        del world.saved.outputs["_saved_original"]  # an earlier version has saved it
        world.engine.destroy(program)
        assert "is left as it is: what was there before is not known" in world.engine.warnings[-1]


@proves("setting.absent-and-empty")
@each_setting
def test_what_the_program_does_not_give_is_not_managed(sample: Sample) -> None:
    for field in sample.drifting:
        if field.path in sample.minimal:
            continue
        with case(field.path), new_world(sample) as world:
            program = world.minimal
            world.engine.up(program)
            world.change_outside({field.wire: field.drifted})
            theirs = at(world.object, field.wire)
            with world.without_writes():
                assert world.engine.up(program) == "same"
                world.is_settled(program)
            edited = next(one for one in sample.fields if one.path in sample.minimal)
            world.engine.up(world.changed(program, {edited.path: edited.changed}))
            assert at(world.object, field.wire) == theirs


@proves("setting.absent-and-empty", "setting.removed-arguments-are-cleared")
@each_setting
def test_an_empty_argument_clears_and_stays_managed(sample: Sample) -> None:
    for field in sample.fields:
        if field.cleared:  # it is required, or its empty value is not valid
            continue
        with case(field.path), new_world(sample) as world:
            set_by_others(world)
            empty = world.changed(having_policy(world, "reset"), {field.path: type(field.changed)()})
            world.engine.up(empty)
            assert at(world.object, field.wire) in (field.cleared, None)
            world.is_settled(empty)
            world.change_outside({field.wire: field.drifted})
            world.engine.refresh(empty)
            assert world.engine.preview(empty) == "update"
            world.engine.up(empty)
            assert at(world.object, field.wire) in (field.cleared, None)


@proves("setting.destroy-or-fail", "setting.restore")
@each_setting
def test_a_destroy_that_fails_forgets_nothing(sample: Sample) -> None:
    with new_world(sample) as world:
        _, program = taken_over(world)
        since = world.now
        world.engine.destroy(program)
        write = next(place for place in places(world.vendor.journal(since)) if not place.startswith("GET "))
    for action, said in (
        (Answer(400), "is managed as before"),
        (Answer(403), "is managed as before"),
        (Reset(after=True), "it is not known whether"),
    ):
        with case(str(action)), new_world(sample) as world:
            before, program = taken_over(world)
            saved = world.engine.saved
            with world.vendor.inject(write, action, times=None):
                error = error_of(world.engine.destroy, replace(program, timeout=20.0))
            assert said in error
            assert f"{OVERRULED}=retain" in error
            assert f"{OVERRULED}=reset" in error
            assert world.engine.saved == saved
            assert not isinstance(action, Answer) or world.engine.up(program) == "same"
            world.engine.destroy(program)
            assert shown(world) == before


@proves("lost.crash-at-any-step", "setting.restore", "setting.unknown-original")
@each_setting
def test_a_crash_while_taking_over_or_restoring_loses_no_original_that_is_known(sample: Sample) -> None:
    def is_restored(world: World, program: Resource) -> None:
        is_known = world.engine.saved is not None or shown(world) == world.original
        if world.engine.saved is None:
            world.engine.up(program)
            world.shows(sample.shown)
        world.engine.destroy(program)
        if is_known:
            assert shown(world) == world.original
        else:
            world.shows(sample.shown)
            assert "what was there before is not known" in warnings(world)
        assert "someone else has changed it" not in warnings(world)

    for verb in (TAKE_OVER, RESTORE):
        after_each_crash(sample, verb, is_restored)


@proves("setting.restore", "lost.update-settled")
@each_setting
def test_updates_whose_answers_are_lost_do_not_hide_the_original(sample: Sample) -> None:
    for action, is_refreshed in product((Reset(), Reset(after=True)), (False, True)):
        with case(f"{action}, {is_refreshed}"), new_world(sample) as world:
            before, program = taken_over(world)
            changed = world.changed(program, changes(sample))
            for lost in (changed, program):
                with world.vendor.inject(UPDATE.write(sample), action, times=None):
                    error = error_of(world.engine.up, replace(lost, timeout=20.0))
                assert "it is not known whether" in error
                if is_refreshed:
                    world.engine.refresh(lost)
                world.engine.up(changed)
                assert_changed(world)
            assert not any("has changed since" in text for text in world.engine.warnings), "nobody else has"
            world.engine.destroy(changed)
            assert shown(world) == before


@proves("setting.write-only")
@each_write_only
def test_what_cannot_be_restored_is_refused_in_the_preview(world: World) -> None:
    setting = setting_of(world.sample)
    world.change_outside(setting.others)
    said = ("can't be read, so destroying this resource", 'on_destroy="reset"', 'on_destroy="retain"')
    with world.without_writes():
        is_refused(world, having_policy(world, "restore"), *said)
        for policy in ("reset", "retain"):
            assert world.engine.preview(having_policy(world, policy)) == "create"
            assert "what can't be read -> " in warnings(world)
    world.engine.up(having_policy(world, "reset"))
    with world.without_requests():
        assert "can't be read" in error_of(world.engine.up, having_policy(world, "restore"))


@proves("setting.gone", "diff.ignore-changes")
@each_setting
def test_a_setting_that_somebody_removed_leaves_state_or_is_made_again(world: World) -> None:
    program = world.maximal
    world.engine.up(program)
    world.remove_outside()
    if world.object is None:
        world.engine.up(world.changed(program, changes(world.sample)))
        assert "It is created again" in warnings(world)
        assert_changed(world)
        world.remove_outside()
        world.engine.refresh(program)
        assert world.engine.saved is None
        assert "leaves state" in warnings(world)
        program = replace(program, ignore_changes=[field.path for field in world.sample.fields])
    else:
        world.engine.refresh(program)
        assert world.engine.preview(program) == "update"
    world.engine.up(program)
    world.shows(world.sample.shown)
