"""The one provider class that serves every type: from the host's calls to the life of a resource."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
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
from pulumi_switchboard.core import paths
from pulumi_switchboard.core.checking import check
from pulumi_switchboard.core.contract import AnyDefinition, Call
from pulumi_switchboard.core.lifecycle import Life
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.dynamic import host
from pulumi_switchboard.dynamic.bags import from_host, to_host
from pulumi_switchboard.dynamic.process import PROCESS
from pulumi_switchboard.errors import ConflictError, CredentialsError, SwitchboardError
from pulumi_switchboard.moment import DEFAULT_SECONDS, Moment

PACKAGE = Path(__file__).parent.parent


class Bridge(ResourceProvider):
    """A type's provider, as the host knows it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def configure(self, req: ConfigureRequest) -> None:
        """Take the settings."""
        PROCESS.configure(req)

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Judge the arguments; all problems at once, none with a value in it."""
        with self._call("check") as (request, definition):
            checked = check(definition, from_host(_olds), from_host(news), PROCESS.claims)
            failures = [str(problem) for problem in checked.problems]
            try:
                life = self._life(request, definition)
                if not _olds:
                    life.intend(checked.inputs)
            except (ConflictError, CredentialsError) as error:
                failures.append(str(error))
            for remark in checked.advice:
                _warn(request, f"{remark.path} {remark.reason}")
            return CheckResult(to_host(checked.inputs), [CheckFailure("", text) for text in failures])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Whether the resource needs an update or a replacement; no request is made."""
        with self._call("diff") as (request, definition):
            known, new = from_host(_olds), from_host(_news)
            life = self._life(request, definition)
            found = life.diff(_id, known, _old_inputs(request), new, _ignored(request))
            return DiffResult(changes=found.changes, replaces=list(found.replaces))

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make the object, or adopt it."""
        with self._call("create") as (request, definition):
            inputs = from_host(props)
            live = self._life(request, definition).create(inputs)
            return CreateResult(live.id, to_host(live.outputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The object as it is now; one that is gone leaves state."""
        with self._call("read") as (request, definition):
            known = from_host(props)
            live = self._life(request, definition).read(id_, known, _old_inputs(request))
            if live is None:
                return ReadResult("", {})
            return ReadResult(
                live.id, to_host(live.outputs), None if live.inputs is None else to_host(live.inputs)
            )

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Bring the object to what the program says."""
        with self._call("update") as (request, definition):
            known, inputs = from_host(_olds), from_host(_news)
            live = self._life(request, definition).update(_id, known, inputs, _ignored(request))
            return UpdateResult(to_host(live.outputs))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Delete the object."""
        with self._call("delete") as (request, definition):
            known = from_host(_props)
            self._life(request, definition).delete(_id, known)

    def _life(self, request: host.Request, definition: AnyDefinition) -> Life:
        moment = _moment(request)
        call: Call[Any] = Call(
            client=PROCESS.sign_in(definition, moment, request.progress),
            moment=moment,
            urn=request.urn,
            progress=request.progress,
            warn=lambda text: _warn(request, text),
        )
        return Life(definition, call, PROCESS.claims)

    @contextmanager
    def _call(self, verb: str) -> Iterator[tuple[host.Request, AnyDefinition]]:
        """Run a verb; whatever goes wrong in it reaches the user as a message."""
        request = host.current()
        kind = self._key.replace("/", ".").replace(":", ".")
        what = f"could not {verb} {kind} {request.name!r}" if request.name else f"could not {verb} {kind}"
        try:
            with PROCESS.running():
                yield request, definitions.find(self._key)
        except SwitchboardError as error:
            request.fail(f"{what}: {error}")
        except Exception as error:  # noqa: BLE001 - a bug of ours, reported as such
            request.fail(f"{what}: this is a bug in pulumi-switchboard, please report it: {_place(error)}")


def _old_inputs(request: host.Request) -> Bag | None:
    inputs = request.old_inputs
    return None if inputs is None else from_host(inputs)


def _ignored(request: host.Request) -> tuple[paths.Path, ...]:
    return tuple(paths.parse(path) for path in request.ignore_changes)


def _moment(request: host.Request) -> Moment:
    return Moment(time.monotonic, time.sleep, time.monotonic() + (request.timeout or DEFAULT_SECONDS))


def _warn(request: host.Request, text: str) -> None:
    if PROCESS.first_time(request.urn, text):
        request.warn(text)


def _place(error: Exception) -> str:
    """What kind of error it was, and where: its own text may hold values, so it is left out."""
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(PACKAGE)
    ]
    places = [f"{Path(f.filename).relative_to(PACKAGE)}:{f.lineno} in {f.name}" for f in frames]
    return " < ".join([type(error).__name__, *reversed(places)])
