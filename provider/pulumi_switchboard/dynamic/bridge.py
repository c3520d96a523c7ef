"""The one provider class that serves every type: from the host's calls to the life of a resource."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_switchboard import definitions
from pulumi_switchboard.core.checking import check
from pulumi_switchboard.core.contract import AnyDefinition, Call, type_name
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.lifecycle import Life
from pulumi_switchboard.core.lives import life_of
from pulumi_switchboard.core.singletons.contract import ON_DESTROY_VARIABLE
from pulumi_switchboard.core.singletons.life import SingletonLife
from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.dynamic import host, saying
from pulumi_switchboard.dynamic.bags import from_host, to_host
from pulumi_switchboard.dynamic.keeping import Keeping
from pulumi_switchboard.dynamic.process import current
from pulumi_switchboard.dynamic.words import Words
from pulumi_switchboard.errors import LostAnswerError, SwitchboardError
from pulumi_switchboard.fields import paths
from pulumi_switchboard.fields.values import Bag

PACKAGE = Path(__file__).parent.parent
LOOK_SECONDS = 3.0
"""The time for a look at what a new resource will overwrite."""
PLACES = 8
"""How many of the innermost places the report of a bug names."""


class Bridge(ResourceProvider):
    """A type's provider, as the host knows it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def configure(self, req: ConfigureRequest) -> None:
        """Take the settings."""
        current().configure(req)

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Judge the arguments; all problems at once, none with a value in it."""
        with self._call("check", _olds, news) as running:
            checked = check(running.definition, from_host(_olds), from_host(news))
            failures = [str(problem) for problem in checked.problems]
            try:
                life = running.life(at_a_glance=True)
                life.intend(checked.inputs, is_new=not _olds)
                if not (_olds or failures):
                    life.foresee(checked.inputs)
            except SwitchboardError as error:
                failures.append(str(error))
            for remark in checked.warnings:
                running.warn(f"{remark.path} {remark.reason}")
            return CheckResult(to_host(checked.inputs), running.failures(failures))

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Whether the resource needs an update or a replacement; no request is made."""
        with self._call("diff", _olds, _news) as running:
            known, new = from_host(_olds), from_host(_news)
            found = running.life().diff(_id, known, running.old_inputs, new, running.ignored)
            return DiffResult(changes=found.changes, replaces=list(found.replaces))

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make the object, or adopt it."""
        with self._call("create", props) as running:
            inputs = from_host(props)
            live = running.finished(running.life().create(inputs), inputs)
            return CreateResult(live.id, running.state.outputs(live.outputs, inputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The object as it is now; one that is gone leaves state."""
        with self._call("read", props) as running:
            known, inputs = from_host(props), running.old_inputs
            live = running.life().read(id_, known, inputs)
            if live is None:
                return ReadResult("", {})
            running.finished(live, inputs or known)
            return ReadResult(
                live.id,
                running.state.outputs(live.outputs, inputs or known),
                running.state.inputs(live.inputs, inputs),
            )

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Bring the object to what the program says."""
        with self._call("update", _olds, _news) as running:
            known, inputs = from_host(_olds), from_host(_news)
            live = running.finished(running.life().update(_id, known, inputs, running.ignored), inputs)
            return UpdateResult(running.state.outputs(live.outputs, inputs))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Delete the object."""
        with self._call("delete", _props) as running:
            running.life().delete(_id, from_host(_props))

    @contextmanager
    def _call(self, verb: str, *bags: Mapping[str, Any]) -> Iterator[_Running]:
        """Run a verb on these bags; whatever goes wrong in it reaches the user as a message."""
        request = host.current()
        words = Words()
        kind = type_name(self._key)
        what = f"could not {verb} {kind} {request.name!r}" if request.name else f"could not {verb} {kind}"
        try:
            definition = definitions.find(self._key)
            words = Words(definition, (*bags, request.old_inputs or {}), current().credentials)
            with current().running(words) as cancel_token:
                request.when_over(cancel_token.set)
                yield _Running(request, definition, cancel_token, what, words)
        except SwitchboardError as error:
            request.fail(words.harmless(f"{what}: {error}"))
        except host.ProviderError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug of ours, reported as such
            bug = "this is a bug in pulumi-switchboard, please report it"
            request.fail(words.harmless(f"{what}: {bug}: {_place(error)}"))


@dataclass(frozen=True)
class _Running:
    """A call that the engine has made."""

    request: host.Request
    definition: AnyDefinition
    cancel_token: CancelToken
    what: str
    """What an error says could not be done."""
    words: Words

    @property
    def old_inputs(self) -> Bag | None:
        """The inputs of the last update; None where the engine does not send them."""
        inputs = self.request.old_inputs
        return None if inputs is None else from_host(inputs)

    @property
    def ignored(self) -> tuple[paths.Path, ...]:
        """The paths that the program does not care about."""
        return tuple(paths.parse(path) for path in self.request.ignore_changes)

    @property
    def state(self) -> Keeping:
        """What makes bags for state."""
        return Keeping(self.definition, self.words)

    def life(self, *, at_a_glance: bool = False) -> Life | SingletonLife:
        """The life of the resource; at a glance, what it asks the vendor is asked once, and not for long."""
        at_hand = current().deadline(LOOK_SECONDS if at_a_glance else self.request.timeout, self.cancel_token)
        call: Call[Any] = Call(
            client=current().sign_in(
                self.definition, at_hand, self.cancel_token, self.progress, is_patient=not at_a_glance
            ),
            deadline=at_hand,
            urn=self.request.urn,
            progress=self.progress,
            warn=self.warn,
            is_news=partial(current().first_time, self.request.urn),
            secrets=self.words.by_program,
            on_destroy=os.environ.get(ON_DESTROY_VARIABLE, ""),
        )
        return life_of(self.definition, call, current().claims, current().listings)

    def finished(self, live: Live, inputs: Bag) -> Live:
        """The object, if nothing about it is open; else the call fails, and the object is kept in state.

        An id is never a secret in state, so one that repeats a credential is refused.
        """
        if self.words.has_credential(live.id):
            raise LostAnswerError(
                "the answer gives a credential as the id of the object, which so can't go to state",
                remedy="look for the object at the vendor",
            )
        if live.unfinished is not None:
            text = self.words.harmless(f"{self.what}: {live.unfinished}")
            outputs = self.state.outputs(live.outputs, inputs)
            self.request.fail_with(live.id, outputs, self.state.inputs(live.inputs, self.old_inputs), text)
        return live

    def failures(self, texts: Iterable[str]) -> list[CheckFailure]:
        """What is wrong with the arguments."""
        return [saying.failure(self.words.harmless(text)) for text in texts]

    def progress(self, text: str) -> None:
        """Show what is going on, in the status column."""
        current().log.progress(self.request.urn, self.words.harmless(text))

    def warn(self, text: str) -> None:
        """Leave a warning with the resource, the first time that it is due."""
        if current().first_time(self.request.urn, text):
            current().log.warn(self.request.urn, self.words.harmless(text))


def _place(error: Exception) -> str:
    """What kind of error it was, and where: its own text may hold values, so it is left out."""
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(PACKAGE)
    ]
    places = [f"{Path(f.filename).relative_to(PACKAGE)}:{f.lineno} in {f.name}" for f in frames[-PLACES:]]
    return " < ".join([type(error).__name__, *reversed(places)])
