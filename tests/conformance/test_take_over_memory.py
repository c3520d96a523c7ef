"""What a resource remembers of an account setting that it has taken over, write-only values included."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from pulumi_switchboard.emulator import Switches
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.driver import UNKNOWN, CallError, Resource
from tests.conformance.vendor import Killed
from tests.conformance.world import World, each_setting
from tests.conformance.world import world as new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Bag, Sample, at

HINTLESS = Switches(ultravox_token_prefix_length=0)


def each(samples: Iterable[Sample]) -> pytest.MarkDecorator:
    """Run a test with these types."""
    return pytest.mark.parametrize("sample", list(samples), ids=lambda sample: sample.type)


each_write_only = each(sample for sample in every() if sample.write_only)
each_restorable = each(
    sample for sample in every() if sample.setting is not None and sample.setting.on_destroy == "restore"
)
each_permanent = each(sample for sample in every() if sample.setting is not None and sample.setting.unset)


def taken_over(world: World) -> Bag:
    """Take over what others have set, with all arguments; returns what the vendor has shown before."""
    assert world.sample.setting is not None
    world.change_outside(world.sample.setting.others)
    before: Bag = world.object
    world.engine.up(world.maximal)
    world.engine.log.clear()
    return before


@proves("setting.unknown-original")
@each_setting
def test_a_resource_that_remembers_nothing_leaves_the_setting_as_it_is(sample: Sample) -> None:
    with new_world(sample) as world:
        taken_over(world)
        assert world.engine.saved is not None
        del world.engine.saved.outputs["_taken"]
        world.engine.saved.outputs["on_destroy"] = "restore"
        before, since = world.object, len(world.vendor.emulator.journal)

        world.engine.destroy(world.maximal)

        assert world.vendor.writes(since) == []
        assert world.object == before
        (warning,) = world.engine.warnings
        assert "is left as it is: what was there before is not known" in warning


@proves("setting.destroy-or-fail")
@each_restorable
def test_a_restore_that_the_vendor_takes_and_does_not_carry_out_fails(sample: Sample) -> None:
    with new_world(sample) as world:
        before = taken_over(world)
        shown = world.object
        status = 200 if "url" in shown else 204
        answer = Answer(status, json=shown) if status == 200 else Answer(status)
        with (
            world.vendor.inject(f"POST {sample.collection}", answer, times=None),
            pytest.raises(CallError) as caught,
        ):
            world.engine.destroy(world.maximal)

        assert "was put back, and is not so: " in str(caught.value)
        assert "SWITCHBOARD_ON_DESTROY=retain" in str(caught.value)
        assert world.engine.saved is not None
        world.engine.destroy(world.maximal)
        assert {f.wire: at(world.object, f.wire) for f in sample.fields} == {
            f.wire: at(before, f.wire) for f in sample.fields
        }


@proves("setting.destroy-or-fail", "setting.reset-and-retain")
@each_permanent
def test_a_reset_that_the_vendor_takes_and_does_not_carry_out_fails(sample: Sample) -> None:
    with new_world(sample) as world:
        program = world.changed(world.maximal, {"on_destroy": "reset"})
        world.engine.up(program)
        with (
            world.vendor.inject(f"POST {sample.collection}", Answer(200, json=world.object)),
            pytest.raises(CallError, match="has not cleared ") as caught,
        ):
            world.engine.destroy(program)

        assert all(field.path in str(caught.value) for field in sample.fields)
        assert world.engine.saved is not None
        world.engine.destroy(program)


@proves("setting.unknown-original", "lost.crash-at-any-step", "preview.overwrites-listed")
@each_restorable
def test_a_take_over_that_was_cut_off_and_edited_says_what_is_not_sure(sample: Sample) -> None:
    fields = [field for field in sample.fields if field.drifted is not None and not field.replaces]
    if len(fields) == 1:
        return  # there is nothing else to be not sure of
    with new_world(sample) as world:
        assert sample.setting is not None
        world.change_outside(sample.setting.others)

        def end(verb: str) -> None:
            if verb == "Create":
                raise Killed

        world.engine.between = end
        with pytest.raises(Killed):
            world.engine.up(world.maximal)
        world.engine.between = lambda _: None
        world.engine.log.clear()

        world.engine.up(world.changed(world.maximal, {fields[0].path: fields[0].changed}))

        head, line, end_line = world.engine.warnings[0].splitlines()
        assert head.startswith("this resource takes over ")
        assert line.startswith(f"  {fields[0].path}: ")
        assert end_line == (
            "Destroying the resource puts back what was there. Some of that is as the program says already: "
            "if an earlier run was cut off, it may have put all of it there"
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
            world.engine.log.clear()
            sent = world.vendor.sent
            for value, said in ((UNKNOWN, "what is known during the update only"), (field.changed, "")):
                world.engine.log.clear()
                assert world.engine.preview(world.changed(world.minimal, {field.path: value})) == "update"
                (warning,) = world.engine.warnings
                head, line, _ = warning.splitlines()
                assert head.startswith("this resource takes over "), field.path
                assert line.startswith(f"  {field.path}: "), field.path
                assert line.endswith(said), field.path
            assert world.vendor.sent == sent
            foreseen = world.engine.warnings
            world.engine.log.clear()
            world.engine.up(world.changed(world.minimal, {field.path: field.changed}))
            assert world.engine.warnings == foreseen, field.path


@proves("diff.drift-is-repaired", "secret.outputs")
@each_write_only
def test_a_write_only_value_that_others_have_changed_is_noticed_by_its_hint(sample: Sample) -> None:
    with new_world(sample) as world:
        program = world.maximal
        world.engine.up(program)
        assert world.engine.saved is not None
        world.change_outside(sample.write_only)

        world.engine.refresh(program)

        unknown = program.arguments.keys() - world.engine.saved.inputs.keys()
        assert len(unknown) == 1
        assert not unknown & world.engine.saved.outputs.keys()
        assert world.engine.up(program) == "update"
        world.shows(sample.shown)
        world.is_settled(program)


@proves("diff.ignore-changes")
@each_write_only
def test_a_write_only_value_that_is_ignored_is_left_until_it_counts_again(sample: Sample) -> None:
    with new_world(sample) as world:
        program = world.maximal
        world.engine.up(program)
        assert world.engine.saved is not None
        (hidden,) = [field for field in sample.fields if field.drifted is None]
        other = sample.fields[-1]
        world.change_outside(sample.write_only)
        theirs = at(world.object, hidden.wire)
        edited = world.changed(program, {other.path: other.changed})
        ignoring = Resource(**{**vars(edited), "ignore_changes": [hidden.path]})

        world.engine.up(ignoring)
        assert at(world.object, hidden.wire) == theirs
        world.shows({other.wire: other.on_wire(other.changed)})
        assert hidden.path not in world.engine.saved.outputs

        assert world.engine.up(edited) == "update"
        assert at(world.object, hidden.wire) == hidden.on_wire(program.arguments[hidden.path])
        world.is_settled(edited)


@proves("setting.write-only")
@each_write_only
def test_a_write_only_value_of_which_the_vendor_shows_nothing_is_taken_to_stand(sample: Sample) -> None:
    with new_world(sample, switches=HINTLESS) as world:
        program = world.maximal
        world.engine.up(program)
        assert world.engine.saved is not None
        inputs = world.engine.saved.inputs
        world.change_outside(sample.write_only)

        world.engine.refresh(program)

        assert world.engine.saved.inputs == inputs
        assert world.engine.preview(program) == "same"
