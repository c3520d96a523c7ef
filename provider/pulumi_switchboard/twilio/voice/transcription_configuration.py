"""The resource class and the look-ups of `twilio/voice:TranscriptionConfiguration`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Literal

import pulumi
from typing_extensions import NotRequired, ReadOnly, TypedDict

from pulumi_switchboard.program import lookups
from pulumi_switchboard.program.look_up import LookUp
from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource
from pulumi_switchboard.program.results import dataclass


class ParticipantDefaultArgsDict(TypedDict):
    """Who speaks on a channel."""

    audio_channel_index: ReadOnly[pulumi.Input[Literal[1, 2]]]
    """The channel."""

    type: ReadOnly[pulumi.Input[Literal["CUSTOMER", "HUMAN_AGENT", "AI_AGENT"]]]
    """Who speaks there."""


class ParticipantDefault(TypedDict):
    """Who speaks on a channel."""

    audio_channel_index: Literal[1, 2]
    """The channel."""

    type: Literal["CUSTOMER", "HUMAN_AGENT", "AI_AGENT"]
    """Who speaks there."""


class TranscriptionStatusCallbackArgsDict(TypedDict):
    """Where Twilio sends transcriptions."""

    url: ReadOnly[pulumi.Input[str]]
    """The URL that Twilio requests."""

    method: NotRequired[ReadOnly[pulumi.Input[Literal["POST"] | None]]]
    """The HTTP method of that request."""


class TranscriptionStatusCallback(TypedDict):
    """Where Twilio sends transcriptions."""

    url: str
    """The URL that Twilio requests."""

    method: Literal["POST"]
    """The HTTP method of that request."""


class TranscriptionConfiguration(
    Resource,
    module="twilio/voice",
    name="TranscriptionConfiguration",
    outputs=(
        "configuration_id",
        "account_sid",
        "date_created",
        "date_updated",
        "unique_name",
        "description",
        "transcription_engine",
        "language",
        "participant_defaults",
        "speech_model",
        "transcription_status_callback",
        "conversation_configuration_id",
    ),
    urls=("transcription_status_callback",),
):
    """A configuration of transcriptions of Twilio Voice: who says what, and who gets it.

    Give `transcription_status_callback`, `conversation_configuration_id` or both: one of them has to receive
    the transcriptions.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transcription_engine: pulumi.Input[str],
        language: pulumi.Input[str],
        participant_defaults: pulumi.Input[Sequence[pulumi.Input[ParticipantDefaultArgsDict]]],
        unique_name: pulumi.Input[str | None] = None,
        description: pulumi.Input[str | None] = None,
        speech_model: pulumi.Input[str | None] = None,
        transcription_status_callback: pulumi.Input[TranscriptionStatusCallbackArgsDict | None] = None,
        conversation_configuration_id: pulumi.Input[str | None] = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The name of the resource in the program.
            opts: Options of the resource, such as its provider, parent or `import_`.
            transcription_engine: The engine: google, deepgram or twilio_managed.
            language: The language, such as en-US; with deepgram, `multi` for several languages.
            participant_defaults: Who speaks on each channel: one item for channel 1, and one for
                channel 2.
            unique_name: A unique name in the account, without spaces; generated from the
                resource's name if omitted.
            description: What the configuration is for.
            speech_model: The model of the engine. It can be chirp_2 of google, or nova-3 or
                nova-2 of deepgram; twilio_managed has none.
            transcription_status_callback: Where Twilio sends transcriptions.
            conversation_configuration_id: The id of the Conversation Orchestrator configuration
                that captures transcriptions.
        """
        super().__init__(
            resource_name,
            {
                "transcription_engine": transcription_engine,
                "language": language,
                "participant_defaults": participant_defaults,
                "unique_name": unique_name,
                "description": description,
                "speech_model": speech_model,
                "transcription_status_callback": transcription_status_callback,
                "conversation_configuration_id": conversation_configuration_id,
            },
            opts,
        )

    @property
    def configuration_id(self) -> pulumi.Output[str]:
        """The id of the configuration."""
        return self._object_id

    @property
    def account_sid(self) -> pulumi.Output[str]:
        """The account that the configuration belongs to."""
        return typed_output(self, "account_sid")

    @property
    def date_created(self) -> pulumi.Output[str | None]:
        """When the configuration was created, if Twilio says so."""
        return typed_output(self, "date_created")

    @property
    def date_updated(self) -> pulumi.Output[str | None]:
        """When the configuration was last changed, if Twilio says so."""
        return typed_output(self, "date_updated")

    @property
    def unique_name(self) -> pulumi.Output[str | None]:
        """A unique name in the account, without spaces; generated from the resource's name if omitted."""
        return typed_output(self, "unique_name")

    @property
    def description(self) -> pulumi.Output[str | None]:
        """What the configuration is for."""
        return typed_output(self, "description")

    @property
    def transcription_engine(self) -> pulumi.Output[str]:
        """The engine: google, deepgram or twilio_managed."""
        return typed_output(self, "transcription_engine")

    @property
    def language(self) -> pulumi.Output[str]:
        """The language, such as en-US; with deepgram, `multi` for several languages."""
        return typed_output(self, "language")

    @property
    def participant_defaults(self) -> pulumi.Output[list[ParticipantDefault]]:
        """Who speaks on each channel: one item for channel 1, and one for channel 2."""
        return typed_output(self, "participant_defaults")

    @property
    def speech_model(self) -> pulumi.Output[str | None]:
        """The model of the engine.

        It can be chirp_2 of google, or nova-3 or nova-2 of deepgram; twilio_managed has none.
        """
        return typed_output(self, "speech_model")

    @property
    def transcription_status_callback(self) -> pulumi.Output[TranscriptionStatusCallback | None]:
        """Where Twilio sends transcriptions."""
        return typed_output(self, "transcription_status_callback")

    @property
    def conversation_configuration_id(self) -> pulumi.Output[str | None]:
        """The id of the Conversation Orchestrator configuration that captures transcriptions."""
        return typed_output(self, "conversation_configuration_id")


@dataclass(frozen=True)
class GetTranscriptionConfigurationResult:
    """A configuration of transcriptions as Twilio shows it."""

    configuration_id: str
    """The id of the configuration."""

    account_sid: str
    """The account that the configuration belongs to."""

    date_created: str | None
    """When the configuration was created, if Twilio says so."""

    date_updated: str | None
    """When the configuration was last changed, if Twilio says so."""

    unique_name: str | None
    """A unique name in the account, without spaces; generated from the resource's name if omitted."""

    description: str | None
    """What the configuration is for."""

    transcription_engine: str
    """The engine: google, deepgram or twilio_managed."""

    language: str
    """The language, such as en-US; with deepgram, `multi` for several languages."""

    participant_defaults: list[ParticipantDefault]
    """Who speaks on each channel: one item for channel 1, and one for channel 2."""

    speech_model: str | None
    """The model of the engine.

    It can be chirp_2 of google, or nova-3 or nova-2 of deepgram; twilio_managed has none.
    """

    transcription_status_callback: TranscriptionStatusCallback | None = field(repr=False)
    """Where Twilio sends transcriptions."""

    conversation_configuration_id: str | None
    """The id of the Conversation Orchestrator configuration that captures transcriptions."""


_GET = LookUp(
    "twilio/voice:TranscriptionConfiguration",
    "get_transcription_configuration",
    GetTranscriptionConfigurationResult,
)
_LIST = LookUp(
    "twilio/voice:TranscriptionConfiguration",
    "list_transcription_configurations",
    GetTranscriptionConfigurationResult,
    lists=True,
)


def get_transcription_configuration(
    *, id: str | None = None, unique_name: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetTranscriptionConfigurationResult:
    """Show an existing voice transcription configuration, without a resource in state.

    Args:
        id: The id of the object. Give either this or `unique_name`.
        unique_name: The name of the object; no two objects share it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get(_GET, {"id": id, "unique_name": unique_name}, opts)


def get_transcription_configuration_output(
    *,
    id: pulumi.Input[str | None] = None,
    unique_name: pulumi.Input[str | None] = None,
    opts: pulumi.InvokeOptions | None = None,
) -> pulumi.Output[GetTranscriptionConfigurationResult]:
    """Show an existing voice transcription configuration once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        id: The id of the object. Give either this or `unique_name`.
        unique_name: The name of the object; no two objects share it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get_output(_GET, {"id": id, "unique_name": unique_name}, opts)


def list_transcription_configurations(
    *, opts: pulumi.InvokeOptions | None = None
) -> list[GetTranscriptionConfigurationResult]:
    """List the voice transcription configurations of the account, without a resource in state.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all(_LIST, {}, opts)


def list_transcription_configurations_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> pulumi.Output[list[GetTranscriptionConfigurationResult]]:
    """List the voice transcription configurations of the account once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all_output(_LIST, {}, opts)
