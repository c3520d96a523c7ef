"""Voice recording configurations: Voice API v2, `/v2/Configurations/Recording`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pulumi_switchboard.definitions.twilio.voice.configurations import (
    VoiceConfigurationInputs,
    VoiceConfigurationState,
    voice_configurations,
)
from pulumi_switchboard.fields.models import Model, Unordered, Wire
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.resource.definition import Definition, Evidence


class CompositionPolicy(Model):
    """How a recording is put together."""

    channels: Literal["dual", "mono"] | None = None
    """Whether each party has a channel of its own."""
    trim: Literal["trim-silence", "do-not-trim"] | None = None
    """Whether silence at the beginning and at the end is removed."""
    track: Literal["inbound", "outbound", "both"] | None = None
    """Which side of a call is recorded."""


class RecordingStatusCallback(Model):
    """Where Twilio sends status changes of a recording."""

    url: WebhookUrl
    """The URL that Twilio requests."""
    method: Literal["GET", "POST"] = "POST"
    """The HTTP method of that request."""
    events: Annotated[
        list[Literal["in-progress", "completed", "absent", "failed"]],
        Unordered(once=True),
        Field(min_length=1),
    ] = ["completed"]  # noqa: RUF012 - pydantic copies defaults
    """The status changes that are sent; `completed` if omitted."""


class RecordingFeature(Model):
    """Something that happens with each recording."""

    type: Literal["transcriptionConfiguration"] = "transcriptionConfiguration"
    """What happens: the recording is transcribed."""
    feature_id: Annotated[str, Field(min_length=1), Wire("featureId")]
    """The id of the transcription configuration."""
    description: str | None = None
    """What the feature is for."""


class RecordingConfigurationInputs(VoiceConfigurationInputs):
    """A configuration of recordings of Twilio Voice, which calls and TwiML refer to by its id."""

    composition_policy: Annotated[CompositionPolicy | None, Wire("configuration.compositionPolicy")] = None
    """How recordings are put together."""
    call_recording_status_callback: Annotated[
        RecordingStatusCallback | None, Wire("configuration.callRecordingStatusCallback")
    ] = None
    """Where Twilio sends status changes of the recordings of calls."""
    conference_recording_status_callback: Annotated[
        RecordingStatusCallback | None, Wire("configuration.conferenceRecordingStatusCallback")
    ] = None
    """Where Twilio sends status changes of the recordings of conferences."""
    features: Annotated[
        list[RecordingFeature] | None, Unordered(), Field(max_length=3), Wire("configuration.features")
    ] = None
    """What happens with each recording."""


class RecordingConfigurationState(RecordingConfigurationInputs, VoiceConfigurationState):
    """A configuration of recordings as Twilio shows it."""


definition = Definition(
    "twilio/voice:RecordingConfiguration",
    RecordingConfigurationInputs,
    RecordingConfigurationState,
    voice_configurations("Recording"),
    Evidence(
        "Twilio Voice v2, Recording configurations (us1 only)",
        "https://www.twilio.com/docs/configurations/recording-configuration-resource",
        region="us1",
        specification="the paths without the list, the fields and their values",
        documentation="that the API is in the region us1 only",
        assumption="that a callback is a POST of `completed` if nothing else is said, and that the list and "
        "the unique name are as for Client configurations",
    ),
)
