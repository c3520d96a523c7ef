"""What an account has already comes under management with `import_`, without a write at the vendor."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from pulumi_switchboard.state_keys import arguments
from requests import PreparedRequest

from tests.conformance.resource import UNKNOWN, Resource
from tests.conformance.settings import each_write_only, hidden_field
from tests.conformance.verbs import DELETE, case, error_of, is_refused
from tests.conformance.world import World, each_sample, new_world
from tests.promises import proves
from tests.samples.sample import Bag, Sample

NOTHING_SHOWN = {"ultravox_token_prefix_length": 0}
"""The switches with which the vendor shows nothing of a write-only value."""
MOST_LATE_READS = 2
"""How many reads of a new object the vendor answers as if it were not there."""
UNCOMPARED = "could not be compared"


@proves(
    "import.adopts",
    "import.without-a-write",
    "import.may-stay-in-program",
    "claims.announced",
    "diff.settled-after-up",
    "preview.no-needless-request",
)
@each_sample
def test_an_account_that_is_as_the_program_says_is_imported_without_a_write(sample: Sample) -> None:
    for switches in ({}, *sample.switches):
        with case(str(switches)), new_world(sample, switches) as world:
            program = _existing(world)
            with world.without_writes():
                since = world.now
                assert world.engine.preview(program) == "create"
                assert world.methods(since) == ["GET"]
                assert world.engine.up(program) == "create"
                assert all("overwrites" not in warning for warning in world.engine.warnings)
                assert world.saved.id == program.import_
                if sample.setting is None:
                    said = f"{program.import_} without a change: it is as the program says"
                    assert {*world.engine.warnings} == {f"this resource adopts {said}"}
                told = len(world.engine.warnings)
                for import_ in (program.import_, None):
                    again = replace(program, import_=import_)
                    with world.without_requests():
                        assert world.engine.preview(again) == "same"
                    inputs, outputs = world.saved.inputs, world.saved.outputs
                    world.is_settled(again)
                    assert world.saved.inputs == inputs
                    assert arguments(world.saved.outputs) == arguments(outputs)
                if sample.setting is not None:
                    world.engine.destroy(program)
                    told += 1
            assert len(world.engine.warnings) == told


@proves("import.without-a-write", "read.get")
@each_sample
def test_a_program_of_what_a_look_up_shows_is_imported_without_a_write(sample: Sample) -> None:
    for switches in ({}, *sample.switches):
        with case(str(switches)), new_world(sample, switches) as world:
            id = _made_by_others(world, sample.setting.others if sample.setting is not None else {})
            with world.without_writes():
                shown = world.engine.look_up(world.minimal, id)
                given = {name: value for name, value in shown.items() if name in sample.arguments}
                program = _importing(world, world.changed(world.minimal, given), id)
                world.engine.up(program)
                world.is_settled(replace(program, import_=None))


@proves("check.unknown-never-fails")
@each_sample
def test_the_id_to_import_may_be_unknown_in_a_preview(world: World) -> None:
    program = _existing(world)
    assert world.engine.preview(replace(program, import_=UNKNOWN)) == "create"


@proves("import.write-only", "secret.nowhere-in-plain")
@each_write_only
def test_a_write_only_value_is_recorded_as_given_and_warned_about(sample: Sample) -> None:
    for switches in ({}, NOTHING_SHOWN):
        with case(str(switches)), new_world(sample, switches) as world:
            program, hidden = _existing(world), hidden_field(sample)
            world.engine.preview(program)
            foreseen = world.engine.warnings
            [warning] = [text for text in foreseen if UNCOMPARED in text]
            assert hidden.path in warning
            assert "To have it written, change it in the program" in warning
            with world.without_writes():
                world.engine.up(program)
            assert world.engine.warnings == [*foreseen, *foreseen]
            assert world.saved.outputs[hidden.path] == program.arguments[hidden.path]

            changed = world.changed(program, {hidden.path: hidden.changed})
            since = world.now
            assert world.engine.up(changed) == "update"
            assert len(world.vendor.writes(since)) == 1
            if not switches:
                world.shows({hidden.wire: hidden.on_wire(hidden.changed)})
            world.is_settled(replace(changed, import_=None))


@proves("import.write-only", "diff.drift-is-repaired")
@each_write_only
def test_an_imported_write_only_value_that_others_change_visibly_is_drift(world: World) -> None:
    program, hidden = _existing(world), hidden_field(world.sample)
    world.engine.up(program)
    world.change_outside(world.sample.write_only)
    world.engine.refresh(program)
    assert hidden.path not in world.saved.inputs
    assert world.engine.up(program) == "update"
    world.shows(world.sample.shown)
    world.is_settled(program)


@proves("import.write-only", "import.impossible-fails-in-preview")
@each_write_only
def test_a_write_only_value_that_the_vendor_shows_to_be_another_is_not_imported(world: World) -> None:
    program, hidden = _existing(world), hidden_field(world.sample)
    world.change_outside(world.sample.write_only)
    with world.without_writes():
        said = (f"has another {hidden.path} than the program", "remove import_ from the resource")
        is_refused(world, program, *said)
        assert not world.engine.warnings
        assert world.engine.preview(world.changed(program, {hidden.path: UNKNOWN})) == "create"
    world.engine.up(replace(program, import_=None))
    world.shows(world.sample.shown)


@proves("import.write-only", "preview.overwrites-listed")
@each_write_only
def test_an_import_overwrites_a_write_only_value_that_belongs_to_something_else(world: World) -> None:
    program, hidden = _existing(world), hidden_field(world.sample)
    [owner] = [field for field in world.sample.fields if hidden.path in field.drifts_with]
    world.change_outside({owner.wire: owner.drifted})
    restored = world.changed(program, {"on_destroy": "restore"})
    is_refused(world, restored, f"its {hidden.path} can't be read")
    since = world.now
    world.engine.preview(program)
    [foreseen] = world.engine.warnings
    assert f"  {owner.path}: " in foreseen
    assert f"  {hidden.path}: what can't be read -> [secret]" in foreseen
    world.engine.up(program)
    assert len(world.vendor.writes(since)) == 1
    world.shows(world.sample.shown)
    world.is_settled(program)


@proves("import.write-only", "setting.restore", "setting.reset-and-retain")
@each_write_only
def test_an_imported_setting_ends_as_its_policy_says(sample: Sample) -> None:
    hidden, other = hidden_field(sample), sample.fields[-1]
    for switches, policy in product(({}, NOTHING_SHOWN), ("restore", "reset", "retain")):
        with case(f"{switches}, {policy}"), new_world(sample, switches) as world:
            program = world.changed(_existing(world), {"on_destroy": policy})
            world.change_outside({other.wire: other.drifted})
            before, sent = world.object, _sent(world)
            world.engine.up(program)
            assert len(sent) == 1
            assert program.arguments[hidden.path] not in sent[0]
            world.engine.up(world.changed(program, {hidden.path: hidden.changed}))
            changed = world.object
            world.engine.destroy(program)
            if policy == "reset":
                DELETE.is_done(world)
            else:
                assert world.object == (before if policy == "restore" else changed)


def _existing(world: World) -> Resource:
    """What somebody else has made with the values of the program, which imports it."""
    return _importing(world, world.maximal, _made_by_others(world, world.sample.shown))


def _made_by_others(world: World, wire: Bag) -> str:
    """Somebody else makes an object, or sets the account setting, some time ago; returns its id."""
    if world.sample.setting is not None:
        world.change_outside({**wire, **world.sample.setting.recognisable})
        return next(iter(world.objects))
    id = world.add_outside(wire)
    for _ in range(MOST_LATE_READS):
        error_of(world.engine.look_up, world.maximal, id)
    return id


def _importing(world: World, program: Resource, id: str) -> Resource:
    """The program as it imports what is there, and leaves it there in the end."""
    policy = {"on_destroy": "retain"} if world.sample.setting is not None else {}
    return replace(world.changed(program, policy), import_=id)


def _sent(world: World) -> list[str]:
    """The bodies of the provider's writes from now on."""
    bodies: list[str] = []

    def keep(_number: int, request: PreparedRequest) -> None:
        if request.method != "GET":
            bodies.append(str(request.body))

    world.vendor.before = keep
    return bodies
