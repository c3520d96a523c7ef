"""The life of one type in an account: created, changed, read and destroyed, and nothing of it left."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_switchboard import definitions
from pulumi_switchboard.runtime.call import CallFailedError

from tests.conformance.resource import CallError, Resource
from tests.live.account import Account, naming
from tests.samples import every
from tests.samples.sample import Bag, Sample, having

PREFIX = "switchboard-verify-"
REFERENCES = {
    "configuration_id": "twilio/voice:ClientConfiguration",
    "conversation_configuration_id": "twilio/orchestrator:Configuration",
    "memory_store_id": "twilio/memory:Store",
}
"""Arguments that need an object of another type."""
CREDENTIALS = {"account_sid": "TWILIO_ACCOUNT_SID", "auth_token": "TWILIO_AUTH_TOKEN"}
"""Arguments that have to be the user's own, and the variables that have them."""
UNCHANGED = {
    *REFERENCES,
    *CREDENTIALS,
    *("features", "intelligence_configuration_ids", "conversations_v1_bridge"),  # name what is not there
    "call_creation_allowed_agent_ids",
    "transcription_engine",  # the sample's other one does not have its model
    "channel_settings.SMS.capture_rules",  # might capture messages of the account
    "pre_webhook_url",  # would hold up messages of the account
}
"""Arguments that an update leaves as they are."""


class StoppedError(Exception):
    """The life of the type does not go on; the report says why."""


class SkippedError(Exception):
    """The account does not have what the type needs."""


@dataclass(frozen=True)
class Row:
    """A row of the report."""

    type: str
    step: str
    result: str
    detail: str = ""


@dataclass
class Report:
    """What has happened so far."""

    tell: Callable[[Row], None]
    is_interrupted: Callable[[], bool] = lambda: False
    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Keep a row, and show it at once."""
        self.rows.append(row)
        self.tell(row)

    @contextmanager
    def step(self, type: str, name: str, *, must_run: bool = False) -> Iterator[None]:
        """Take a step, after which nothing goes on if it fails; a clean-up runs after an interruption, too."""
        try:
            if self.is_interrupted() and not must_run:
                raise SkippedError("interrupted")
            yield
        except SkippedError as error:
            self.add(Row(type, name, "skipped", str(error)))
            raise StoppedError from None
        except (CallError, CallFailedError) as error:
            self.add(Row(type, name, "failed", str(error)))
            raise StoppedError from None
        self.add(Row(type, name, "passed"))


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
                    self._keep_original(at_end)
            return self._live(at_end, given), given
        return None

    def given(self, at_end: ExitStack, known: Bag | None = None) -> dict[str, Any]:
        """The arguments that need something real, and under `changed` what an update sets.

        Args:
            at_end: Gets what removes the objects that are made for it.
            known: What another life was given, if its objects need not exist in this account.
        """
        found: dict[str, Any] = {"changed": {}}
        for argument in self.sample.minimal:
            target = REFERENCES.get(argument)
            if argument in CREDENTIALS and self.sample.type.startswith("ultravox"):
                found[argument] = _own(CREDENTIALS[argument])
            elif target and self.sample.setting is not None:
                found[argument], found["changed"][argument] = (
                    self._helper(target, f"{self.name}-{place}", at_end) for place in ("first", "second")
                )
            elif target:
                found[argument] = known[argument] if known else self._existing(target)
        return found

    def programs(self, given: Bag) -> tuple[Resource, Resource]:
        """The resource with the fewest arguments, and with other ones."""
        argument, is_generated = naming(self.sample.type)
        named = {argument: self.name} if argument and not is_generated else {}
        arguments = {n: v for n, v in given.items() if n != "changed"}
        fewest = {**self.sample.minimal, **arguments, **named}
        fixed = {argument, *UNCHANGED}
        fields = (one for one in self.sample.fields if not one.replaces and one.path not in fixed)
        changes = {**{one.path: one.changed for one in fields}, **given["changed"]}
        return self._resource(fewest), self._resource(having(fewest, changes))

    def _live(self, at_end: ExitStack, given: Bag) -> Any:
        engine, (fewest, other) = self.account.new_engine(), self.programs(given)

        def clean_up() -> None:
            if engine.saved is not None:
                with self._step("clean up", must_run=True):
                    engine.destroy(other)

        if self.sample.setting is None:
            at_end.callback(self._sweep)
        at_end.callback(clean_up)
        with self._step("create"):
            _expect(engine.up(fewest), "create")
        with self._step("preview is empty"):
            _expect(engine.preview(fewest), "same", _differing(engine.saved, fewest))
        with self._step("update"):
            _expect(engine.up(other), "update")
        saved = engine.saved
        assert saved is not None
        with self._step("refresh shows no drift"):
            shown = self.account.shown(self.sample.type, saved.id)
            engine.refresh(other)
            if engine.saved is None:
                raise CallError("the vendor says that the object does not exist")
            if engine.saved.inputs != saved.inputs:
                names = {*saved.inputs, *engine.saved.inputs}
                changed = [n for n in names if saved.inputs.get(n) != engine.saved.inputs.get(n)]
                raise CallError(f"the vendor shows other values of {', '.join(sorted(changed))}")
        with self._step("second update is empty"):
            _expect(engine.up(other), "same", _differing(engine.saved, other))
        with self._step("destroy"):
            engine.destroy(other)
            if self.sample.setting is None and self.account.shown(self.sample.type, saved.id) is not None:
                raise CallError(f"{saved.id} is still there")
        for text in dict.fromkeys(engine.warnings):
            self.report.add(Row(self.sample.type, "warning", "noted", text))
        return shown

    def _step(self, name: str, *, must_run: bool = False) -> Any:
        return self.report.step(self.sample.type, name, must_run=must_run)

    def _resource(self, arguments: Bag, type: str = "", name: str = "") -> Resource:
        type = type or self.sample.type
        (secret,) = (sample.secret_members for sample in every() if sample.type == type)
        return Resource(type, arguments, name=name or self.name, secrets_by_type=secret)

    def _helper(self, type: str, name: str, at_end: ExitStack) -> str:
        """Make an object that the account setting can name; returns its id."""
        engine = self.account.new_engine()
        (minimal,) = (sample.minimal for sample in every() if sample.type == type)
        resource = self._resource(minimal, type, name)

        def remove() -> None:
            if engine.saved is None:
                sweep(self.account, type, name, self.report)
                return
            with self.report.step(type, "clean up", must_run=True):
                engine.destroy(resource)

        at_end.callback(remove)
        engine.up(resource)
        assert engine.saved is not None
        return engine.saved.id

    def _existing(self, type: str) -> str:
        """The id of an object of the user's, which is only named and not changed."""
        names = self.account.names(type)
        for id, name in names.items():
            if not name.startswith(PREFIX):
                return id
        raise SkippedError(f"the account has no {definitions.find(type).name} that this could name")

    def _sweep(self) -> None:
        """Delete what has reached the vendor and not state, as when the answer to a create is lost."""
        if Row(self.sample.type, "destroy", "passed") not in self.report.rows:
            sweep(self.account, self.sample.type, self.name, self.report)

    def _keep_original(self, at_end: ExitStack) -> None:
        """Write the account setting to a file as it is, which is removed once the same is there again."""
        type = self.sample.type
        before = self.account.shown(type, "")
        if self.sample.write_only and before is not None:
            raise SkippedError("the account has this setting, and what it hides could not be restored")
        path = self.folder / f"{self.name}.json"
        self.folder.mkdir(exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
            json.dump({"type": type, "path": self.sample.path_of(""), "before": before}, file, indent=2)

        def compare() -> None:
            with self._step("the same is there as before", must_run=True):
                if without_empty(self.account.shown(type, "")) != without_empty(before):
                    raise CallError(f"the account setting differs from before: see {path}")
                path.unlink()

        at_end.callback(compare)


def sweep(account: Account, type: str, prefix: str, report: Report) -> None:
    """Delete all objects of the type whose names begin like this, and report each."""
    with report.step(type, f"look for leftovers {prefix}*", must_run=True):
        found = {id: name for id, name in account.names(type).items() if name.startswith(prefix)}
    for id, name in found.items():
        with suppress(StoppedError), report.step(type, account.safe(f"delete {name}"), must_run=True):
            account.delete(type, id)


def without_empty(value: Any) -> Any:
    """The value without members that hold nothing."""
    if isinstance(value, Mapping):
        return {n: without_empty(item) for n, item in value.items() if item not in (None, "", [], {})}
    return value or None


def _own(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        raise SkippedError(f"{variable} is not set in the environment")
    return value


def _expect(done: str, wanted: str, names: str = "") -> None:
    if done != wanted:
        raise CallError(f"there is something to do: {done} {names}" if wanted == "same" else f"it was: {done}")


def _differing(saved: Any, resource: Resource) -> str:
    """The arguments that state has with another value, without the values."""
    outputs = {} if saved is None else saved.outputs
    return ", ".join(name for name, value in resource.arguments.items() if outputs.get(name) != value)
