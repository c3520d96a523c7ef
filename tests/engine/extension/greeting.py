"""The definition of a made-up type, with fields of each kind."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pulumi_switchboard.errors import NotFoundError
from pulumi_switchboard.fields.models import Id, Model, Replaces, Secret, State, Unordered
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.resource.collection import Collection
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import Definition
from pulumi_switchboard.vendors.twilio.client import TWILIO, Twilio

PATH = "/v2/Greetings"


class Pause(Model):
    """A pause before the greeting."""

    seconds: int = 1
    """How long it is."""


class GreetingInputs(Model):
    """What a caller hears."""

    text: str
    """What is said."""
    voice: Annotated[Literal["low", "high"], Replaces()] = "low"
    """Who says it."""
    languages: Annotated[list[str] | None, Unordered()] = None
    """The languages it is said in."""
    pauses: dict[str, Pause] | None = None
    """The pauses, by caller."""
    pin: Annotated[str | None, Secret()] = None
    """What a caller has to know."""


class GreetingState(GreetingInputs, State):
    """What a caller hears, as the vendor shows it."""

    greeting_id: Annotated[str, Id()]
    """The id of the greeting."""


Context: TypeAlias = ResourceContext[Twilio]


def _create(context: Context, inputs: GreetingInputs) -> GreetingState:
    return _state(context.client.post("voice", PATH, to_bag(inputs)))


def _read(context: Context, id: str) -> GreetingState | None:
    try:
        return _state(context.client.get("voice", f"{PATH}/{id}"))
    except NotFoundError:
        return None


def _update(context: Context, id: str, _live: GreetingState, inputs: GreetingInputs) -> GreetingState:
    return _state(context.client.put("voice", f"{PATH}/{id}", to_bag(inputs)))


def _delete(context: Context, id: str) -> None:
    context.client.delete("voice", f"{PATH}/{id}")


def _state(body: dict[str, Any]) -> GreetingState:
    return to_model(GreetingState, {**body, "greeting_id": body["id"]})


definition = Definition(
    key="twilio/voice:Greeting",
    vendor=TWILIO,
    inputs=GreetingInputs,
    state=GreetingState,
    api=Collection(read=_read, create=_create, update=_update, delete=_delete),
)
