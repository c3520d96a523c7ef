"""Somebody else changes or deletes an object that the stack has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.driver import START_SECONDS
from tests.conformance.resource import Resource
from tests.conformance.vendor import PAGE
from tests.conformance.verbs import DELETE, READ, UPDATE, case, changes, drifts, error_of
from tests.conformance.world import (
    World,
    each,
    each_long_running,
    each_object,
    each_replaceable,
    each_sample,
    each_setting,
    new_world,
)
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Bag, Field, Sample, at, having

each_removable = each(sample for sample in every() if sample.setting is None or not sample.setting.unset)
"""Run a test with every type of which an account may have nothing."""
NOWHERE = ("version", "nowhere", "no.where")
"""Paths of no argument, which it is harmless to ignore."""


@proves("diff.drift-is-repaired", "read.only-drift-replaced", "diff.settled-after-up")
@each_sample
def test_drift_of_each_argument_is_all_that_a_refresh_shows_and_one_write_repairs_it(sample: Sample) -> None:
    all_drifts: list[tuple[Sequence[str], Bag]] = [*sample.drifts]
    all_drifts += [
        ((field.path, *field.drifts_with), {field.wire: field.drifted}) for field in sample.drifting
    ]
    with new_world(sample) as world:
        program = world.maximal
        world.engine.up(program)
        for paths, outside in all_drifts:
            with case(f"{paths} by {outside}"):
                before = _saved(world)
                world.change_outside(outside)
                world.engine.refresh(program)
                inputs, outputs = _saved(world)
                assert _without(inputs, paths) == _without(before[0], paths)
                assert at(inputs, paths[0]) != at(before[0], paths[0])
                assert ": null" not in json.dumps(inputs)
                differing = {name for name in program.arguments if outputs.get(name) != before[1].get(name)}
                assert differing == set(map(_argument, paths))
                assert world.engine.preview(program) == "update"
                assert _writes_of_up(world, program) == 1
                world.shows(sample.shown)
                assert world.engine.preview(program) == "same"
        world.is_settled(program)


@proves("diff.drift-is-repaired", "diff.replaces-only-where-documented")
@each_replaceable
def test_drift_of_what_can_not_be_changed_back_is_repaired_by_a_replacement(sample: Sample) -> None:
    for field in sample.fields:
        if field.replaces:
            with new_world(sample, field.drift_switches) as world:
                world.engine.up(world.maximal)
                world.change_outside({field.wire: field.drifted})
                edited = world.changed(world.maximal, _edit(sample, [field.path, *field.drifts_with]))
                error = error_of(world.engine.up, edited)
                said = (
                    f"was changed outside of this program, in fields that can't be changed back: {field.path}"
                )
                assert said in error
                assert "run `pulumi up` again: it replaces the object" in error
                assert world.engine.preview(edited) == "replace"
                world.engine.refresh(world.maximal)
                assert world.engine.preview(world.maximal) == "replace"


@proves("update.foreign-members-are-kept", "diff.ignore-changes")
@each_long_running
def test_an_update_that_waits_for_another_write_keeps_what_that_write_has_changed(sample: Sample) -> None:
    ours, theirs = sample.drifting[:2]
    with new_world(sample) as world:
        program = replace(world.maximal, ignore_changes=[theirs.path, *theirs.drifts_with])
        world.engine.up(program)
        world.clock.after(START_SECONDS + 0.4, lambda: world.change_outside({theirs.wire: theirs.drifted}))
        with world.vendor.inject(UPDATE.write(sample), Answer(409)):
            world.engine.up(world.changed(program, {ours.path: ours.changed}))
        world.shows({ours.wire: ours.on_wire(ours.changed), theirs.wire: theirs.drifted})


@proves("diff.added-members-are-drift")
@each_object
def test_what_others_add_to_an_object_is_drift(world: World) -> None:
    program = world.minimal
    world.engine.up(program)
    for field in world.sample.drifting:
        added = field.on_wire(field.changed)
        given = {*map(_argument, world.sample.minimal), _argument(world.sample.name)}
        if _argument(field.path) in given or added == field.cleared:
            continue
        with case(field.path):
            world.change_outside({field.wire: added})
            world.engine.refresh(program)
            assert world.engine.preview(program) == "update"
            assert _writes_of_up(world, program) == 1
            assert at(world.object, field.wire) in (field.cleared, None)


@proves("diff.ignore-changes", "update.foreign-members-are-kept")
@each_sample
def test_ignored_drift_of_each_argument_survives_an_update_of_another(sample: Sample) -> None:
    for field in sample.fields:
        if field.drifted is not None:
            with case(field.path), new_world(sample, field.drift_switches) as world:
                _ignore(world, field)


def _ignore(world: World, field: Field) -> None:
    engine, theirs = world.engine, {field.wire: field.drifted}
    program = replace(world.maximal, ignore_changes=[field.path, *field.drifts_with, *NOWHERE])
    engine.up(program)
    world.change_outside(theirs)
    assert engine.preview(world.changed(program, {field.path: field.changed})) == "same"
    assert engine.up(program) == "same"
    edit = _edit(world.sample, [field.path, *field.drifts_with])
    edited = world.changed(program, edit)
    if edit:
        assert engine.up(edited) == "update"
        world.shows(theirs)
        assert engine.preview(edited) == "same"
        engine.up(program)
    engine.refresh(program)
    assert engine.preview(program) == "same"
    if edit:
        assert engine.up(edited) == "update"
        world.shows(theirs)
        others = [other for other in world.sample.fields if other.path in edit]
        world.shows({other.wire: other.on_wire(world.resolved(other.changed)) for other in others})
        assert engine.preview(edited) == "same"
    engine.refresh(program)
    unignored = replace(program, ignore_changes=[])
    assert engine.preview(unignored) == ("replace" if field.replaces else "update")


@proves("diff.ignore-changes")
@each(sample for sample in every() if sample.drifts)
def test_ignored_drift_of_a_part_of_an_argument_survives_an_update(sample: Sample) -> None:
    with new_world(sample) as world:
        for paths, outside in sample.drifts:
            if any(name.isdigit() for path in paths for name in path.split(".")):
                continue  # the driver does not know places in lists
            with case(f"{paths} by {outside}"):
                world.engine.up(world.maximal)
                program = replace(world.maximal, ignore_changes=paths)
                world.change_outside(outside)
                theirs = {path: at(world.object, path) for path in outside}
                edited = world.changed(program, _edit(sample, paths))
                assert world.engine.up(edited) == "update"
                world.shows(theirs)
                world.engine.refresh(edited)
                assert world.engine.preview(edited) == "same"


@proves("diff.ignore-changes")
@each_sample
def test_to_ignore_everything_leaves_all_as_others_have_set_it(world: World) -> None:
    program = replace(world.maximal, ignore_changes=["*"])
    world.engine.up(program)
    world.shows(world.sample.shown)
    theirs = drifts(world.sample)
    world.change_outside(theirs)
    with world.without_writes():
        world.engine.refresh(program)
        assert world.engine.preview(program) == "same"
        assert world.engine.up(program) == "same"
    world.shows(theirs)


@proves("diff.ignore-changes")
@each(sample for sample in every() if any(field.drifts_with for field in sample.fields))
def test_an_ignored_argument_is_written_with_the_one_that_it_is_one_with_to_the_vendor(
    sample: Sample,
) -> None:
    for field in sample.fields:
        for path, since in product(field.drifts_with, ("", "refreshed", "refreshed and removed")):
            with case(f"{path} {since}"), new_world(sample) as world:
                program = replace(world.maximal, ignore_changes=[path])
                world.engine.up(program)
                [outside] = [outside for paths, outside in sample.drifts if path in paths]
                world.change_outside(outside)
                if since:
                    world.engine.refresh(program)
                if since.endswith("removed"):
                    world.remove_outside()
                edited = world.changed(program, {field.path: field.changed})
                assert world.engine.preview(edited) == world.engine.up(edited) == "update"
                [other] = [other for other in sample.fields if other.path == path]
                world.shows({field.wire: field.changed, other.wire: at(sample.shown, other.wire)})
                world.is_settled(edited)
                assert world.engine.preview(replace(edited, ignore_changes=[])) == "same"


@proves("read.only-drift-replaced", "preview.no-needless-request")
@each(sample for sample in every() if sample.unseen)
def test_a_change_that_the_vendor_does_not_show_is_no_drift(sample: Sample) -> None:
    for outside in sample.unseen:
        with case(f"{outside}"), new_world(sample) as world:
            world.engine.up(world.maximal)
            before = _saved(world)
            world.change_outside(outside)
            world.engine.refresh(world.maximal)
            assert _saved(world) == before
            world.is_settled(world.maximal)


@proves("update.foreign-members-are-kept")
@each(sample for sample in every() if sample.newer)
def test_members_that_this_package_does_not_know_survive_each_update_and_are_no_drift(sample: Sample) -> None:
    with new_world(sample, sample.newer_switches) as world:
        program = world.maximal
        world.engine.up(program)
        world.change_outside(sample.newer)
        world.shows(sample.newer)
        world.is_settled(program)
        for field in sample.changeable:
            program = world.changed(program, {field.path: field.changed})
            assert world.engine.up(program) == "update"
            world.shows(sample.newer)
        program = world.minimal
        world.engine.up(program)
        world.shows(sample.newer)


@proves("update.overwritten-drift-is-warned-of")
@each_object
def test_an_update_tells_what_others_have_changed_where_the_vendor_counts_versions(sample: Sample) -> None:
    with new_world(sample, sample.newer_switches) as world:
        program = world.maximal
        world.engine.up(program)
        counts_versions = "version" in _saved(world)[1]
        for field in sample.drifting:
            with case(field.path):
                told = len(world.engine.warnings)
                world.change_outside({field.wire: field.drifted})
                world.engine.up(world.changed(program, _edit(sample, [field.path, *field.drifts_with])))
                what = "was changed outside of this program since the last update"
                said = f"{world.saved.id} {what}: {_argument(field.path)}"
                assert world.engine.warnings[told:] == ([said] if counts_versions else [])
                world.engine.up(program)
                world.shows(sample.shown)
                assert len(world.engine.warnings) == told + counts_versions
        if sample.newer and counts_versions:
            world.change_outside(sample.newer)
            world.engine.up(world.changed(program, changes(sample)))
            assert "but not in a field that this resource manages" in world.engine.warnings[-1]


@proves("update.overwritten-drift-is-warned-of", "text.secrets-removed")
@each_setting
def test_an_update_of_an_account_setting_lists_what_of_others_it_overwrites(sample: Sample) -> None:
    for field in sample.drifting:
        with case(field.path), new_world(sample) as world:
            world.engine.up(world.maximal)
            world.change_outside({field.wire: field.drifted})
            edit = _edit(sample, [field.path, *field.drifts_with]) or {field.path: field.changed}
            edited = world.changed(world.maximal, edit)
            world.engine.up(edited)
            [warning] = world.engine.warnings
            head, *lines = warning.splitlines()
            said = "has changed since the last finished update, and this update overwrites that:"
            assert head.endswith(said)
            assert lines[0].startswith(f"  {_argument(field.path)}")
            assert " -> " in lines[0]
            assert {line.split(":")[0].strip().split(".")[0] for line in lines} <= {
                _argument(path) for path in (field.path, *field.drifts_with)
            }
            program = replace(world.maximal, secrets=[_argument(field.path)])
            world.engine.up(program)
            world.change_outside({field.wire: field.drifted})
            world.engine.up(replace(edited, secrets=program.secrets))
            line = world.engine.warnings[-1].splitlines()[1]
            assert line.count("[secret]") == 2 or line.count("and more, which may be secret") == 2
            assert str(field.drifted) not in line
            world.engine.refresh(edited)
            world.engine.up(edited)
            world.change_outside({field.wire: field.drifted})
            world.engine.refresh(edited)
            told = len(world.engine.warnings)
            world.engine.up(edited)
            assert len(world.engine.warnings) == told, "what a refresh has shown is told again"


@proves("update.changed-arguments", "preview.no-needless-request")
@each_sample
def test_what_others_have_set_to_what_the_program_asks_for_is_not_written_again(sample: Sample) -> None:
    with new_world(sample) as world:
        program = world.maximal
        world.engine.up(program)
        for field in sample.drifting:
            if field.drifts_with:
                continue
            with case(field.path):
                world.change_outside({field.wire: world.resolved(field.on_wire(field.changed))})
                program = world.changed(program, {field.path: field.changed})
                since = world.now
                assert world.engine.up(program) == "update"
                requests = world.vendor.requests(since)
                assert not world.vendor.writes(since)
                assert len({*requests}) == len(requests), "it is looked at twice"
        world.is_settled(program)


@proves("read.gone-leaves-state")
@each_object
def test_an_object_that_is_gone_leaves_state_and_is_made_again(world: World) -> None:
    program = world.maximal
    world.engine.up(program)
    first = world.saved.id
    world.remove_outside()
    assert world.engine.preview(program) == "same"
    world.engine.refresh(program)
    assert world.engine.saved is None
    warning = world.engine.warnings[-1]
    assert f"{first} is gone: it was deleted outside of this program" in warning
    assert "the next `pulumi up` creates it again" in warning
    assert world.engine.up(program) == "create"
    assert world.saved.id != first
    world.shows(world.sample.shown)
    world.is_settled(program)


@proves("update.gone-object")
@each_object
def test_an_update_of_an_object_that_is_gone_says_how_to_create_it_again(world: World) -> None:
    world.engine.up(world.maximal)
    first, before = world.saved.id, _saved(world)
    world.remove_outside()
    edited = world.changed(world.maximal, changes(world.sample))
    with world.without_writes():
        error = error_of(world.engine.up, edited)
    assert f"{first} is gone: it was deleted outside of this program" in error
    assert "pulumi up --refresh" in error
    assert _saved(world) == before
    world.engine.refresh(edited)
    assert world.engine.up(edited) == "create"
    assert list(world.objects) == [world.saved.id] != [first]


@proves("delete.already-gone")
@each_removable
def test_a_destroy_of_an_object_that_is_gone_succeeds(world: World) -> None:
    world.engine.up(world.maximal)
    first = world.saved.id
    world.remove_outside()
    world.engine.destroy(world.maximal)
    assert world.engine.saved is None
    assert world.object is None
    if world.sample.setting is None:
        assert [m.text for m in world.engine.log if "gone" in m.text] == [f"{first} is gone already"]
    assert not world.engine.warnings


@proves("read.gone-leaves-state", "transport.broken-answers")
@each_sample
def test_a_404_that_is_not_the_vendors_removes_nothing(sample: Sample) -> None:
    for verb in (READ, UPDATE, DELETE):
        with case(verb.name), verb.world(sample) as (world, program):
            before = _saved(world)
            with world.vendor.inject(verb.requests(sample)[0], Answer(404, text=PAGE), times=None):
                error = error_of(verb.run, world, program)
            assert "check for a proxy in between" in error
            assert _saved(world) == before


def _saved(world: World) -> tuple[Bag, Bag]:
    """The inputs and the outputs in state."""
    return world.saved.inputs, world.saved.outputs


def _writes_of_up(world: World, program: Resource) -> int:
    since = world.now
    assert world.engine.up(program) == "update"
    return len(world.vendor.writes(since))


def _argument(path: str) -> str:
    """The argument that a path leads into."""
    return path.partition(".")[0]


def _edit(sample: Sample, paths: Sequence[str]) -> Bag:
    """A change of another argument, which has nothing to do with those; none if there is no such."""
    own = {*map(_argument, paths)}
    for other in reversed(sample.fields):
        others = {_argument(path) for path in (other.path, *other.drifts_with)}
        if not other.replaces and not own & others:
            return {other.path: other.changed}
    return {}


def _without(bag: Bag, paths: Sequence[str]) -> Any:
    return having(bag, {path: None for path in paths if at(bag, path) is not None})
