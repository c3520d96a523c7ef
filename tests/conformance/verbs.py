"""The verbs of a type, as tests disturb them: what is there before, what runs, and how it has to end."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from pulumi_switchboard.emulator.journal import JournalEntry
from requests import PreparedRequest

from tests.conformance.resource import CallError, CheckError, Resource
from tests.conformance.vendor import Killed
from tests.conformance.world import SECRETS, World, new_world
from tests.samples.sample import Sample, at

LATER = 60.0
"""Seconds from one command to the next: more than any late answer takes."""


def changes(sample: Sample) -> dict[str, Any]:
    """Another value for each argument that an update can change."""
    return {field.path: field.changed for field in sample.changeable}


def changes_but_name(sample: Sample) -> dict[str, Any]:
    """The changes without that of the name."""
    return {path: value for path, value in changes(sample).items() if path != sample.name}


def edited(world: World) -> Resource:
    """The maximal resource with another value of the first field that can be changed."""
    field = world.sample.changeable[0]
    return world.changed(world.maximal, {field.path: field.changed})


def replacing(resource: Resource, paths: Iterable[str], *, deletes_first: bool = False) -> Resource:
    """The resource, which each change at these paths of its arguments replaces."""
    names = [path.partition(".")[0] for path in paths]
    return replace(resource, replace_on_changes=names, delete_before_replace=deletes_first)


def assert_changed(world: World, paths: Collection[str] | None = None) -> None:
    """The vendor shows those values, or those at these paths of the arguments."""
    wanted = changes(world.sample) if paths is None else paths
    fields = (field for field in world.sample.fields if field.path in wanted)
    world.shows({field.wire: field.on_wire(world.resolved(field.changed)) for field in fields})


def drifts(sample: Sample) -> dict[str, Any]:
    """Other values that somebody else can set, as the vendor spells them."""
    return {field.wire: field.drifted for field in sample.drifting}


def unnamed(world: World) -> Resource:
    """A resource with all arguments but the name, which is generated."""
    return world.changed(world.maximal, {world.sample.name: None}) if world.sample.name else world.maximal


def _created(world: World) -> Resource:
    world.engine.up(unnamed(world))
    return unnamed(world)


def _to_change(world: World) -> Resource:
    return world.changed(_created(world), changes(world.sample))


def _to_replace(world: World) -> Resource:
    edit = changes_but_name(world.sample)
    return replacing(world.changed(_created(world), edit), edit, deletes_first=True)


def _somebody_elses(world: World) -> Resource:
    """An object to adopt, or an account setting to take over; it was changed once before."""
    if world.sample.setting is not None:
        world.change_outside(world.sample.setting.others)
        return world.maximal
    adopted = world.add_outside()
    world.change_outside(drifts(world.sample))
    return replace(unnamed(world), import_=adopted)


def _is_maximal(world: World) -> None:
    names = [field.wire for field in world.sample.fields if field.path == world.sample.name]
    world.shows({path: value for path, value in world.sample.shown.items() if path not in names})


def _is_replaced(world: World) -> None:
    assert_changed(world, changes_but_name(world.sample))


def _is_gone(world: World) -> None:
    setting = world.sample.setting
    if setting is None:
        assert world.objects == {}
    elif world.object is not None:
        shown = {path: at(world.object, path) for path in setting.unset}
        assert shown == setting.unset


@dataclass(frozen=True, eq=False)
class Verb:
    """A verb of a type."""

    name: str
    before: Callable[[World], Resource]
    """Make what has to be there; returns the program with which the verb runs."""
    command: str
    """The engine's."""
    is_done: Callable[[World], None]
    """See that the vendor has what it has to have in the end."""

    def run(self, world: World, program: Resource) -> None:
        """Run the command."""
        getattr(world.engine, self.command)(program)

    @contextmanager
    def world(self, sample: Sample, **options: Any) -> Iterator[tuple[World, Resource]]:
        """A world in which the verb can run, with its program."""
        with new_world(sample, **options) as world:
            yield world, self.before(world)

    def requests(self, sample: Sample, **options: Any) -> list[str]:
        """The requests of an undisturbed run, as places of faults."""
        return places(self.entries(sample, **options))

    def can_be_repeated(self, sample: Sample, request: str) -> bool:
        """Whether a request can be sent again without any other effect."""
        has_key = any(entry.idempotency_key for entry in self.entries(sample) if entry.method == "POST")
        return has_key or request.startswith(("GET ", "PUT ", "PATCH ", "DELETE "))

    def write(self, sample: Sample) -> str:
        """The place of the request that changes something."""
        return next(request for request in self.requests(sample) if not request.startswith("GET "))

    def look(self, sample: Sample) -> str:
        """The place of the request that asks how the operation of this write goes on."""
        requests = self.requests(sample)
        return requests[requests.index(self.write(sample)) + 1]

    def entries(self, sample: Sample, **options: Any) -> list[JournalEntry]:
        """The requests of an undisturbed run."""
        return self.undisturbed(sample, **options)[0]

    @cache  # noqa: B019 - there are six verbs
    def undisturbed(self, sample: Sample, **options: Any) -> tuple[list[JournalEntry], int]:
        """The requests of an undisturbed run, and the number of calls to the provider."""
        with self.world(sample, **options) as (world, program):
            since, called = world.now, len(world.engine.steps)
            self.run(world, program)
            self.is_done(world)
            return world.vendor.journal(since), len(world.engine.steps) - called

    def finish(self, world: World, program: Resource) -> None:
        """Repeat the command as a user does who has read its error; see that all is well in the end."""
        if self is DELETE:
            world.clock.advance(LATER)
            if world.engine.saved is not None:
                repeated(world, world.engine.destroy, program)
            self.is_done(world)
            return
        repeated(world, up, world, program)
        self.is_done(world)
        assert world.sample.setting is not None or list(world.objects) == [world.saved.id]
        assert world.engine.preview(program) == "same"


CREATE = Verb("create", unnamed, "up", _is_maximal)
UPDATE = Verb("update", _to_change, "up", assert_changed)
READ = Verb("read", _created, "refresh", _is_maximal)
DELETE = Verb("delete", _created, "destroy", _is_gone)
ADOPT = Verb("adopt", _somebody_elses, "up", _is_maximal)
REPLACE = Verb("replace", _to_replace, "up", _is_replaced)
"""Each change of an argument replaces the object, which is deleted first."""
VERBS = (CREATE, UPDATE, READ, DELETE, ADOPT)


def each_verb(*verbs: Verb) -> pytest.MarkDecorator:
    """Run a test with these verbs."""
    return pytest.mark.parametrize("verb", verbs, ids=lambda verb: verb.name)


def places(entries: Sequence[JournalEntry]) -> list[str]:
    """The requests as faults name them, with a placeholder for each generated id."""
    return [f"{entry.method} {entry.host}{_without_ids(entry.path)}" for entry in entries]


def _without_ids(path: str) -> str:
    bare = path.partition("?")[0]
    return "/".join("{id}" if re.fullmatch(r"\w{20,}", part) else part for part in bare.split("/"))


def up(world: World, program: Resource) -> None:
    """Deploy."""
    world.engine.up(program)


def repeated(
    world: World, command: Callable[..., None], *arguments: object, after: float = LATER, times: int = 2
) -> None:
    """Run a command that has failed again, so often at most, each time after some seconds."""
    errors = []
    for _ in range(times):
        world.clock.advance(after)
        if (error := error_of(command, *arguments)) == "":
            return
        errors.append(error)
    raise AssertionError(f"the command fails again and again: {errors}")


def error_of(command: Callable[..., object], *arguments: object) -> str:
    """The error with which a command ends, which is clear; empty if it succeeds."""
    try:
        command(*arguments)
    except CallError as error:
        text = str(error)
        assert_clear(text, is_of_check=isinstance(error, CheckError))
        return text
    return ""


def is_refused(world: World, program: Resource, *texts: str, requests: Sequence[str] = ("GET",)) -> None:
    """A preview and an update of a new resource send these requests, and fail with these texts."""
    for command in (world.engine.preview, world.engine.up):
        since = world.now
        error = error_of(command, program)
        assert error
        assert [text for text in texts if text not in error] == [], error
        assert world.methods(since) == [*requests]
        assert world.engine.saved is None


def was_killed(command: Callable[..., object], *arguments: object) -> bool:
    """Whether a command was cut off by the end of its process; if it fails, its error is clear."""
    try:
        error_of(command, *arguments)
    except Killed:
        return True
    return False


def kill_after_write(world: World, program: Resource) -> None:
    """Deploy; the process ends once the vendor has got the write, before its answer is handed on."""

    def end(_: int, request: PreparedRequest) -> None:
        if request.method != "GET":
            raise Killed

    world.vendor.after = end
    assert was_killed(world.engine.up, program)
    world.vendor.after = lambda *_: None


@contextmanager
def killed_before_save(world: World) -> Iterator[None]:
    """The process ends after the create, before its outcome is saved."""

    def end(verb: str) -> None:
        if verb == "Create":
            raise Killed

    world.engine.between = end
    with pytest.raises(Killed):
        yield
    world.engine.between = lambda _: None
    assert world.engine.saved is None


def assert_clear(error: str, *, is_of_check: bool = False) -> None:
    """The error is one that a user can understand: a summary first, no traceback, no secret, no bug."""
    first = error.partition("\n")[0]
    assert is_of_check or re.match(r"could not \w+ [\w.]+ '\w+': \S", first), error
    assert len(first) <= 300, error
    for odd in ("Traceback", "this is a bug", 'File "', "Exception", *SECRETS):
        assert odd not in error, error


@contextmanager
def case(name: str) -> Iterator[None]:
    """One of many cases of a test; its name stands in the error."""
    try:
        yield
    except Exception as error:
        raise AssertionError(f"{name}: {error}") from error
