"""One call of the engine: its context, its messages and its errors, the same for every front-end."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pulumi_switchboard import definitions
from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.errors import LostAnswerError, SwitchboardError
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import AnyDefinition, type_name
from pulumi_switchboard.resource.request import Request
from pulumi_switchboard.runtime.process import Process
from pulumi_switchboard.runtime.redactor import Redactor, SafeText
from pulumi_switchboard.settings import ON_DESTROY_VARIABLE

PACKAGE = Path(__file__).parent.parent
PREVIEW_SECONDS = 3.0
"""The time to read an object that a new resource will overwrite."""
PLACES = 8
"""How many of the innermost places the report of a bug names."""


class CallFailedError(Exception):
    """A call that has failed, with the text that the user reads."""

    def __init__(self, text: SafeText) -> None:
        super().__init__(text)
        self.text = text


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

    def context(self, *, in_preview: bool = False) -> ResourceContext[Any]:
        """The context of the resource. In a preview, requests are sent once and not for long."""
        process, request = self.process, self.request
        deadline = process.deadline(PREVIEW_SECONDS if in_preview else request.timeout, self.cancel_token)
        client = process.client(
            self.definition, deadline, self.cancel_token, self.progress, is_patient=not in_preview
        )
        return ResourceContext(
            definition=self.definition,
            request=request,
            client=client,
            deadline=deadline,
            claims=process.claims,
            progress=self.progress,
            warn=self.warn,
            is_first_mention=partial(process.is_first_mention, request.urn),
            on_destroy=os.environ.get(ON_DESTROY_VARIABLE, ""),
        )

    def progress(self, text: str) -> None:
        """Show a text in the status column of the resource."""
        self.process.log.progress(self.request.urn, self.redactor.safe(text))

    def warn(self, text: str) -> None:
        """Add a warning to the diagnostics of the resource, once per process."""
        if self.process.is_first_mention(self.request.urn, text):
            self.process.log.warn(self.request.urn, self.redactor.safe(text))

    def error_text(self, error: SwitchboardError) -> SafeText:
        """The text of an error for the user."""
        return self.redactor.safe(f"{self.title}: {error}")

    def check_id(self, id: str) -> str:
        """The id of an object, which is never a secret in state.

        Raises:
            LostAnswerError: It repeats a credential.
        """
        if self.redactor.has_credential(id):
            raise LostAnswerError(
                "the answer gives a credential as the id of the object, so the id can't be saved in state",
                remedy="look for the object at the vendor",
            )
        return id


@contextmanager
def calling(
    process: Process, verb: str, request: Request, bags: Sequence[Mapping[str, Any]]
) -> Iterator[Call]:
    """Run a verb. Whatever goes wrong in it reaches the user as a message.

    Args:
        process: The state of the process.
        verb: The verb.
        request: The call of the engine.
        bags: Everything that the engine has sent with it, for its secrets.

    Raises:
        CallFailedError: The verb has failed.
    """
    kind = type_name(request.key)
    title = f"could not {verb} {kind} {request.name!r}" if request.name else f"could not {verb} {kind}"
    redactor = Redactor()
    try:
        definition = definitions.find(request.key)
        redactor = Redactor(definition, bags, process.credentials)
        with process.running(redactor) as cancel_token:
            yield Call(process, request, definition, cancel_token, redactor, title)
    except CallFailedError:
        raise
    except SwitchboardError as error:
        raise CallFailedError(redactor.safe(f"{title}: {error}")) from None
    except Exception as error:  # noqa: BLE001 - a bug of ours, reported as such
        bug = "this is a bug in pulumi-switchboard, please report it"
        raise CallFailedError(redactor.safe(f"{title}: {bug}: {_place(error)}")) from None


def _place(error: Exception) -> str:
    """The kind of an error, and where it happened. Its own text may contain values, so it is left out."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    places = [
        f"{Path(frame.filename).relative_to(PACKAGE)}:{frame.lineno} in {frame.name}"
        for frame in frames[-PLACES:]
    ]
    return " < ".join([type(error).__name__, *reversed(places)])
