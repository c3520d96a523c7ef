"""Account settings: taken over, changed by others, restored, reset or left, whatever happens in between."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from pulumi_switchboard.emulator.faults import Answer, Reset

from tests.conformance.driver import CheckError, Resource
from tests.conformance.test_crashes import POINTS, let_crash, let_run
from tests.conformance.verbs import DELETE, UPDATE, assert_changed, case, changes, error_of, was_killed
from tests.conformance.world import World, each_setting
from tests.conformance.world import world as new_world
from tests.promises import proves
from tests.samples.sample import REQUIRED, Bag, Field, Sample, Setting, at

OVERRULED = "SWITCHBOARD_ON_DESTROY"
OVERRULINGS = (("restore", "retain"), ("restore", "reset"), ("reset", "retain"), ("retain", "reset"))


def setting_of(sample: Sample) -> Setting:
    """What is special about the type."""
    assert sample.setting is not None
    return sample.setting


def having_policy(world: World, policy: str) -> Resource:
    """A resource with all arguments, and this policy for its end."""
    return world.changed(world.maximal, {"on_destroy": policy})


def set_by_others(world: World) -> Bag:
    """Let others set the account setting so that it can be restored; returns what is there then."""
    setting = setting_of(world.sample)
    world.change_outside({**setting.others, **setting.recognisable})
    return shown(world)


def shown(world: World) -> dict[str, Any]:
    """What the vendor shows of all that the type manages; empty if there is nothing."""
    paths = [field.wire for field in world.sample.fields]
    paths += [path for path in setting_of(world.sample).others if path not in paths]
    return {path: at(world.object, path) for path in paths} if world.object is not None else {}


def warnings(world: World) -> str:
    """All warnings so far."""
    return "\n".join(world.engine.warnings)


def fields_of_others(world: World) -> list[Field]:
    """The arguments that overwrite something which others have set."""
    others = setting_of(world.sample).others
    return [field for field in world.sample.fields if others.get(field.wire)]


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
    for field in fields_of_others(world):
        assert any(line.startswith(f"  {field.path}: ") and " -> " in line for line in lines), field.path
    world.engine.log.clear()
    assert world.engine.up(having_policy(world, "restore")) == "create"
    assert world.engine.warnings == foreseen
    world.shows(world.sample.shown)
    assert world.engine.saved is not None
    assert "_taken" in world.engine.saved.secret_outputs
    world.is_settled(having_policy(world, "restore"))


@proves("setting.restore", "setting.take-over", "setting.removed-arguments-are-cleared")
@each_setting
def test_a_destroy_restores_what_was_taken_over_whatever_the_program_has_changed(sample: Sample) -> None:
    for edit in ({}, changes(sample), dict.fromkeys(_optional(sample))):
        with case(str(edit)), new_world(sample) as world:
            before = set_by_others(world)
            program = having_policy(world, "restore")
            world.engine.up(program)
            if edit:
                world.engine.up(world.changed(program, edit))
            said, since = world.engine.warnings, len(world.vendor.emulator.journal)
            world.engine.destroy(program)
            assert shown(world) == before
            assert len(world.vendor.writes(since)) == 1
            assert world.engine.warnings == said


def _optional(sample: Sample) -> list[str]:
    return [field.path for field in sample.fields if field.cleared is not REQUIRED]


@proves("setting.reset-and-retain")
@each_setting
def test_reset_leaves_the_empty_state_and_retain_leaves_everything(sample: Sample) -> None:
    for policy in ("reset", "retain"):
        with case(policy), new_world(sample) as world:
            set_by_others(world)
            world.engine.up(having_policy(world, policy))
            assert "does not put that back" in warnings(world)
            before, since = shown(world), len(world.vendor.emulator.journal)
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
            since = len(world.vendor.emulator.journal)
            monkeypatch.setenv(OVERRULED, "restorre")
            error = error_of(world.engine.destroy, world.maximal) or ""
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


@proves("setting.reset-and-retain", "diff.change-shown-by-value")
@each_setting
def test_another_policy_is_saved_without_a_request(world: World) -> None:
    world.engine.up(having_policy(world, "reset"))
    since = world.vendor.sent
    assert world.engine.up(having_policy(world, "retain")) == "update"
    assert world.engine.up(having_policy(world, "retain")) == "same"
    assert world.vendor.sent == since
    before = shown(world)
    world.engine.destroy(world.maximal)
    assert shown(world) == before


@proves("setting.restore")
@each_setting
def test_what_others_have_changed_since_is_left_as_it_is(sample: Sample) -> None:
    for field in sample.fields:
        for is_seen in (False, True):
            if field.drifted is None:
                continue
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
                left = _what_is_left(world)
                for other in sample.fields:
                    if other.path not in left and other.wire not in left:
                        assert at(world.object, other.wire) == before[other.wire]


def _what_is_left(world: World) -> str:
    """The warning that says what is left."""
    return next(text for text in world.engine.warnings if "is left as it is in" in text)


@proves("setting.unknown-original", "claims.announced")
@each_setting
def test_an_original_that_is_not_known_is_never_restored(world: World) -> None:
    program = having_policy(world, "restore")
    world.engine.up(program)
    world.engine.saved = None
    before, since = shown(world), len(world.vendor.emulator.journal)
    assert world.engine.up(program) == "create"
    assert world.vendor.writes(since) == []
    assert "is as the program says already: this resource manages it from now on" in warnings(world)
    assert "what was there before may have been something else" in warnings(world)
    world.engine.destroy(program)
    assert shown(world) == before
    assert world.vendor.writes(since) == []
    assert "what was there before is not known" in warnings(world)


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
            since = len(world.vendor.emulator.journal)
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
    write = _write_of_restore(sample)
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
                error = error_of(world.engine.destroy, replace(program, timeout=20.0)) or ""
            assert said in error
            assert f"{OVERRULED}=retain" in error
            assert f"{OVERRULED}=reset" in error
            assert world.engine.saved == saved
            assert not isinstance(action, Answer) or world.engine.up(program) == "same"
            world.engine.destroy(program)
            assert shown(world) == before


def _write_of_restore(sample: Sample) -> str:
    with new_world(sample) as world:
        set_by_others(world)
        world.engine.up(having_policy(world, "restore"))
        since = len(world.vendor.emulator.journal)
        world.engine.destroy(world.maximal)
        (entry,) = [entry for entry in world.vendor.journal(since) if entry.method != "GET"]
        return f"{entry.method} {entry.host}{entry.path}"


@proves("lost.crash-at-any-step", "setting.restore", "setting.unknown-original")
@each_setting
def test_a_crash_while_taking_over_or_restoring_loses_no_original_that_is_known(sample: Sample) -> None:
    for point in POINTS:
        for number in range(1, 8):
            with case(f"take over, crash {number} {point}"), new_world(sample) as world:
                before = set_by_others(world)
                program = having_policy(world, "restore")
                let_crash(world, point, number)
                is_killed = was_killed(world.engine.up, program)
                let_run(world)
                is_known = shown(world) == before or not is_killed
                world.engine.up(program)
                world.shows(sample.shown)
                world.engine.destroy(program)
                if is_known:
                    assert shown(world) == before
                else:
                    world.shows(sample.shown)
                    assert "what was there before is not known" in warnings(world)
            with case(f"restore, crash {number} {point}"), new_world(sample) as world:
                before = set_by_others(world)
                world.engine.up(having_policy(world, "restore"))
                let_crash(world, point, number)
                was_killed(world.engine.destroy, world.maximal)
                let_run(world)
                if world.engine.saved is not None:
                    world.engine.destroy(world.maximal)
                assert shown(world) == before


@proves("setting.restore", "lost.update-settled")
@each_setting
def test_updates_whose_answers_are_lost_do_not_hide_the_original(sample: Sample) -> None:
    for action in (Reset(), Reset(after=True)):
        for is_refreshed in (False, True):
            with case(f"{action}, {is_refreshed}"), new_world(sample) as world:
                before = set_by_others(world)
                program = having_policy(world, "restore")
                world.engine.up(program)
                changed = world.changed(program, changes(sample))
                with world.vendor.inject(UPDATE.write(sample), action, times=None):
                    error = error_of(world.engine.up, replace(changed, timeout=20.0)) or ""
                assert "was changed is not known" in error
                if is_refreshed:
                    world.engine.refresh(changed)
                world.engine.up(changed)
                assert_changed(world)
                world.is_settled(changed)
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
    error = error_of(world.engine.up, having_policy(world, "restore")) or ""
    assert "can't be read" in error
    assert world.vendor.sent == since


@proves("setting.gone")
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
    else:
        world.engine.refresh(program)
        assert world.engine.preview(program) == "update"
    world.engine.up(program)
    world.shows(world.sample.shown)


@proves("setting.gone", "delete.already-gone", "setting.restore")
@each_setting
def test_a_setting_that_is_gone_at_its_end_is_not_written_to(sample: Sample) -> None:
    if setting_of(sample).unset:
        return  # it is always there
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
                assert "is gone, so what was there before is not put back" in gone[0]
            else:
                assert gone[0].endswith("is gone already")
                assert world.engine.warnings[said:] == []


@proves("setting.destroy-or-fail")
@each_setting
def test_an_original_that_refers_to_something_gone_is_an_error_with_the_ways_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = setting_of(world.sample)
    if setting.lose is None:
        return
    set_by_others(world)
    program = having_policy(world, "restore")
    world.engine.up(program)
    for value in setting.others.values():
        setting.lose(world.vendor, world.resolved(value))
    since = len(world.vendor.emulator.journal)
    error = error_of(world.engine.destroy, program) or ""
    assert "does not exist in account" in error
    assert "is managed as before" in error
    assert world.vendor.writes(since) == []
    assert world.engine.saved is not None
    world.is_settled(program)
    monkeypatch.setenv(OVERRULED, "reset")
    world.engine.destroy(program)
    DELETE.is_done(world)


@proves("setting.take-over", "lost.refusal-adds-nothing")
@each_setting
def test_a_setting_that_refers_to_something_missing_is_not_taken_over(world: World) -> None:
    setting = setting_of(world.sample)
    if setting.lose is None:
        return
    before = set_by_others(world)
    for field in world.sample.fields:
        setting.lose(world.vendor, world.resolved(world.sample.maximal[field.path]))
    error = error_of(world.engine.up, world.maximal) or ""
    assert "does not exist in account" in error
    assert world.engine.saved is None
    assert shown(world) == before
    assert world.vendor.writes() == []
