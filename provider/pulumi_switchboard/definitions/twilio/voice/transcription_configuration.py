"""Voice transcription configurations: Voice API v2, `/v2/Configurations/Transcription`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import Self

from pulumi_switchboard.definitions.twilio.voice.configurations import (
    VoiceConfigurationInputs,
    VoiceConfigurationState,
    voice_configurations,
)
from pulumi_switchboard.fields.models import Model, Unordered, WarnIf, Wire
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.resource.definition import Definition, Evidence

ENGINES = ("google", "deepgram", "twilio_managed")


def _engine_known(engine: Any) -> str | None:
    known = ", ".join(ENGINES)
    return (
        None if engine in ENGINES else f"is an engine that Twilio does not document; documented are {known}"
    )


class ParticipantDefault(Model):
    """Who speaks on a channel."""

    audio_channel_index: Annotated[Literal[1, 2], Wire("audioChannelIndex")]
    """The channel."""
    type: Literal["CUSTOMER", "HUMAN_AGENT", "AI_AGENT"]
    """Who speaks there."""


def _both_channels(defaults: list[ParticipantDefault]) -> list[ParticipantDefault]:
    if sorted(one.audio_channel_index for one in defaults) != [1, 2]:
        raise ValueError("must have one item for channel 1 and one for channel 2")
    return defaults


class TranscriptionStatusCallback(Model):
    """Where Twilio sends transcriptions."""

    url: WebhookUrl
    """The URL that Twilio requests."""
    method: Literal["POST"] = "POST"
    """The HTTP method of that request."""


class TranscriptionConfigurationInputs(VoiceConfigurationInputs):
    """A configuration of transcriptions of Twilio Voice: who says what, and who gets it.

    Give `transcription_status_callback`, `conversation_configuration_id` or both: one of them has to receive
    the transcriptions.
    """

    transcription_engine: Annotated[
        str, Field(min_length=1), WarnIf(_engine_known), Wire("configuration.transcriptionEngine")
    ]
    """The engine: google, deepgram or twilio_managed."""
    language: Annotated[str, Field(min_length=1), Wire("configuration.language")]
    """The language, such as en-US; with deepgram, `multi` for several languages."""
    participant_defaults: Annotated[
        list[ParticipantDefault],
        AfterValidator(_both_channels),
        Unordered(),
        Wire("configuration.participantDefaults"),
    ]
    """Who speaks on each channel: one item for channel 1, and one for channel 2."""
    speech_model: Annotated[str | None, Wire("configuration.speechModel")] = None
    """The model of the engine. It can be chirp_2 of google, or nova-3 or nova-2 of deepgram; twilio_managed
    has none."""
    transcription_status_callback: Annotated[
        TranscriptionStatusCallback | None, Wire("configuration.transcriptionStatusCallback")
    ] = None
    """Where Twilio sends transcriptions."""
    conversation_configuration_id: Annotated[
        str | None, Wire("configuration.conversationConfigurationId")
    ] = None
    """The id of the Conversation Orchestrator configuration that captures transcriptions."""

    @model_validator(mode="after")
    def _has_receiver(self) -> Self:
        if self.transcription_status_callback is None and not self.conversation_configuration_id:
            raise ValueError(
                "nobody gets the transcriptions: give transcription_status_callback, "
                "conversation_configuration_id or both"
            )
        return self


class TranscriptionConfigurationState(TranscriptionConfigurationInputs, VoiceConfigurationState):
    """A configuration of transcriptions as Twilio shows it."""


definition = Definition(
    "twilio/voice:TranscriptionConfiguration",
    TranscriptionConfigurationInputs,
    TranscriptionConfigurationState,
    voice_configurations("Transcription"),
    Evidence(
        "Twilio Voice v2, Transcription configurations (public beta)",
        "https://www.twilio.com/docs/configurations/transcription-configuration-resource",
        specification="the paths without the list, and the fields",
        documentation="the list, the engines with their models and languages, the two channels, and that a "
        "callback or a conversation configuration is needed",
        assumption="that the unique name is as for Client configurations",
    ),
)
