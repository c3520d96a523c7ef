"""Voice client configurations: Voice API v2, `/v2/Configurations/Client`."""

from __future__ import annotations

from typing import Annotated, Literal

from pulumi_switchboard.definitions.twilio.voice.configurations import (
    VoiceConfigurationInputs,
    VoiceConfigurationState,
    voice_configurations,
)
from pulumi_switchboard.fields.models import Model, Wire
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.resource.definition import Definition, Evidence


class CallNotification(Model):
    """Where Twilio announces a call to a client."""

    url: WebhookUrl
    """The URL that Twilio requests when there is a call for the client."""
    method: Literal["GET", "POST"] = "POST"
    """The HTTP method of that request."""


class ClientConfigurationInputs(VoiceConfigurationInputs):
    """A configuration of Twilio Voice clients: where a call for a client is announced.

    Twilio offers these configurations as a private beta.
    """

    call_notification: Annotated[CallNotification, Wire("configuration.callnotification")]
    """Where Twilio announces a call to a client."""


class ClientConfigurationState(ClientConfigurationInputs, VoiceConfigurationState):
    """A configuration of Twilio Voice clients as Twilio shows it."""


definition = Definition(
    "twilio/voice:ClientConfiguration",
    ClientConfigurationInputs,
    ClientConfigurationState,
    voice_configurations("Client"),
    Evidence(
        "Twilio Voice v2, Client configurations (private beta)",
        "https://www.twilio.com/docs/voice/api/clientconfiguration-resource",
        access="Client configurations are a private beta: ask Twilio's support to enable it for the account",
        specification="the paths without the list, a look-up by the unique name, and the times of an object",
        documentation="the arguments, the list, and that a PUT makes null what it leaves out",
        assumption="that no two configurations share a unique name, and that Default can't be one",
    ),
)
