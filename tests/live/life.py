"""The life of one type in an account: created, changed, read and destroyed, and nothing of it left."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pulumi_switchboard import definitions
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.rest.collection import Collection

from tests.conformance.driver import Engine
from tests.conformance.resource import CallError, Resource
from tests.conformance.world import SETTINGS
from tests.live.account import Account
from tests.live.report import Report, Row, SkippedError, StoppedError, without_empty
from tests.samples import by_type
from tests.samples.sample import Bag, Sample, having

PREFIX = "switchboard-verify-"
REFERENCES = {
    "configuration_id": "twilio/voice:ClientConfiguration",
    "conversation_configuration_id": "twilio/orchestrator:Configuration",
    "memory_store_id": "twilio/memory:Store",
}
"""Arguments that need an object of another type."""
OWN = {"account_sid": "TWILIO_ACCOUNT_SID", "auth_token": "TWILIO_AUTH_TOKEN"}
"""Arguments that have to be the user's own, and the variables that have them."""
UNCHANGED = {
    *(*REFERENCES, *OWN, "features", "intelligence_configuration_ids", "conversations_v1_bridge"),
    "call_creation_allowed_agent_ids",
    "transcription_engine",  # the sample's other engine does not have the sample's other model
    "channel_settings.SMS.capture_rules",  # might capture messages of the account
    "pre_webhook_url",  # would hold up messages of the account
}
"""Arguments that an update leaves as they are: most name something that has to be there."""


@dataclass(frozen=True)
class Life:
    """One type in one account."""

    account: Account
    sample: Sample
    name: str
    """Begins the names of all objects that are made."""
    report: Report
    folder: Path
    """Where the original of an account setting is kept until it is restored."""

    def run(self) -> tuple[Any, Bag] | None:
        """Play the whole life; returns the object as the vendor showed it, and what it was given."""
        with suppress(StoppedError), ExitStack() as at_end:
            with self._step("prepare"):
                given = self.given(at_end)
                if self.sample.setting is not None:
                    at_end.enter_context(self._restored())
            fewest, other = self.programs(given)
            return self._live(at_end.enter_context(self._cleaned(other)), fewest, other), given
        return None

    def emulated(self, given: Bag) -> Any:
        """The object as the emulator shows it after the same create and update."""
        with Emulator() as emulator, ExitStack() as at_end:
            account = Account({**SETTINGS, "switchboard:endpoint": emulator.url})
            twin = replace(self, account=account, report=Report())
            fewest, other = twin.programs(twin.given(at_end, given))
            engine = account.new_engine()
            engine.up(fewest)
            engine.up(other)
            return account.shown(self.sample.type, _id(engine))

    def given(self, at_end: ExitStack, known: Bag | None = None) -> dict[str, Any]:
        """The arguments that need something real, and under `changed` what an update sets instead.

        Args:
            at_end: Removes the objects that are made for it.
            known: What a life in another account was given.
        """
        found: dict[str, Any] = {"changed": {}}
        for argument in self.sample.minimal:
            target = REFERENCES.get(argument)
            if argument in OWN:
                if not (value := os.environ.get(OWN[argument])):
                    raise SkippedError(f"{OWN[argument]} is not set in the environment")
                found[argument] = value
            elif target and self.sample.setting is not None:
                found[argument] = self._made(target, f"{self.name}-first", at_end)
                found["changed"][argument] = self._made(target, f"{self.name}-second", at_end)
            elif target:
                found[argument] = known[argument] if known else self._existing(target)
        return found

    def programs(self, given: Bag) -> tuple[Resource, Resource]:
        """The resource with the fewest arguments, and with other ones."""
        api = definitions.find(self.sample.type).api
        label = {api.label: self.name} if isinstance(api, Collection) and api.label else {}
        fewest = {**self.sample.minimal, **given, **label}
        del fewest["changed"]
        kept = {self.sample.name, *label, *UNCHANGED}
        fields = [field for field in self.sample.changeable if field.path not in kept]
        changes = {**{field.path: field.changed for field in fields}, **given["changed"]}
        arguments = having(fewest, changes)
        return _resource(self.sample, fewest, self.name), _resource(self.sample, arguments, self.name)

    def _live(self, engine: Engine, fewest: Resource, other: Resource) -> Any:
        with self._step("create"):
            _expect("create", engine.up(fewest), engine, fewest)
        with self._step("preview is empty"):
            _expect("same", engine.preview(fewest), engine, fewest)
        with self._step("update"):
            _expect("update", engine.up(other), engine, other)
        with self._step("refresh shows no drift"):
            before = dict(engine.saved.inputs) if engine.saved else {}
            shown = self.account.shown(self.sample.type, _id(engine))
            engine.refresh(other)
            after = engine.saved.inputs if engine.saved else {}
            if drifted := [name for name in {*before, *after} if before.get(name) != after.get(name)]:
                raise CallError(f"the vendor shows other values of {', '.join(sorted(drifted))}")
        with self._step("second update is empty"):
            _expect("same", engine.up(other), engine, other)
        with self._step("destroy"):
            engine.destroy(other)
        return shown

    def _step(self, name: str, *, must_run: bool = False) -> AbstractContextManager[None]:
        return self.report.step(self.sample.type, name, must_run=must_run)

    @contextmanager
    def _cleaned(self, resource: Resource) -> Iterator[Engine]:
        """An engine; what is left of it at the end is removed, also what has never reached state."""
        engine = self.account.new_engine()
        try:
            yield engine
        finally:
            for text in dict.fromkeys(engine.warnings):
                self.report.add(Row(resource.type, "warning", "noted", text))
            if engine.saved is not None:
                with self.report.step(resource.type, "clean up", must_run=True):
                    engine.destroy(resource)
            sweep(self.account, resource.type, resource.name, self.report)

    @contextmanager
    def _restored(self) -> Iterator[None]:
        """Write the account setting to a file, which is removed once the same is there again."""
        type = self.sample.type
        before = self.account.shown(type)
        if self.sample.write_only and before is not None:
            raise SkippedError("the account has this setting, and what it hides could not be restored")
        path = self.folder / f"{self.name}.json"
        self.folder.mkdir(exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
            json.dump({"type": type, "path": self.sample.path_of(""), "before": before}, file, indent=2)
        try:
            yield
        finally:
            with self._step("the same is there as before", must_run=True):
                if without_empty(self.account.shown(type)) != without_empty(before):
                    raise CallError(f"the account setting differs from before, which is in {path}")
                path.unlink()

    def _made(self, type: str, name: str, at_end: ExitStack) -> str:
        """Make an object that the account setting can name; returns its id."""
        sample = by_type()[type]
        resource = _resource(sample, sample.minimal, name)
        engine = at_end.enter_context(self._cleaned(resource))
        engine.up(resource)
        return _id(engine)

    def _existing(self, type: str) -> str:
        """The id of an object of the user's, which is only named and not changed."""
        names = self.account.names(type)
        if not (theirs := [id for id, name in names.items() if not name.startswith(PREFIX)]):
            raise SkippedError(f"the account has no {definitions.find(type).name} that this could name")
        return theirs[0]


def sweep(account: Account, type: str, prefix: str, report: Report) -> None:
    """Delete all objects of the type whose names begin like this, and report each."""
    if not isinstance(definitions.find(type).api, Collection):
        return
    with report.step(type, "look for leftovers", must_run=True):
        found = {id: name for id, name in account.names(type).items() if name.startswith(prefix)}
    for id, name in found.items():
        with suppress(StoppedError), report.step(type, account.safe(f"delete {name}"), must_run=True):
            account.delete(type, id)


def _resource(sample: Sample, arguments: Bag, name: str) -> Resource:
    return Resource(sample.type, arguments, name, secrets_by_type=sample.secret_members)


def _id(engine: Engine) -> str:
    assert engine.saved is not None
    return engine.saved.id


def _expect(wanted: str, done: str, engine: Engine, resource: Resource) -> None:
    if done != wanted:
        outputs = engine.saved.outputs if engine.saved is not None else {}
        names = [name for name, value in resource.arguments.items() if outputs.get(name) != value]
        raise CallError(
            f"it was {done} instead of {wanted}; state differs in {', '.join(names) or 'nothing'}"
        )
