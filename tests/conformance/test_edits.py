"""Each part of an argument, at every depth, is left out, emptied and given again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from tests.conformance.resource import UNKNOWN, CheckError, Resource
from tests.conformance.verbs import case
from tests.conformance.world import World, each, each_object, each_sample, new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import UNSENT, Bag, Sample, at

SOME, NONE, BY_INPUTS = "DIFF_SOME", "DIFF_NONE", None
"""What the provider says of changes; by inputs, the engine compares them and shows their values."""
each_exclusive = each(sample for sample in every() if sample.turns)
"""Run a test with every type that has arguments which exclude each other."""


@each_sample
@proves("update.changed-arguments", "update.removed-arguments-are-cleared", "diff.change-shown-by-value")
def test_an_update_leaves_what_a_create_of_the_same_program_makes(sample: Sample) -> None:
    with new_world(sample) as world:
        shortened = list(_shortened(world, world.maximal))
        made = [_made(world, edited) for _, edited in shortened]
    with new_world(sample) as world:
        world.engine.up(world.maximal)
        before = None
        for (path, edited), expected in zip(shortened, made, strict=True):
            with case(f"without {path}"):
                since = world.now
                done = world.engine.up(edited)
                assert done == "update" or expected == before, "a change is not seen"
                assert _changes(world) == BY_INPUTS
                assert len(world.vendor.writes(since)) <= 1
                before = expected
                assert _shown(world) == expected
                assert world.engine.preview(edited) == "same"
        world.engine.up(world.maximal)
        world.shows(sample.shown)
        world.is_settled(world.maximal)


@each_object
@proves("diff.meaningless-changes")
def test_null_absent_and_empty_mean_the_same_at_every_depth(sample: Sample) -> None:
    with new_world(sample) as world:
        for path, absent in _shortened(world, world.maximal):
            name = path.rpartition(".")[2]
            parent = _parent(world.maximal.arguments, path)
            if isinstance(parent, list) or not all(map(_is_python, parent)):
                continue  # an item of a list, or a key of the user's
            world.engine.up(absent)
            inputs = world.saved.inputs
            for value in (None, *_empty(at(world.maximal.arguments, path))):
                with case(f"{path}: {value}"), world.without_requests():
                    same = world.changed(absent, {path: "to be replaced"})
                    _parent(same.arguments, path)[name] = value
                    if value is None or _is_valid(world, same):
                        assert world.engine.up(same) == "same"
                    assert _changes(world) == BY_INPUTS
                    assert world.saved.inputs == inputs


@each_sample
@proves("diff.change-shown-by-value", "diff.drift-is-repaired")
def test_what_the_inputs_do_not_show_is_said_to_be_a_change(world: World) -> None:
    world.engine.up(world.maximal)
    assert world.engine.preview(world.maximal) == "same"
    assert _changes(world) == BY_INPUTS
    for field in world.sample.fields:
        unknown = world.changed(world.maximal, {field.path: UNKNOWN})
        with case(field.path):
            assert world.engine.preview(unknown) == "update"
            assert _changes(world) == BY_INPUTS
    shown = world.sample.drifting[0]
    name = shown.path.partition(".")[0]
    inputs = world.saved.inputs
    world.change_outside({shown.wire: shown.drifted})
    world.engine.refresh(world.maximal)
    world.saved.inputs[name] = inputs[name]
    assert world.engine.preview(world.maximal) == "update"
    assert _changes(world) == SOME


@each_exclusive
@proves("update.changed-arguments", "diff.drift-is-repaired")
def test_arguments_that_exclude_each_other_take_turns(sample: Sample) -> None:
    with new_world(sample) as world:
        for (one, shown), (other, then) in permutations(sample.turns, 2):
            with case(f"{one}, {other}"):
                world.engine.up(world.changed(world.minimal, one))
                program = world.changed(world.minimal, other)
                world.engine.up(program)
                world.shows(then)
                assert world.engine.preview(program) == "same"
                world.change_outside(shown)
                world.engine.refresh(program)
                assert world.engine.up(program) == "update"
                world.shows(then)
        since = world.now
        world.engine.up(world.minimal)
        assert len(world.vendor.writes(since)) == 1
        world.is_settled(world.minimal)


@each_exclusive
@proves("setting.restore", "setting.take-over")
def test_arguments_that_exclude_each_other_are_put_back_together_or_not_at_all(sample: Sample) -> None:
    for (_, before), (ours, shown), (_, after) in permutations(sample.turns, 3):
        with case(f"{ours} in place of {before}"), new_world(sample) as world:
            program = _taken_over(world, ours, before)
            world.shows(shown)
            world.engine.destroy(program)
            world.shows(before)
        with case(f"{ours} in place of {before}, changed to {after}"), new_world(sample) as world:
            program = _taken_over(world, ours, before)
            world.change_outside(after)
            with world.without_writes():
                world.engine.destroy(program)
            world.shows(after)
            assert "someone else has changed it since" in world.engine.warnings[-1]


def _taken_over(world: World, changes: Bag, theirs: Bag) -> Resource:
    """Take over what others have set; returns the program, which is to restore it."""
    assert world.sample.setting is not None
    world.change_outside({**world.sample.setting.others, **world.sample.setting.recognisable, **theirs})
    program = world.changed(world.minimal, {**changes, "on_destroy": "restore"})
    world.engine.up(program)
    return program


def _shortened(world: World, program: Resource) -> Iterator[tuple[str, Resource]]:
    """The program without one part of its arguments, part for part, as far as it stays valid."""
    for path in _paths(program.arguments):
        edited = world.changed(program, {path: None})
        if path not in (*UNSENT, world.sample.name) and _is_valid(world, edited):
            yield path, edited


def _is_valid(world: World, program: Resource) -> bool:
    """Whether a preview finds nothing wrong with the arguments."""
    try:
        world.engine.preview(program)
    except CheckError:
        return False
    return True


def _paths(value: Any, before: str = "") -> Iterator[str]:
    """The paths of all that is in the value, with dots."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield f"{before}{name}"
        yield from _paths(item, f"{before}{name}.")


def _is_python(name: str) -> bool:
    return name.isidentifier() and name == name.lower()


def _parent(arguments: Any, path: str) -> Any:
    """What has the value at this path."""
    parent = path.rpartition(".")[0]
    return at(arguments, parent) if parent else arguments


def _empty(value: Any) -> list[Any]:
    """The empty value of a kind, if it has one."""
    return [type(value)()] if isinstance(value, str | list | dict) else []


def _made(world: World, program: Resource) -> Any:
    """What the vendor shows of an object that another stack creates with this program."""
    world.engine.stack_id = f"stack-{world.vendor.sent}"
    world.engine.up(program)
    shown = _shown(world)
    world.engine.destroy(program)
    return shown


def _shown(world: World) -> Any:
    """What the vendor shows of the object, save for its ids and dates, and for what is null or empty."""
    members = {field.wire.partition(".")[0] for field in world.sample.fields}
    return _not_empty({name: at(world.object, name) for name in members})


def _not_empty(value: Any) -> Any:
    """The value with nothing in it that is null or empty; None if nothing is left."""
    if isinstance(value, dict):
        shown = {name: _not_empty(item) for name, item in value.items()}
        return {name: item for name, item in shown.items() if item is not None} or None
    if isinstance(value, list):
        return [_not_empty(item) for item in value] or None
    return None if value == "" else value


def _changes(world: World) -> str | None:
    """What the provider has said of changes last."""
    diff = next(step for step in reversed(world.engine.steps) if step.verb == "Diff")
    said = diff.answer.get("changes", "DIFF_UNKNOWN")
    return None if said == "DIFF_UNKNOWN" else said
