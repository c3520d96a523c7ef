"""The definition of a made-up type, with fields of each kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_switchboard.fields.models import Id, Model, Replaces, Secret, State, Unordered, Wire
from pulumi_switchboard.resource.definition import Definition, Evidence
from pulumi_switchboard.rest.collection import Collection, Update
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.vendor import Product


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

    greeting_id: Annotated[str, Id(), Wire("id")]
    """The id of the greeting."""


definition = Definition(
    "twilio/voice:Greeting",
    GreetingInputs,
    GreetingState,
    Collection(Product(TWILIO, "voice"), "/v2/Greetings", Update.PUT_REPLACES),
    Evidence("Twilio Voice v2, greetings", "https://example.com", assumption="that there is such an API"),
)
