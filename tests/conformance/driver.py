"""The engine with one resource: its calls to the provider, and what it keeps of the answers.

The driver sends protobuf requests to the SDK's own servicer in this process. It does not know several
resources, aliases, targets, parents or plans: what it does not model is a `NotModelledError`.
Traces of the real CLI check it (`test_traces.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from google.protobuf import empty_pb2  # type: ignore[import-untyped]
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2
from pulumi_switchboard.dynamic.process import Process, begin
from pulumi_switchboard.identity import key_of
from pulumi_switchboard.program.state import SavedObject, StackState

from tests.conformance.clock import VirtualClock
from tests.conformance.resource import (
    PROVIDER,
    STACK_ID,
    UNKNOWN,
    Bag,
    CallError,
    CheckError,
    NotModelledError,
    Resource,
    Saved,
    Step,
    pickled,
    plain,
    struct,
    without_ignored,
)
from tests.conformance.servicer import AbortedError, Context, EngineLog, Message, new_servicer

START_SECONDS = 3.0
"""From one command to the next; the provider tells runs apart by their times."""


@dataclass
class Engine:
    """The engine with one resource."""

    clock: VirtualClock
    settings: Mapping[str, str]
    """The configuration of the provider."""
    saved: Saved | None = None
    log: list[Message] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    stack_id: str = STACK_ID
    between: Callable[[str], None] = lambda _: None
    """Called after each call and before its outcome is saved, with the verb."""

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start a new provider process, which takes its time."""
        self.clock.advance(START_SECONDS)
        self._servicer = new_servicer()
        begin(Process(self.clock, lambda: EngineLog(self.log)))
        self._servicer.Configure(provider_pb2.ConfigureRequest(args=struct(self.settings)), Context())

    def cancel(self) -> None:
        """Cancel the update, as the engine does at Ctrl-C."""
        self._servicer.Cancel(empty_pb2.Empty(), Context())

    @property
    def warnings(self) -> list[str]:
        """The warnings so far."""
        return [message.text for message in self.log if message.is_warning]

    def preview(self, resource: Resource) -> str:
        """What an update would do: `create`, `update`, `same` or `replace`."""
        self.start()
        if self.saved is None:
            self._check(resource, None, is_preview=True)
            return "create"
        done = self._diff(resource, self._check(resource, self.saved.inputs))
        if done.startswith("replace"):
            self._check(resource, None)
        return done.partition(" ")[0]

    def up(self, resource: Resource) -> str:
        """Deploy the resource; returns what was done."""
        self.start()
        if self.saved is None:
            return self._create(resource, self._check(resource, None))
        inputs = self._check(resource, self.saved.inputs)
        done = self._diff(resource, inputs)
        if done.startswith("replace"):
            self._replace(resource, deletes_first=done == "replace after a delete")
            return "replace"
        if done == "update":
            self._update(resource, inputs)
        else:
            self.saved = replace(self.saved, inputs=inputs, secret_inputs=resource.secret_inputs)
        return done

    def refresh(self, resource: Resource) -> None:
        """Take the object as it is into state; one that is gone leaves it."""
        self.start()
        saved = self._existing()
        if saved.is_deleted:
            return
        request = provider_pb2.ReadRequest(
            id=saved.id, **resource.named, properties=struct(saved.outputs), inputs=struct(saved.inputs)
        )
        answer, kept = self._call("Read", request)
        if kept is None and not answer.id:
            self.saved = None
            return
        done = kept or answer
        shown = replace(
            saved,
            id=saved.id if kept else done.id,
            inputs=plain(done.inputs) if done.HasField("inputs") else saved.inputs,
            errors=tuple(kept.reasons) if kept else (),
        )
        self.saved = self._with_outputs(shown, done.properties, resource)
        self._diff_call(resource, saved.inputs)

    def look_up(self, resource: Resource, id: str) -> Bag:
        """The outputs of an object that is looked up by its id and not managed, as `.get()` does."""
        self.start()
        inputs = struct({PROVIDER: pickled(resource.type)})
        request = provider_pb2.ReadRequest(id=id, inputs=inputs, **resource.named)
        answer, _ = self._call("Read", request)
        return plain(answer.properties)

    def destroy(self, resource: Resource) -> None:
        """Delete the object."""
        self.start()
        saved = self._existing()
        if not saved.is_deleted:
            self._delete(resource, saved)
        self.saved = None

    def _existing(self) -> Saved:
        if self.saved is None:
            raise NotModelledError("a stack without the resource")
        return self.saved

    def _check(self, resource: Resource, old: Bag | None, *, is_preview: bool = False) -> Bag:
        news = self._inputs(resource, is_preview=is_preview)
        if old is not None:
            news = without_ignored(news, old, resource.ignore_changes)
        request = provider_pb2.CheckRequest(
            **resource.named, olds=struct(old) if old is not None else None, news=struct(news)
        )
        answer, _ = self._call("Check", request)
        if answer.failures:
            assert all(failure.property == "" for failure in answer.failures)
            raise CheckError("\n".join(failure.reason for failure in answer.failures))
        return plain(answer.inputs)

    def _inputs(self, resource: Resource, *, is_preview: bool) -> Bag:
        """The inputs as the program sends them."""
        adopted = resource.import_ if self.saved is None or resource.import_ != self.saved.id else None
        hidden = {
            "_stack": UNKNOWN if is_preview else self.stack_id,
            "_resource": resource.place,
            "_used": {} if is_preview else self._used(resource),
            "_import": adopted,
            "_secret": list(resource.secrets),
        }
        given = {name: value for name, value in hidden.items() if value}
        return {PROVIDER: pickled(resource.type), **given, **resource.arguments}

    def _used(self, resource: Resource) -> dict[str, str]:
        """The objects in state that were created with the identity of this resource."""
        identity = self.saved.outputs.get("_identity") if self.saved is not None else None
        if not identity:
            return {}
        said = {name: str(identity.get(name) or "") for name in ("id", "first_key", "key", "name")}
        saved = SavedObject(
            resource.urn, resource.type, said["id"], said["first_key"], said["key"], said["name"]
        )
        state = StackState(frozenset({resource.urn}), (saved,))
        return state.used(key_of(self.stack_id, resource.place), resource.type, resource.name)

    def _diff(self, resource: Resource, inputs: Bag) -> str:
        saved = self._existing()
        answer = self._diff_call(resource, inputs)
        is_shown_by_inputs = answer.changes == provider_pb2.DiffResponse.DIFF_UNKNOWN
        is_forced = is_shown_by_inputs and any(
            saved.inputs.get(name) != inputs.get(name) for name in resource.replace_on_changes
        )
        if answer.replaces or is_forced or saved.is_deleted:
            deletes_first = answer.deleteBeforeReplace or resource.delete_before_replace
            return "replace after a delete" if deletes_first else "replace"
        if saved.errors or answer.changes == provider_pb2.DiffResponse.DIFF_SOME:
            return "update"
        if answer.changes == provider_pb2.DiffResponse.DIFF_NONE:
            return "same"
        return "same" if inputs == saved.inputs else "update"

    def _diff_call(self, resource: Resource, new: Bag) -> Any:
        saved = self._existing()
        request = provider_pb2.DiffRequest(
            id=saved.id,
            **resource.named,
            olds=struct(saved.outputs),
            old_inputs=struct(saved.inputs),
            news=struct(new),
            ignoreChanges=resource.ignore_changes,
        )
        answer, _ = self._call("Diff", request)
        return answer

    def _create(self, resource: Resource, inputs: Bag) -> str:
        request = provider_pb2.CreateRequest(
            **resource.named, properties=struct(inputs), timeout=resource.timeout
        )
        answer, kept = self._call("Create", request)
        done = kept or answer
        saved = Saved(done.id, inputs, {}, errors=tuple(kept.reasons) if kept else ())
        self._save(resource, saved, done)
        return "create"

    def _replace(self, resource: Resource, *, deletes_first: bool) -> None:
        """Create another object, and delete the old one, which stays in state until the new one is there."""
        old = self._existing()
        inputs = self._check(resource, None)
        if old.is_deleted and not deletes_first:
            raise NotModelledError("a replacement that has deleted the object first, and now does not")
        if deletes_first and not old.is_deleted:
            self._delete(resource, old)
            self.saved = replace(old, is_deleted=True)
        try:
            self._create(resource, inputs)
        except CallError:
            if not deletes_first and self.saved != old:
                raise NotModelledError("two objects of one resource") from None
            raise
        if not deletes_first:
            self._delete(resource, old)

    def _update(self, resource: Resource, inputs: Bag) -> None:
        saved = self._existing()
        request = provider_pb2.UpdateRequest(
            id=saved.id,
            **resource.named,
            olds=struct(saved.outputs),
            old_inputs=struct(saved.inputs),
            news=struct(inputs),
            timeout=resource.timeout,
            ignoreChanges=resource.ignore_changes,
        )
        answer, kept = self._call("Update", request)
        saved = (
            replace(saved, errors=tuple(kept.reasons)) if kept else replace(saved, inputs=inputs, errors=())
        )
        self._save(resource, saved, kept or answer)

    def _delete(self, resource: Resource, saved: Saved) -> None:
        request = provider_pb2.DeleteRequest(
            id=saved.id,
            **resource.named,
            properties=struct(saved.outputs),
            old_inputs=struct(saved.inputs),
            timeout=resource.timeout,
        )
        self._call("Delete", request)

    def _save(self, resource: Resource, saved: Saved, done: Any) -> None:
        """Keep the outcome of a create or update, and fail if it is not finished."""
        if saved.errors and done.HasField("inputs"):
            saved = replace(saved, inputs=plain(done.inputs))
        saved = replace(saved, secret_inputs=resource.secret_inputs)
        self.saved = self._with_outputs(saved, done.properties, resource)
        if saved.errors:
            raise CallError("\n".join(saved.errors))

    def _with_outputs(self, saved: Saved, properties: Any, resource: Resource) -> Saved:
        wrapped = rpc.deserialize_properties(properties, keep_unknowns=True)
        secret = {name for name, value in wrapped.items() if rpc.is_rpc_secret(value)}
        secret |= {*saved.secret_inputs, *resource.secrets_by_type} & set(wrapped)
        return replace(saved, outputs=plain(properties), secret_outputs=frozenset(secret))

    def _call(self, verb: str, request: Any) -> tuple[Any, Any]:
        """The answer to a call, or what is kept of an unfinished resource although the call has failed."""
        step = Step(verb, request)
        self.steps.append(step)
        context = Context()
        try:
            answer = getattr(self._servicer, verb)(request, context)
        except AbortedError:
            answer, kept = None, context.kept()
            step.error = context.text
            if kept is not None:
                step.answer_message = kept
        else:
            kept = None
            step.answer_message = answer
        finally:
            context.end()
        self.between(verb)
        if answer is None and kept is None:
            raise CallError(context.text)
        return answer, kept
