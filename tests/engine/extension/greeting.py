"""The definition of a made-up type, with fields of each kind."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pulumi_switchboard.core.contract import Call, Definition
from pulumi_switchboard.errors import NotFoundError
from pulumi_switchboard.fields.models import Id, Model, Replaces, Secret, State, Unordered
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.vendors.twilio.client import Twilio

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


class Greeting(Definition[GreetingInputs, GreetingState, Twilio]):
    """The requests of a greeting."""

    key: ClassVar[str] = "twilio/voice:Greeting"
    vendor = Twilio
    inputs = GreetingInputs
    state = GreetingState

    def create(self, call: Call[Twilio], inputs: GreetingInputs) -> GreetingState:
        """Make the greeting."""
        return _state(call.client.post("voice", PATH, to_bag(inputs)))

    def read(self, call: Call[Twilio], id: str) -> GreetingState | None:
        """The greeting as it is now."""
        try:
            return _state(call.client.get("voice", f"{PATH}/{id}"))
        except NotFoundError:
            return None

    def update(
        self, call: Call[Twilio], id: str, live: GreetingState, inputs: GreetingInputs
    ) -> GreetingState:
        """Replace the greeting."""
        return _state(call.client.put("voice", f"{PATH}/{live.greeting_id}", to_bag(inputs)))

    def delete(self, call: Call[Twilio], id: str, known: GreetingState) -> None:
        """Delete the greeting."""
        call.client.delete("voice", f"{PATH}/{known.greeting_id}")


def _state(body: dict[str, Any]) -> GreetingState:
    return to_model(GreetingState, {**body, "greeting_id": body["id"]})


definition = Greeting()
