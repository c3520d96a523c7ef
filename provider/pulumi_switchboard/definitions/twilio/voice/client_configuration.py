"""Voice client configurations: Voice API v2, `/v2/Configurations/Client`.

The API is synchronous and knows no idempotency keys. PUT replaces the whole object: what it leaves
out becomes null.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_switchboard.definitions.twilio.voice.configurations import UniqueName, voice_configurations
from pulumi_switchboard.fields.models import Account, Autonamed, Id, Model, State, Wire
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.resource.definition import Definition, Evidence


class CallNotification(Model):
    """Where Twilio announces a call to a client."""

    url: WebhookUrl
    """The URL that Twilio requests when there is a call for the client."""
    method: Literal["GET", "POST"] = "POST"
    """The HTTP method of that request."""


class ClientConfigurationInputs(Model):
    """A configuration of Twilio Voice clients: where a call for a client is announced.

    Twilio offers these configurations as a private beta.
    """

    call_notification: Annotated[CallNotification, Wire("configuration.callnotification")]
    """Where Twilio announces a call to a client."""
    unique_name: Annotated[UniqueName | None, Autonamed()] = None
    """A unique name in the account, without spaces; generated from the resource's name if omitted."""
    description: str | None = None
    """What the configuration is for."""


class ClientConfigurationState(ClientConfigurationInputs, State):
    """A configuration of Twilio Voice clients as Twilio shows it."""

    configuration_id: Annotated[str, Id(), Wire("id")]
    """The id of the configuration."""
    account_sid: Annotated[str, Account()]
    """The account that the configuration belongs to."""
    date_created: str | None = None
    """When the configuration was created, if Twilio says so."""
    date_updated: str | None = None
    """When the configuration was last changed, if Twilio says so."""


definition = Definition(
    "twilio/voice:ClientConfiguration",
    ClientConfigurationInputs,
    ClientConfigurationState,
    voice_configurations("Client"),
    Evidence(
        "Twilio Voice v2, Client configurations (private beta)",
        "https://www.twilio.com/docs/voice/api/clientconfiguration-resource",
        specification="the paths without the list, a look-up by the unique name, and the times of an object",
        documentation="the arguments, the list, and that a PUT makes null what it leaves out",
        assumption="that no two configurations share a unique name, and that Default can't be one",
    ),
)
