"""Each part of an argument, at every depth, is left out, emptied and given again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.resource import UNKNOWN, CheckError, Resource
from tests.conformance.verbs import case
from tests.conformance.world import World, each_object, each_sample, new_world
from tests.promises import proves
from tests.samples.sample import Sample, at

SOME, NONE, BY_INPUTS = "DIFF_SOME", "DIFF_NONE", None
"""What the provider says of changes; by inputs, the engine compares them and shows their values."""


@each_sample
@proves("update.changed-arguments", "update.removed-arguments-are-cleared", "diff.change-shown-by-value")
def test_an_update_leaves_what_a_create_of_the_same_program_makes(sample: Sample) -> None:
    with _world(sample) as world:
        made = [_made(world, edited) for _, edited in _shortened(world, world.maximal)]
    with _world(sample) as world:
        world.engine.up(world.maximal)
        before = None
        for (path, edited), expected in zip(_shortened(world, world.maximal), made, strict=True):
            with case(f"without {path}"):
                since = len(world.vendor.emulator.journal)
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
    with _world(sample) as world:
        for path, absent in _shortened(world, world.maximal):
            name = path.rpartition(".")[2]
            parent = _parent(world.maximal.arguments, path)
            if isinstance(parent, list) or not all(map(_is_python, parent)):
                continue  # an item of a list, or a key of the user's
            world.engine.up(absent)
            assert world.engine.saved is not None
            inputs, sent = world.engine.saved.inputs, world.vendor.sent
            for value in (None, *_empty(at(world.maximal.arguments, path))):
                with case(f"{path}: {value}"):
                    same = world.changed(absent, {path: "to be replaced"})
                    _parent(same.arguments, path)[name] = value
                    if value is None or _is_valid(world, same):
                        assert world.engine.up(same) == "same"
                    assert _changes(world) == BY_INPUTS
                    assert world.engine.saved.inputs == inputs
                    assert world.vendor.sent == sent


@each_sample
@proves("diff.change-shown-by-value", "diff.drift-is-repaired")
def test_what_the_inputs_do_not_show_is_said_to_be_a_change(world: World) -> None:
    world.engine.up(world.maximal)
    assert world.engine.preview(world.maximal) == "same"
    assert _changes(world) == BY_INPUTS
    assert world.engine.saved is not None
    for field in world.sample.fields:
        unknown = world.changed(world.maximal, {field.path: UNKNOWN})
        with case(field.path):
            assert world.engine.preview(unknown) == "update"
            assert _changes(world) == BY_INPUTS
    shown = next(f for f in world.sample.fields if f.drifted is not None and not f.replaces)
    name = shown.path.partition(".")[0]
    inputs = world.engine.saved.inputs
    world.change_outside({shown.wire: shown.drifted})
    world.engine.refresh(world.maximal)
    world.engine.saved.inputs[name] = inputs[name]
    assert world.engine.preview(world.maximal) == "update"
    assert _changes(world) == SOME


@each_sample
def test_an_undisturbed_life_is_silent(world: World) -> None:
    edited = world.changed(world.maximal, {f.path: f.changed for f in world.sample.fields if not f.replaces})
    for program in (world.maximal, edited):
        world.engine.up(program)
        world.engine.refresh(program)
    world.engine.destroy(edited)
    assert world.engine.warnings == []


def _shortened(world: World, program: Resource) -> Iterator[tuple[str, Resource]]:
    """The program without one part of its arguments, part for part, as far as it stays valid."""
    for path in _paths(program.arguments):
        edited = world.changed(program, {path: None})
        if path not in ("on_destroy", world.sample.name) and _is_valid(world, edited):
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
    """What the vendor shows of an object that is created with this program."""
    world.engine.up(program)
    shown = _shown(world)
    world.engine.destroy(program)
    return shown


def _shown(world: World) -> Any:
    """What the vendor shows of the object, save for its ids and dates; what is empty is None."""
    members = {field.wire.partition(".")[0] for field in world.sample.fields}
    return _with_none({name: at(world.object, name) for name in members})


def _with_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_none(item) for name, item in value.items()} or None
    if isinstance(value, list):
        return [_with_none(item) for item in value] or None
    return None if value == "" else value


def _changes(world: World) -> str | None:
    """What the provider has said of changes last."""
    diff = next(step for step in reversed(world.engine.steps) if step.verb == "Diff")
    said = diff.answer.get("changes", "DIFF_UNKNOWN")
    return None if said == "DIFF_UNKNOWN" else said


def _world(sample: Sample) -> Any:
    return new_world(sample)
