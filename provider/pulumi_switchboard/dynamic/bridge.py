"""The one provider class that serves every type: from the host's calls to the verbs and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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

from pulumi_switchboard.dynamic import host, process
from pulumi_switchboard.dynamic.properties import from_host, to_host
from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.fields import paths
from pulumi_switchboard.fields.values import Bag, normalised
from pulumi_switchboard.lifecycle.check import check
from pulumi_switchboard.lifecycle.create import create
from pulumi_switchboard.lifecycle.delete import delete
from pulumi_switchboard.lifecycle.diff import diff
from pulumi_switchboard.lifecycle.preview import claim_in_preview, preview_overwrites
from pulumi_switchboard.lifecycle.read import read
from pulumi_switchboard.lifecycle.update import update
from pulumi_switchboard.resource.outcomes import ChangeKind, Difference, VerbResult
from pulumi_switchboard.resource.request import Identity, Request
from pulumi_switchboard.runtime.call import Call, CallFailedError, calling
from pulumi_switchboard.runtime.state import StateMembers, inputs_for_state, outputs_for_state
from pulumi_switchboard.settings import KEYS
from pulumi_switchboard.state_keys import SECRET


class Bridge(ResourceProvider):
    """The provider of a type, as the host knows it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def configure(self, req: ConfigureRequest) -> None:
        """Take the settings."""
        process.configure({key: req.config.get(key) for key in KEYS})

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Validate the arguments, and report all problems at once, without values."""
        with self._call("check", news, _olds) as (call, _):
            checked = check(call.definition, from_host(_olds), from_host(news))
            failures = [str(problem) for problem in checked.problems]
            try:
                context = call.context(in_preview=True)
                claim_in_preview(context, is_new=not _olds)
                if not (_olds or failures):
                    preview_overwrites(context, call.process.listings, checked.inputs)
            except SwitchboardError as error:
                failures.append(str(error))
            for warning in checked.warnings:
                call.warn(f"{warning.path} {warning.reason}")
            # A failure names no property, because the engine would print the property's value.
            results = [CheckFailure("", call.redactor.safe(text)) for text in failures]
            return CheckResult(to_host(checked.inputs), results)

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Compare state with the new inputs; no request is made."""
        with self._call("diff", _news, _olds) as (call, _):
            new = from_host(_news)
            found = diff(call.context(), _id, from_host(_olds), new)
            return diff_result(found, call.request.old_inputs, new)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Create or adopt the object."""
        with self._call("create", props) as (call, ended):
            inputs = from_host(props)
            result = create(call.context(), inputs)
            return CreateResult(result.id, ended.outputs(result, inputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The object as it is now; an object that is gone leaves state."""
        with self._call("read", props) as (call, ended):
            known, inputs = from_host(props), call.request.old_inputs
            result = read(call.context(), id_, known)
            if result is None:
                return ReadResult("", {})
            outputs = ended.outputs(result, inputs or known)
            return ReadResult(result.id, outputs, ended.inputs(result))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Bring the object to the new inputs."""
        with self._call("update", _news, _olds) as (call, ended):
            inputs = from_host(_news)
            result = update(call.context(), _id, from_host(_olds), inputs)
            return UpdateResult(ended.outputs(result, inputs))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Delete the object."""
        with self._call("delete", _props) as (call, _):
            delete(call.context(), _id, from_host(_props))

    @contextmanager
    def _call(
        self, verb: str, inputs: Mapping[str, Any], *bags: Mapping[str, Any]
    ) -> Iterator[tuple[Call, _Ended]]:
        """Run a verb for the host, and report its error in place of a traceback."""
        host_call = host.current()
        old = host_call.old_inputs
        all_bags = (inputs, *bags, old or {})
        request = Request(
            key=self._key,
            urn=host_call.urn,
            name=host_call.name,
            timeout=host_call.timeout,
            identity=Identity.of(from_host(inputs)),
            old_inputs=None if old is None else from_host(old),
            ignored=tuple(paths.parse(path) for path in host_call.ignore_changes),
            secrets=frozenset(name for bag in all_bags for name in bag.get(SECRET) or ()),
        )
        try:
            with calling(process.current(), verb, request, all_bags) as call:
                host_call.on_end(call.cancel_token.set)
                yield call, _Ended(call, host_call)
        except host.ProviderError:
            raise
        except CallFailedError as failed:
            host_call.fail(failed.text)


@dataclass(frozen=True)
class _Ended:
    """A verb that has ended, on its way to state."""

    call: Call
    host_call: host.HostCall

    def outputs(self, result: VerbResult, inputs: Bag) -> dict[str, Any]:
        """The outputs for the host. If the outcome is open, the call fails, and the object goes to state."""
        call = self.call
        call.check_id(result.id)
        outputs = _marked(outputs_for_state(call.definition, call.redactor, result.outputs, inputs))
        if result.unfinished is not None:
            text = call.error_text(result.unfinished)
            self.host_call.fail_with(result.id, outputs, self.inputs(result), text)
        return outputs

    def inputs(self, result: VerbResult) -> dict[str, Any] | None:
        """The new inputs for the host; None if they stay as they are."""
        call = self.call
        members = inputs_for_state(call.definition, call.redactor, result.inputs, call.request.old_inputs)
        return None if members is None else _marked(members)


def _marked(members: StateMembers) -> dict[str, Any]:
    return to_host(members.members, members.secrets)


def diff_result(found: Difference, old: Bag | None, new: Bag) -> DiffResult:
    """The answer for the engine.

    None lets the engine compare the raw inputs and show the details. That works if they show each change, and
    if nothing has changed but which arguments are secrets. True and False overrule the raw inputs.
    """
    changed = {str(change.path[0]) for change in found.changes}
    replaces = [str(change.path[0]) for change in found.changes if change.kind is ChangeKind.REPLACE]
    raw = _raw_changes(old, new)
    changes: bool | None
    if found.is_pending:
        changes = True
    elif changed:
        changes = None if raw is not None and raw.issuperset(changed) else True
    else:
        changes = False if raw else None
    return DiffResult(changes=changes, replaces=replaces)


def _raw_changes(old: Bag | None, new: Bag) -> set[str] | None:
    """The inputs that the engine sees as changed; None if the engine does not send the old ones."""
    if old is None:
        return None
    return {
        name for name in {*old, *new} - {SECRET} if normalised(old.get(name)) != normalised(new.get(name))
    }
