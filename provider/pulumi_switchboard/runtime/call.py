"""One call of the engine: its context, its messages and its errors, the same for every front-end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from pulumi_switchboard import definitions
from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.errors import (
    LostAnswerError,
    SettingsError,
    SwitchboardError,
)
from pulumi_switchboard.fields.suggestions import did_you_mean
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.advice import with_access
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import AnyDefinition, type_name
from pulumi_switchboard.resource.outcomes import VerbResult
from pulumi_switchboard.resource.request import Request
from pulumi_switchboard.rest.account_setting import ON_DESTROY_POLICIES
from pulumi_switchboard.runtime.bugs import bug_report
from pulumi_switchboard.runtime.process import Process
from pulumi_switchboard.runtime.redactor import Redactor, SafeText
from pulumi_switchboard.runtime.state import ResultForState, inputs_for_state, outputs_for_state
from pulumi_switchboard.settings import ON_DESTROY_VARIABLE

PREVIEW_SECONDS = 3.0
"""The time to read an object that a new resource will overwrite."""


class CallFailedError(Exception):
    """A call that has failed.

    Args:
        text: The text that the user reads.
        kept: What the engine keeps in state nevertheless, if the outcome of a write is open.
    """

    def __init__(self, text: SafeText, kept: ResultForState | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.kept = kept


@dataclass(frozen=True)
class Call:
    """A running call."""

    process: Process
    request: Request
    definition: AnyDefinition
    cancel_token: CancelToken
    redactor: Redactor
    title: str
    """What an error says has failed."""

    def context(self, *, in_preview: bool = False) -> ResourceContext:
        """The context of the resource. In a preview, requests are sent once and not for long."""
        process, request = self.process, self.request
        deadline = process.deadline(PREVIEW_SECONDS if in_preview else request.timeout, self.cancel_token)
        client = process.client(
            self.definition.vendor, deadline, self.cancel_token, self.progress, is_patient=not in_preview
        )
        return ResourceContext(
            definition=self.definition,
            request=request,
            client=client,
            deadline=deadline,
            claims=process.claims,
            progress=self.progress,
            warn=self.warn,
            secrets=self.redactor.by_program,
            is_first_mention=partial(process.is_first_mention, request.urn),
            on_destroy_override=on_destroy_override(),
        )

    def progress(self, text: str) -> None:
        """Show a text in the status column of the resource."""
        self.process.log.progress(self.request.urn, self.redactor.safe(text))

    def warn(self, text: str) -> None:
        """Add a warning to the diagnostics of the resource, once per process."""
        if self.process.is_first_mention(self.request.urn, text):
            self.process.log.warn(self.request.urn, self.redactor.safe(text))

    def result(self, result: VerbResult, inputs: Bag) -> ResultForState:
        """The result of a verb for state.

        Args:
            result: What the verb has returned.
            inputs: The inputs of the resource.

        Raises:
            CallFailedError: The outcome of the write is open. The error has what the engine keeps.
            LostAnswerError: The id repeats a credential. An id is never a secret in state.
        """
        if self.redactor.has_credential(result.id):
            raise LostAnswerError(
                "the answer gives a credential as the id of the object, so the id can't be saved in state",
                remedy="look for the object at the vendor",
            )
        definition, redactor = self.definition, self.redactor
        kept = ResultForState(
            result.id,
            outputs_for_state(definition, redactor, result.outputs, inputs),
            inputs_for_state(definition, redactor, result.inputs, self.request.old_inputs),
        )
        if result.unfinished is not None:
            raise CallFailedError(redactor.safe(f"{self.title}: {result.unfinished}"), kept)
        return kept


@contextmanager
def calling(
    process: Process, verb: str, key: str, name: str, request: Callable[[], Request]
) -> Iterator[Call]:
    """Run a verb. Whatever goes wrong in it reaches the user as a message.

    Args:
        process: The state of the process.
        verb: The verb.
        key: The key of the resource's type.
        name: The resource's name in the program; empty if the host does not say.
        request: Reads the call of the engine.

    Raises:
        CallFailedError: The verb has failed.
    """
    title = f"could not {verb} {type_name(key)} {name!r}" if name else f"could not {verb} {type_name(key)}"
    credentials = process.credentials
    redactor = Redactor(credentials=credentials)
    definition: AnyDefinition | None = None
    try:
        definition, engine_request = definitions.find(key), request()
        redactor = Redactor(definition, engine_request.bags, credentials)
        with process.running(redactor) as cancel_token:
            yield Call(process, engine_request, definition, cancel_token, redactor, title)
    except CallFailedError:
        raise
    except SwitchboardError as error:
        raise CallFailedError(redactor.safe(f"{title}: {with_access(error, definition)}")) from None
    except Exception as error:  # noqa: BLE001 - a bug of ours, reported as such
        raise CallFailedError(redactor.safe(f"{title}: {bug_report(error)}")) from None


def on_destroy_override() -> str:
    """The policy in the environment; empty if there is none. A wrong one is refused before anything is done.

    Raises:
        SettingsError: There is no such policy.
    """
    policy = os.environ.get(ON_DESTROY_VARIABLE, "")
    if policy and policy not in ON_DESTROY_POLICIES:
        raise SettingsError(
            f"{ON_DESTROY_VARIABLE} in the environment is not one of {', '.join(ON_DESTROY_POLICIES)}"
            f"{did_you_mean(policy, ON_DESTROY_POLICIES)}",
            remedy=f"set {ON_DESTROY_VARIABLE} to one of them, or remove it from the environment",
        )
    return policy
