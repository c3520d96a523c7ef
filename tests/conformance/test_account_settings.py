"""Account settings: taken over, changed by others, restored, reset or left, whatever happens in between."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, product

import pytest
from pulumi_switchboard.emulator.faults import Answer, Reset

from tests.conformance.resource import CheckError
from tests.conformance.settings import (
    OVERRULED,
    OVERRULINGS,
    having_policy,
    set_by_others,
    setting_of,
    shown,
    warnings,
)
from tests.conformance.test_crashes import POINTS, let_crash, let_run
from tests.conformance.verbs import (
    DELETE,
    UPDATE,
    assert_changed,
    case,
    changes,
    error_of,
    places,
    was_killed,
)
from tests.conformance.world import World, each_setting, new_world
from tests.promises import proves
from tests.samples.sample import REQUIRED, Sample, at


@proves("setting.take-over", "preview.overwrites-listed", "preview.no-needless-request", "secret.outputs")
@each_setting
def test_a_preview_lists_what_will_be_overwritten_and_sends_one_get(world: World) -> None:
    set_by_others(world)
    before = shown(world)
    assert world.engine.preview(having_policy(world, "restore")) == "create"
    assert len(world.vendor.journal()) == 1
    assert world.vendor.writes() == []
    assert shown(world) == before
    foreseen = list(world.engine.warnings)
    assert len(foreseen) == 1
    head, *lines = foreseen[0].split("\n")
    assert head.startswith("this resource takes over ")
    assert "Destroying the resource puts back what was there" in lines[-1]
    others = setting_of(world.sample).others
    for field in (field for field in world.sample.fields if others.get(field.wire)):
        assert any(line.startswith(f"  {field.path}: ") and " -> " in line for line in lines), field.path
    world.engine.log.clear()
    assert world.engine.up(having_policy(world, "restore")) == "create"
    assert world.engine.warnings == foreseen
    world.shows(world.sample.shown)
    assert "_saved_original" in world.saved.secret_outputs
    world.is_settled(having_policy(world, "restore"))


@proves("setting.restore", "setting.take-over", "setting.removed-arguments-are-cleared")
@each_setting
def test_a_destroy_restores_what_was_taken_over_whatever_the_program_has_changed(sample: Sample) -> None:
    optional = [field.path for field in sample.fields if field.cleared is not REQUIRED]
    for edit in ({}, changes(sample), dict.fromkeys(optional)):
        with case(str(edit)), new_world(sample) as world:
            before = set_by_others(world)
            program = having_policy(world, "restore")
            world.engine.up(program)
            if edit:
                world.engine.up(world.changed(program, edit))
            said, since = world.engine.warnings, world.now
            world.engine.destroy(program)
            assert shown(world) == before
            assert len(world.vendor.writes(since)) == 1
            assert world.engine.warnings == said


@proves("setting.reset-and-retain", "diff.change-shown-by-value")
@each_setting
def test_reset_leaves_the_empty_state_and_retain_leaves_everything(sample: Sample) -> None:
    for first, policy in (("reset", "reset"), ("retain", "retain"), ("reset", "retain")):
        with case(f"{first}, {policy}"), new_world(sample) as world:
            set_by_others(world)
            world.engine.up(having_policy(world, first))
            assert "does not put that back" in warnings(world)
            since = world.vendor.sent
            done = world.engine.up(having_policy(world, policy))
            assert done == ("same" if first == policy else "update")
            assert world.vendor.sent == since, "another policy is saved without a request"
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
            set_by_others(world)
            world.engine.up(having_policy(world, policy))
            before = shown(world)
            since = world.now
            monkeypatch.setenv(OVERRULED, "restorre")
            error = error_of(world.engine.destroy, world.maximal)
            assert f"{OVERRULED} in the environment is none of restore, reset, retain" in error
            assert world.vendor.requests(since) == []
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
    drifting = [field for field in sample.fields if field.drifted is not None]
    for field, is_seen in product(drifting, (False, True)):
        with case(f"{field.path}, {is_seen}"), new_world(sample) as world:
            before = set_by_others(world)
            program = having_policy(world, "restore")
            world.engine.up(program)
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
    before, since = shown(world), world.now
    assert world.engine.up(program) == "create"
    assert world.vendor.writes(since) == []
    assert "is as the program says already: this resource manages it from now on" in warnings(world)
    assert "what was there before may have been something else" in warnings(world)
    world.engine.destroy(program)
    assert shown(world) == before
    assert world.vendor.writes(since) == []
    assert "what was there before is not known" in warnings(world)

    world.engine.up(program)
    del world.saved.outputs["_saved_original"]  # an earlier version has saved it
    before, since = shown(world), world.now
    world.engine.destroy(program)
    assert world.vendor.writes(since) == []
    assert shown(world) == before
    assert "is left as it is: what was there before is not known" in world.engine.warnings[-1]


@proves("setting.absent-and-empty")
@each_setting
def test_what_the_program_does_not_give_is_not_managed(sample: Sample) -> None:
    for field in sample.fields:
        if field.path in sample.minimal or field.drifted is None:
            continue
        with case(field.path), new_world(sample) as world:
            program = world.minimal
            world.engine.up(program)
            world.change_outside({field.wire: field.drifted})
            theirs = at(world.object, field.wire)
            since = world.now
            assert world.engine.up(program) == "same"
            world.is_settled(program)
            assert world.vendor.writes(since) == []
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
            world.change_outside({**setting_of(sample).others, **setting_of(sample).recognisable})
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
        set_by_others(world)
        world.engine.up(having_policy(world, "restore"))
        since = world.now
        world.engine.destroy(world.maximal)
        write = next(place for place in places(world.vendor.journal(since)) if not place.startswith("GET "))
    for action, said in (
        (Answer(400), "is managed as before"),
        (Answer(403), "is managed as before"),
        (Reset(after=True), "was given back is not known"),
    ):
        with case(str(action)), new_world(sample) as world:
            before = set_by_others(world)
            program = having_policy(world, "restore")
            world.engine.up(program)
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
    for is_restore, point in product((False, True), POINTS):
        for number in count(1):
            with case(f"restore {is_restore}, crash {number} {point}"), new_world(sample) as world:
                before = set_by_others(world)
                program = having_policy(world, "restore")
                if is_restore:
                    world.engine.up(program)
                let_crash(world, point, number)
                is_killed = was_killed(world.engine.destroy if is_restore else world.engine.up, program)
                let_run(world)
                if not is_killed:
                    break
                is_known = is_restore or shown(world) == before
                if not is_restore:
                    world.engine.up(program)
                    world.shows(sample.shown)
                world.engine.destroy(program)
                if is_known:
                    assert shown(world) == before
                else:
                    world.shows(sample.shown)
                    assert "what was there before is not known" in warnings(world)


@proves("setting.restore", "lost.update-settled")
@each_setting
def test_updates_whose_answers_are_lost_do_not_hide_the_original(sample: Sample) -> None:
    for action, is_refreshed in product((Reset(), Reset(after=True)), (False, True)):
        with case(f"{action}, {is_refreshed}"), new_world(sample) as world:
            before = set_by_others(world)
            program = having_policy(world, "restore")
            world.engine.up(program)
            changed = world.changed(program, changes(sample))
            with world.vendor.inject(UPDATE.write(sample), action, times=None):
                assert "was changed is not known" in error_of(world.engine.up, replace(changed, timeout=20.0))
            if is_refreshed:
                world.engine.refresh(changed)
            world.engine.up(changed)
            assert_changed(world)
            world.engine.destroy(changed)
            assert shown(world) == before


@proves("setting.write-only")
@each_setting
def test_what_cannot_be_restored_is_refused_in_the_preview(world: World) -> None:
    setting = setting_of(world.sample)
    if not setting.recognisable:
        return
    world.change_outside(setting.others)
    before = shown(world)
    with pytest.raises(CheckError, match="can't be read, so destroying this resource") as refused:
        world.engine.preview(having_policy(world, "restore"))
    for policy in ("reset", "retain"):
        assert f'on_destroy="{policy}"' in str(refused.value)
    assert error_of(world.engine.up, having_policy(world, "restore"))
    assert world.vendor.writes() == []
    assert shown(world) == before
    for policy in ("reset", "retain"):
        assert world.engine.preview(having_policy(world, policy)) == "create"
        assert "what can't be read -> " in warnings(world)
    world.engine.up(having_policy(world, "reset"))
    since = world.vendor.sent
    error = error_of(world.engine.up, having_policy(world, "restore"))
    assert "can't be read" in error
    assert world.vendor.sent == since


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
