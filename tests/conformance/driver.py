"""The engine with one resource: its calls to the provider, and what it keeps of the answers.

The driver sends protobuf requests to the SDK's own servicer in this process. It does not know several
resources, replacements, aliases, targets, parents or plans: what it does not model is a `NotModelledError`.
Traces of the real CLI check it (`test_traces.py`).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import dill  # type: ignore[import-untyped]
from google.protobuf import empty_pb2, struct_pb2  # type: ignore[import-untyped]
from google.protobuf.json_format import MessageToDict  # type: ignore[import-untyped]
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2
from pulumi_switchboard.dynamic import load
from pulumi_switchboard.dynamic.process import Process, begin
from pulumi_switchboard.identity import key_of
from pulumi_switchboard.program.state import Held, StackState

from tests.conformance.clock import VirtualClock
from tests.conformance.servicer import AbortedError, Context, EngineLog, Message, new_servicer

PROJECT = "proof"
STACK = "dev"
STACK_ID = "0b5f3c1e-7a52-4b8e-9d1a-5f0e7c2d9a11"
"""The id of the program's provider, which identifies the stack."""
PROVIDER = "__provider"
UNKNOWN = rpc.UNKNOWN
"""Stands for an argument whose value is not known yet."""

SECRET_URL = re.compile(r"https?://[^'\" ]*[?@]")

Bag = dict[str, Any]


START_SECONDS = 3.0
"""From one command to the next; the provider tells runs apart by their times."""


class NotModelledError(AssertionError):
    """The engine would do something that the driver does not model."""


class CallError(Exception):
    """The provider has refused a call."""


class CheckError(CallError):
    """The arguments are wrong: each reason is a line."""


@dataclass(frozen=True)
class Resource:
    """A resource in a program."""

    type: str
    arguments: Mapping[str, Any]
    name: str = "main"
    secrets: Sequence[str] = ()
    """The arguments that the program gives as secrets."""
    secrets_by_type: Sequence[str] = ()
    """The arguments and outputs that are secret in every resource of the type."""
    ignore_changes: Sequence[str] = ()
    import_: str | None = None
    timeout: float = 0.0

    @property
    def token(self) -> str:
        """The type as the engine names it."""
        return f"pulumi-python:dynamic/{self.type}"

    @property
    def place(self) -> str:
        """The resource within the stack."""
        return f"{self.token}::{self.name}"

    @property
    def secret_inputs(self) -> frozenset[str]:
        """The arguments that the engine gets as secrets; one with a URL that may hold a secret is one."""
        marked = {*self.secrets, *self.secrets_by_type}
        given = self.arguments.items()
        return frozenset(name for name, value in given if name in marked or SECRET_URL.search(str(value)))

    @property
    def urn(self) -> str:
        """The resource as the engine names it."""
        return f"urn:pulumi:{STACK}::{PROJECT}::{self.place}"

    @property
    def named(self) -> dict[str, Any]:
        """What each request says of the resource."""
        return {"urn": self.urn, "name": self.name, "type": self.token}


@dataclass
class Saved:
    """What the engine keeps of the resource."""

    id: str
    inputs: Bag
    outputs: Bag
    secret_inputs: frozenset[str] = frozenset()
    secret_outputs: frozenset[str] = frozenset()
    errors: tuple[str, ...] = ()
    """Why the resource is not finished."""


@dataclass
class Step:
    """A call to the provider, and its answer."""

    verb: str
    request: Bag
    answer: Bag = field(default_factory=dict)
    error: str = ""


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
        self._servicer.Configure(provider_pb2.ConfigureRequest(args=_struct(self.settings)), Context())

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
        inputs = self._check(resource, self.saved.inputs)
        return self._diff(resource, inputs)

    def up(self, resource: Resource) -> str:
        """Deploy the resource; returns what was done."""
        self.start()
        if self.saved is None:
            return self._create(resource, self._check(resource, None))
        inputs = self._check(resource, self.saved.inputs)
        done = self._diff(resource, inputs)
        if done == "replace":
            raise NotModelledError("a replacement")
        if done == "update":
            self._update(resource, inputs)
        else:
            self.saved = replace(self.saved, inputs=inputs, secret_inputs=resource.secret_inputs)
        return done

    def refresh(self, resource: Resource) -> None:
        """Take the object as it is into state; one that is gone leaves it."""
        self.start()
        saved = self._existing()
        request = provider_pb2.ReadRequest(
            id=saved.id, **resource.named, properties=_struct(saved.outputs), inputs=_struct(saved.inputs)
        )
        answer, kept = self._call("Read", request)
        if kept is None and not answer.id:
            self.saved = None
            return
        done = kept or answer
        shown = replace(
            saved,
            id=saved.id if kept else done.id,
            inputs=_plain(done.inputs) if done.HasField("inputs") else saved.inputs,
            errors=tuple(kept.reasons) if kept else (),
        )
        self.saved = self._with_outputs(shown, done.properties, resource)
        self._diff_call(resource, saved.inputs)

    def look_up(self, resource: Resource, id: str) -> Bag:
        """The outputs of an object that is looked up by its id and not managed, as `.get()` does."""
        self.start()
        inputs = _struct({PROVIDER: _pickled(resource.type)})
        request = provider_pb2.ReadRequest(id=id, inputs=inputs, **resource.named)
        answer, _ = self._call("Read", request)
        return _plain(answer.properties)

    def destroy(self, resource: Resource) -> None:
        """Delete the object."""
        self.start()
        saved = self._existing()
        request = provider_pb2.DeleteRequest(
            id=saved.id,
            **resource.named,
            properties=_struct(saved.outputs),
            old_inputs=_struct(saved.inputs),
            timeout=resource.timeout,
        )
        self._call("Delete", request)
        self.saved = None

    def _existing(self) -> Saved:
        if self.saved is None:
            raise NotModelledError("a stack without the resource")
        return self.saved

    def _check(self, resource: Resource, old: Bag | None, *, is_preview: bool = False) -> Bag:
        news = self._inputs(resource, is_preview=is_preview)
        if old is not None:
            news = _without_ignored(news, old, resource.ignore_changes)
        request = provider_pb2.CheckRequest(
            **resource.named, olds=_struct(old) if old is not None else None, news=_struct(news)
        )
        answer, _ = self._call("Check", request)
        if answer.failures:
            assert all(failure.property == "" for failure in answer.failures)
            raise CheckError("\n".join(failure.reason for failure in answer.failures))
        return _plain(answer.inputs)

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
        return {PROVIDER: _pickled(resource.type), **given, **deepcopy(dict(resource.arguments))}

    def _used(self, resource: Resource) -> dict[str, str]:
        """The objects in state that were created with the identity of this resource."""
        identity = self.saved.outputs.get("_identity") if self.saved is not None else None
        if not identity:
            return {}
        said = {name: str(identity.get(name) or "") for name in ("id", "first_key", "key", "name")}
        held = Held(resource.urn, resource.token, said["id"], said["first_key"], said["key"], said["name"])
        state = StackState(frozenset({resource.urn}), (held,))
        return state.used(key_of(self.stack_id, resource.place), resource.token, resource.name)

    def _diff(self, resource: Resource, inputs: Bag) -> str:
        saved = self._existing()
        answer = self._diff_call(resource, inputs)
        if answer.replaces:
            return "replace"
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
            olds=_struct(saved.outputs),
            old_inputs=_struct(saved.inputs),
            news=_struct(new),
            ignoreChanges=resource.ignore_changes,
        )
        answer, _ = self._call("Diff", request)
        return answer

    def _create(self, resource: Resource, inputs: Bag) -> str:
        request = provider_pb2.CreateRequest(
            **resource.named, properties=_struct(inputs), timeout=resource.timeout
        )
        answer, kept = self._call("Create", request)
        done = kept or answer
        saved = Saved(done.id, inputs, {}, errors=tuple(kept.reasons) if kept else ())
        self._save(resource, saved, done)
        return "create"

    def _update(self, resource: Resource, inputs: Bag) -> None:
        saved = self._existing()
        request = provider_pb2.UpdateRequest(
            id=saved.id,
            **resource.named,
            olds=_struct(saved.outputs),
            old_inputs=_struct(saved.inputs),
            news=_struct(inputs),
            timeout=resource.timeout,
            ignoreChanges=resource.ignore_changes,
        )
        answer, kept = self._call("Update", request)
        saved = (
            replace(saved, errors=tuple(kept.reasons)) if kept else replace(saved, inputs=inputs, errors=())
        )
        self._save(resource, saved, kept or answer)

    def _save(self, resource: Resource, saved: Saved, done: Any) -> None:
        """Keep the outcome of a create or update, and fail if it is not finished."""
        if saved.errors and done.HasField("inputs"):
            saved = replace(saved, inputs=_plain(done.inputs))
        saved = replace(saved, secret_inputs=resource.secret_inputs)
        self.saved = self._with_outputs(saved, done.properties, resource)
        if saved.errors:
            raise CallError("\n".join(saved.errors))

    def _with_outputs(self, saved: Saved, properties: Any, resource: Resource) -> Saved:
        wrapped = rpc.deserialize_properties(properties, keep_unknowns=True)
        secret = {name for name, value in wrapped.items() if rpc.is_rpc_secret(value)}
        secret |= {*saved.secret_inputs, *resource.secrets_by_type} & set(wrapped)
        return replace(saved, outputs=_plain(properties), secret_outputs=frozenset(secret))

    def _call(self, verb: str, request: Any) -> tuple[Any, Any]:
        """The answer to a call, or what is kept of an unfinished resource although the call has failed."""
        step = Step(verb, _as_bag(request))
        self.steps.append(step)
        context = Context()
        try:
            answer = getattr(self._servicer, verb)(request, context)
        except AbortedError:
            answer, kept = None, context.kept()
            step.error = context.text
            if kept is not None:
                step.answer = _as_bag(kept)
        else:
            kept = None
            step.answer = _as_bag(answer)
        finally:
            context.end()
        self.between(verb)
        if answer is None and kept is None:
            raise CallError(context.text)
        return answer, kept


def _without_ignored(news: Bag, old: Bag, paths: Sequence[str]) -> Bag:
    """The inputs with those that are ignored as they were, as the engine makes them before it checks."""
    result = deepcopy(news)
    for path in paths:
        *parents, last = path.split(".")
        into, before = result, old
        for name in parents:
            into, before = into.get(name, {}), before.get(name, {})
        if last in before:
            into[last] = before[last]
        else:
            into.pop(last, None)
    return result


def _pickled(key: str) -> str:
    """The provider of a type as every state holds it."""
    return base64.b64encode(dill.dumps(_Reference(key), protocol=4)).decode()


class _Reference:
    def __init__(self, key: str) -> None:
        self._key = key

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return load, (self._key,)


def _struct(bag: Mapping[str, Any]) -> struct_pb2.Struct:
    result = struct_pb2.Struct()
    result.update(bag)
    return result


def _plain(message: Any) -> Bag:
    """A bag as state has it: no secret is marked, and unknown values are the engine's text for them."""
    bag: Bag = _unwrapped(_as_bag(message))
    return bag


def _unwrapped(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get(rpc._special_sig_key) == rpc._special_secret_sig:  # noqa: SLF001 - the SDK names them nowhere else
            return _unwrapped(value["value"])
        return {name: _unwrapped(item) for name, item in value.items()}
    return [_unwrapped(item) for item in value] if isinstance(value, list) else value


def _as_bag(message: Any) -> Bag:
    bag: Bag = MessageToDict(message, preserving_proto_field_name=True)
    return bag
