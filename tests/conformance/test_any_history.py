"""Whatever happens in whatever order, the next commands bring the vendor to what the program says.

Two limits, which the histories keep to: a `destroy` cannot know an object that never came to state, and
after an update or destroy that was killed only a refresh tells what is there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from hypothesis import event, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.emulator.faults import Action, Answer, Operation, Reset, Truncate

from tests.conformance.resource import CallError, NotModelledError, Resource
from tests.conformance.test_crashes import POINTS, let_crash, let_run
from tests.conformance.vendor import Killed
from tests.conformance.verbs import unnamed
from tests.conformance.world import World, each_object, each_setting, new_world
from tests.promises import proves
from tests.samples.sample import REQUIRED, Sample, at

MINUTES = 600.0
"""Seconds from one command to the next where one has failed: longer than any operation takes."""
FAULTS: dict[str, Action] = {
    "refused": Answer(400),
    "unavailable": Answer(503),
    "done, but unavailable": Answer(503, after=True),
    "reset": Reset(),
    "done, but reset": Reset(after=True),
    "half an answer": Truncate(),
}
FATES: dict[str, Action] = {
    "failed": Operation("FAILED"),
    "failed, but done": Operation("FAILED", applied=True),
    "vanished": Operation("vanished"),
    "slow": Operation("COMPLETED", time=900.0),
    "fails late": Operation("FAILED", time=900.0),
}
EXAMPLES = 16
ENDS = {f"killed {point}": point for point in POINTS}


@dataclass(frozen=True)
class Step:
    """A command of the user or an act of somebody else, and what goes wrong in it."""

    action: str
    """`up`, `refresh`, `destroy`, or `others` for a change by somebody else."""
    given: frozenset[str]
    """The arguments with another value in the program, or what others change."""
    left_out: frozenset[str] = frozenset()
    trouble: str = ""
    number: int = 1
    """In which request or call."""


def steps(sample: Sample, *, destroys: bool) -> st.SearchStrategy[list[Step]]:
    """Histories of a type."""
    paths = [field.path for field in sample.changeable if field.path != sample.name]
    optional = [
        field.path for field in sample.fields if field.cleared is not REQUIRED and field.path in paths
    ]
    trouble = [*FAULTS, *ENDS, "cancelled", *(FATES if sample.is_long_running else ())]
    actions = ["up", "up", "refresh", "others", *(["destroy"] if destroys else [])]
    step = st.builds(
        Step,
        action=st.sampled_from(actions),
        given=st.frozensets(st.sampled_from(paths), min_size=1, max_size=2),
        left_out=st.frozensets(st.sampled_from(optional), max_size=1) if optional else st.just(frozenset()),
        trouble=st.just("") | st.sampled_from(trouble),
        number=st.integers(1, 5),
    )
    return st.lists(step, min_size=1, max_size=6)


@dataclass
class History:
    """One world, and what has happened in it."""

    world: World
    is_stale: bool = False
    """Whether state may not know what the vendor has."""
    others: dict[str, Any] = field(default_factory=dict)
    """What others have set since a program has set the same: wire paths and values."""
    doubtful: set[str] = field(default_factory=set)
    """The wire paths of which nobody can tell any more whose values they have, or had."""
    unmanaged: set[str] = field(default_factory=set)
    """The wire paths that the last program left out, so that others' values are the original ones later."""
    told: list[str] = field(default_factory=list)

    @property
    def sample(self) -> Sample:
        """The type."""
        return self.world.sample

    def program(self, step: Step) -> Resource:
        """The program of a step."""
        changed = {f.path: f.changed for f in self.sample.fields if f.path in step.given}
        return self.world.changed(unnamed(self.world), {**changed, **dict.fromkeys(step.left_out)})

    def play(self, step: Step) -> None:
        """Do the step."""
        engine = self.world.engine
        if step.action == "others":
            self.change_by_others(step)
        elif step.action == "up":
            program = self.program(step)
            self.run(step, lambda: engine.up(program))
            self.unmanaged |= {f.wire for f in self.sample.fields if f.path in step.left_out}
        elif engine.saved is not None:
            program = self.program(step)
            command = engine.refresh if step.action == "refresh" else engine.destroy
            self.run(step, lambda: command(program))

    def run(self, step: Step, command: Callable[[], object]) -> None:
        """Run a command, in which something goes wrong."""
        before = self.world.object
        try:
            with self.trouble(step):
                command()
            if step.action == "refresh":
                self.is_stale = False
            event(f"{step.action}: done")
        except (CallError, NotModelledError) as error:
            assert "this is a bug" not in str(error), step  # noqa: PT017 - some commands fail
            self.told.append(str(error))
            event(f"{step.action}: failed")
            self.world.clock.advance(MINUTES)
        except Killed:
            self.is_stale = True
            event(f"{step.action}: killed")
            self.world.clock.advance(MINUTES)
        self.note_changes(before, step)

    @contextmanager
    def trouble(self, step: Step) -> Iterator[None]:
        """Let something go wrong."""
        vendor, engine = self.world.vendor, self.world.engine
        action = FAULTS.get(step.trouble)
        at = f"POST {self.sample.collection}" if step.trouble in FATES else "*"
        injected = None
        if action is not None or step.trouble in FATES:
            injected = vendor.inject(
                at, action or FATES[step.trouble], nth=1 if action is None else step.number
            )
        if step.trouble in ENDS:
            let_crash(self.world, ENDS[step.trouble], step.number)
        elif step.trouble == "cancelled":
            first = vendor.sent
            vendor.before = lambda n, _: engine.cancel() if n == first + step.number else None
        try:
            yield
        finally:
            let_run(self.world)
            if injected is not None:
                injected.remove(may_be_idle=True)

    def change_by_others(self, step: Step) -> None:
        """Somebody else changes the object, or makes an account setting."""
        if self.sample.setting is None and self.world.object is None:
            return
        fields = [f for f in self.sample.fields if f.path in step.given and f.drifted is not None]
        changes = {f.wire: self.world.resolved(f.drifted) for f in fields}
        if changes:
            self.world.change_outside(changes)
            self.others |= changes
            self.doubtful |= self.unmanaged & changes.keys()
            self.is_stale = True

    def note_changes(self, before: Any, step: Step) -> None:
        """See which values are the program's now, and which may be."""
        now = self.world.object
        changed = {f.wire for f in self.sample.fields if at(before, f.wire) != at(now, f.wire)}
        self.others = {path: value for path, value in self.others.items() if path not in changed}
        if step.trouble.startswith("killed") and step.action != "refresh":
            self.doubtful |= {f.wire for f in self.sample.fields}

    def refresh(self) -> None:
        """Look at what is there, if there is a resource."""
        if self.world.engine.saved is not None:
            self.repeat(lambda: self.world.engine.refresh(unnamed(self.world)))

    def repeat(self, command: Callable[[], object]) -> None:
        """Run a command until it succeeds, as a user does who reads that it is to be run again."""
        for _ in range(6):
            try:
                command()
            except CallError as error:
                self.told.append(str(error))
            except NotModelledError:
                self.world.engine.refresh(unnamed(self.world))  # what was never made leaves state
            else:
                return
            self.world.clock.advance(MINUTES)
        raise AssertionError(self.told)


@proves("lost.crash-at-any-step", "diff.settled-after-up", "delete.removes")
@each_object
def test_after_any_history_there_is_one_object_and_it_is_what_the_program_says(sample: Sample) -> None:
    @settings(max_examples=EXAMPLES)
    @given(steps(sample, destroys=True), steps(sample, destroys=False).map(lambda found: found[0]))
    def after(history: list[Step], last: Step) -> None:
        with new_world(sample) as world:
            played = History(world)
            for step in history:
                played.play(step)
            if world.engine.saved is not None and played.is_stale:
                world.clock.advance(2 * MINUTES)
                played.refresh()
            program = played.program(last)
            played.repeat(lambda: world.engine.up(program))
            assert list(world.objects) == [world.saved.id], played.told
            for field in sample.fields:
                if field.path in last.given - last.left_out:
                    world.shows({field.wire: field.on_wire(field.changed)})
            world.is_settled(program)
            played.repeat(lambda: world.engine.destroy(program))
            world.clock.advance(2 * MINUTES)
            assert world.objects == {}, played.told

    after()


@proves("setting.restore", "setting.take-over", "lost.crash-at-any-step")
@each_setting
def test_after_any_history_others_keep_their_values_and_the_original_ones_come_back(sample: Sample) -> None:
    assert sample.setting is not None
    others, unset = sample.setting.others, dict(sample.setting.unset)
    policies = ["reset", "retain", *(["restore"] * 3 if sample.setting.on_destroy == "restore" else [])]

    @settings(max_examples=EXAMPLES)
    @given(steps(sample, destroys=False), st.sampled_from(policies))
    def after(history: list[Step], policy: str) -> None:
        with new_world(sample) as world:
            world.change_outside(others)
            original = world.object
            played = History(world)
            played.repeat(lambda: world.engine.up(unnamed(world)))
            for step in history:
                played.play(step)
            played.refresh()
            if world.engine.saved is None:
                return
            last = world.object
            with mock.patch.dict(os.environ, {"SWITCHBOARD_ON_DESTROY": policy}):
                played.repeat(lambda: world.engine.destroy(unnamed(world)))
            assert world.engine.saved is None
            if policy == "retain":
                assert world.object == last
            elif policy == "reset":
                assert world.object is None or {path: at(world.object, path) for path in unset} == unset
            else:
                for path, value in played.others.items():
                    assert at(world.object, path) == value, (path, played.told)
                for path in {f.wire for f in sample.fields} - played.others.keys() - played.doubtful:
                    assert at(world.object, path) == at(original, path), (path, played.told)

    after()
