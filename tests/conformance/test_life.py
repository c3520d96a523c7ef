"""What a resource of every type does in an undisturbed life: create, read, change, delete."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import pytest

from tests.conformance.resource import CallError
from tests.conformance.settings import OVERRULED
from tests.conformance.verbs import case, edited, error_of
from tests.conformance.world import World, each, each_object, each_sample
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import REQUIRED, UNSENT, at


def methods(world: World, since: int) -> str:
    """The methods of the provider's requests; those that poll an operation are one word."""
    requests = world.vendor.requests(since)
    words = ["polls" if "/Operations/" in request else request.split()[0] for request in requests]
    return " ".join(word for kind, run in groupby(words) for word in ([kind] if kind == "polls" else run))


@each_sample
@proves(
    "create.every-argument",
    "create.vendor-view-in-state",
    "diff.settled-after-up",
    "read.only-drift-replaced",
    "delete.removes",
)
def test_the_vendor_gets_what_the_program_says(world: World) -> None:
    for resource, shown in ((world.minimal, {}), (world.maximal, world.sample.shown)):
        assert world.engine.preview(resource) == "create"
        assert world.engine.up(resource) == "create"
        world.shows(shown)
        assert world.saved.id
        if shown:
            outputs = world.saved.outputs
            assert {name: outputs.get(name) for name in resource.arguments} == resource.arguments
        world.is_settled(resource)
        world.engine.destroy(resource)
        if world.sample.setting is None:
            assert world.objects == {}


@each_sample
@proves("preview.no-needless-request", "wait.pace")
def test_each_verb_needs_the_fewest_requests(world: World) -> None:
    verbs: dict[str, Callable[[], object]] = {
        "preview": lambda: world.engine.preview(world.maximal),
        "create": lambda: world.engine.up(world.maximal),
        "update": lambda: world.engine.up(edited(world)),
        "read": lambda: world.engine.refresh(world.maximal),
        "delete": lambda: world.engine.destroy(world.maximal),
    }
    sent = {}
    for name, verb in verbs.items():
        since = world.now
        verb()
        sent[name] = methods(world, since)
    assert sent == world.sample.requests
    assert world.engine.warnings == []


@each_sample
@proves(
    "update.changed-arguments", "update.removed-arguments-are-cleared", "diff.replaces-only-where-documented"
)
def test_each_argument_can_be_changed_cleared_and_given_again(world: World) -> None:
    program = world.maximal
    world.engine.up(program)
    for field in world.sample.fields:
        changed = world.changed(program, {field.path: field.changed})
        if field.replaces:
            assert world.engine.preview(changed) == "replace"
            continue
        assert world.engine.preview(changed) == "update", field.path
        assert world.engine.up(changed) == "update", field.path
        world.shows({field.wire: world.resolved(field.on_wire(world.resolved(field.changed)))})
        world.is_settled(changed)
        world.engine.up(program)
        world.shows(world.sample.shown)
        if field.cleared is not REQUIRED:
            cleared = world.changed(program, {field.path: None})
            world.engine.up(cleared)
            assert at(world.object, field.wire) in (field.cleared, None), field.path
            world.is_settled(cleared)
            world.engine.up(program)
            world.shows(world.sample.shown)


@each(sample for sample in every() if sample.same)
@proves("diff.meaningless-changes")
def test_two_ways_to_say_the_same_are_no_change(world: World) -> None:
    for one, other in world.sample.same:
        first, second = world.changed(world.maximal, one), world.changed(world.maximal, other)
        world.engine.up(first)
        kept = world.saved.inputs
        with case(f"{one} is {other}"), world.without_requests():
            assert world.engine.preview(second) == "same"
            assert world.engine.up(second) == "same"
            assert world.saved.inputs == kept


@proves("setting.overruled")
@each_object
def test_a_wrong_policy_for_account_settings_is_refused_before_anything_is_deleted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.engine.up(world.minimal)
    monkeypatch.setenv(OVERRULED, "restorre")
    with world.without_requests():
        error = error_of(world.engine.destroy, world.minimal)
    assert "is not one of restore, reset, retain (did you mean restore?)" in error
    assert len(world.objects) == 1


@each_sample
@proves("read.get")
def test_a_look_up_shows_the_object_changes_nothing_and_fails_if_there_is_none(world: World) -> None:
    world.engine.up(world.maximal)
    id, outputs = world.saved.id, world.saved.outputs
    with world.without_writes():
        shown = world.engine.look_up(world.maximal, id)
    compared = shown.keys() & world.sample.maximal.keys() - {*UNSENT}
    assert {name: shown[name] for name in compared} == {name: outputs[name] for name in compared}
    assert None not in shown.values()
    with pytest.raises(CallError, match=r"does not exist|is not the id of"):
        world.engine.look_up(world.maximal, "none")
