"""The one provider class that serves every type: from the host's calls to the verbs and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
from pulumi_switchboard.fields import paths
from pulumi_switchboard.fields.values import Bag, normalised
from pulumi_switchboard.lifecycle.create import create
from pulumi_switchboard.lifecycle.delete import delete
from pulumi_switchboard.lifecycle.diff import diff
from pulumi_switchboard.lifecycle.read import read
from pulumi_switchboard.lifecycle.update import update
from pulumi_switchboard.resource.outcomes import Difference
from pulumi_switchboard.resource.request import Identity, Request
from pulumi_switchboard.runtime.call import Call, CallFailedError, calling
from pulumi_switchboard.runtime.check import check_resource
from pulumi_switchboard.runtime.state import StateMembers
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
        """Validate the arguments, and report all problems at once."""
        with self._call("check", inputs=news, known=_olds) as call:
            checked = check_resource(call, from_host(_olds), from_host(news))
            # A failure names no property, because the engine would print the property's value.
            failures = [CheckFailure("", text) for text in checked.failures]
            return CheckResult(to_host(checked.inputs), failures)

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Compare state with the new inputs; no request is made."""
        with self._call("diff", inputs=_news, known=_olds) as call:
            new = from_host(_news)
            found = diff(call.context(), _id, from_host(_olds), new)
            return diff_result(found, call.request.old_inputs, new)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Create or adopt the object."""
        with self._call("create", inputs=props) as call:
            inputs = from_host(props)
            result = call.result(create(call.context(), inputs), inputs)
            return CreateResult(result.id, _marked(result.outputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """The object as it is now; an object that is gone leaves state."""
        with self._call("read", known=props) as call:
            known = from_host(props)
            found = read(call.context(), id_, known)
            if found is None:
                return ReadResult("", {})
            result = call.result(found, call.request.old_inputs or known)
            inputs = None if result.inputs is None else _marked(result.inputs)
            return ReadResult(result.id, _marked(result.outputs), inputs)

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Bring the object to the new inputs."""
        with self._call("update", inputs=_news, known=_olds) as call:
            inputs = from_host(_news)
            result = call.result(update(call.context(), _id, from_host(_olds), inputs), inputs)
            return UpdateResult(_marked(result.outputs))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Delete the object."""
        with self._call("delete", known=_props) as call:
            delete(call.context(), _id, from_host(_props))

    @contextmanager
    def _call(
        self, verb: str, *, inputs: Mapping[str, Any] | None = None, known: Mapping[str, Any] | None = None
    ) -> Iterator[Call]:
        """Run a verb for the host, and report its error in place of a traceback."""
        host_call = host.current()

        def request() -> Request:
            old = host_call.old_inputs
            identifying = inputs if inputs is not None else old or {}
            return Request(
                key=self._key,
                urn=host_call.urn,
                name=host_call.name,
                timeout=host_call.timeout,
                identity=Identity.of(from_host(identifying)),
                old_inputs=None if old is None else from_host(old),
                ignored=tuple(paths.parse(path) for path in host_call.ignore_changes),
                bags=[bag for bag in (inputs, known, old) if bag is not None],
            )

        try:
            with calling(process.current(), verb, self._key, host_call.name, request) as call:
                host_call.on_end(call.cancel_token.set)
                yield call
        except CallFailedError as error:
            failed = error
        else:
            return
        if failed.kept is None:
            host_call.fail(failed.text)
        kept, new_inputs = failed.kept, failed.kept.inputs
        marked = None if new_inputs is None else _marked(new_inputs)
        host_call.fail_with(kept.id, _marked(kept.outputs), marked, failed.text)


def _marked(members: StateMembers) -> dict[str, Any]:
    return to_host(members.members, members.secrets)


def diff_result(found: Difference, old: Bag | None, new: Bag) -> DiffResult:
    """The answer for the engine.

    None lets the engine compare the raw inputs and show the details. That works if they show each change, and
    if nothing has changed but which arguments are secrets. True and False overrule the raw inputs.
    """
    raw = _raw_changes(old, new)
    changes: bool | None
    if found.is_pending:
        changes = True
    elif found.changed:
        changes = None if raw is not None and raw.issuperset(found.changed) else True
    else:
        changes = False if raw else None
    return DiffResult(
        changes=changes,
        replaces=list(found.replaces),
        delete_before_replace=found.deletes_first or None,
    )


def _raw_changes(old: Bag | None, new: Bag) -> set[str] | None:
    """The inputs that the engine sees as changed; None if the engine does not send the old ones."""
    if old is None:
        return None
    return {
        name for name in {*old, *new} - {SECRET} if normalised(old.get(name)) != normalised(new.get(name))
    }
