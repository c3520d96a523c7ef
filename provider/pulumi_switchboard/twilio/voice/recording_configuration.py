"""The resource class and the look-ups of `twilio/voice:RecordingConfiguration`.

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


class CompositionPolicyArgsDict(TypedDict):
    """How a recording is put together."""

    channels: NotRequired[ReadOnly[pulumi.Input[Literal["dual", "mono"] | None]]]
    """Whether each party has a channel of its own."""

    trim: NotRequired[ReadOnly[pulumi.Input[Literal["trim-silence", "do-not-trim"] | None]]]
    """Whether silence at the beginning and at the end is removed."""

    track: NotRequired[ReadOnly[pulumi.Input[Literal["inbound", "outbound", "both"] | None]]]
    """Which side of a call is recorded."""


class CompositionPolicy(TypedDict):
    """How a recording is put together."""

    channels: NotRequired[Literal["dual", "mono"]]
    """Whether each party has a channel of its own."""

    trim: NotRequired[Literal["trim-silence", "do-not-trim"]]
    """Whether silence at the beginning and at the end is removed."""

    track: NotRequired[Literal["inbound", "outbound", "both"]]
    """Which side of a call is recorded."""


class RecordingStatusCallbackArgsDict(TypedDict):
    """Where Twilio sends status changes of a recording."""

    url: ReadOnly[pulumi.Input[str]]
    """The URL that Twilio requests."""

    method: NotRequired[ReadOnly[pulumi.Input[Literal["GET", "POST"] | None]]]
    """The HTTP method of that request."""

    events: NotRequired[
        ReadOnly[
            pulumi.Input[
                Sequence[pulumi.Input[Literal["in-progress", "completed", "absent", "failed"]]] | None
            ]
        ]
    ]
    """The status changes that are sent; `completed` if omitted."""


class RecordingStatusCallback(TypedDict):
    """Where Twilio sends status changes of a recording."""

    url: str
    """The URL that Twilio requests."""

    method: Literal["GET", "POST"]
    """The HTTP method of that request."""

    events: list[Literal["in-progress", "completed", "absent", "failed"]]
    """The status changes that are sent; `completed` if omitted."""


class RecordingFeatureArgsDict(TypedDict):
    """Something that happens with each recording."""

    type: NotRequired[ReadOnly[pulumi.Input[Literal["transcriptionConfiguration"] | None]]]
    """What happens: the recording is transcribed."""

    feature_id: ReadOnly[pulumi.Input[str]]
    """The id of the transcription configuration."""

    description: NotRequired[ReadOnly[pulumi.Input[str | None]]]
    """What the feature is for."""


class RecordingFeature(TypedDict):
    """Something that happens with each recording."""

    type: Literal["transcriptionConfiguration"]
    """What happens: the recording is transcribed."""

    feature_id: str
    """The id of the transcription configuration."""

    description: NotRequired[str]
    """What the feature is for."""


class RecordingConfiguration(
    Resource,
    module="twilio/voice",
    name="RecordingConfiguration",
    outputs=(
        "configuration_id",
        "account_sid",
        "date_created",
        "date_updated",
        "unique_name",
        "description",
        "composition_policy",
        "call_recording_status_callback",
        "conference_recording_status_callback",
        "features",
    ),
    urls=(
        "call_recording_status_callback",
        "conference_recording_status_callback",
    ),
):
    """A configuration of recordings of Twilio Voice, which calls and TwiML refer to by its id."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        unique_name: pulumi.Input[str | None] = None,
        description: pulumi.Input[str | None] = None,
        composition_policy: pulumi.Input[CompositionPolicyArgsDict | None] = None,
        call_recording_status_callback: pulumi.Input[RecordingStatusCallbackArgsDict | None] = None,
        conference_recording_status_callback: pulumi.Input[RecordingStatusCallbackArgsDict | None] = None,
        features: pulumi.Input[Sequence[pulumi.Input[RecordingFeatureArgsDict]] | None] = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The name of the resource in the program.
            opts: Options of the resource, such as its provider, parent or `import_`.
            unique_name: A unique name in the account, without spaces; generated from the
                resource's name if omitted.
            description: What the configuration is for.
            composition_policy: How recordings are put together.
            call_recording_status_callback: Where Twilio sends status changes of the recordings of
                calls.
            conference_recording_status_callback: Where Twilio sends status changes of the
                recordings of conferences.
            features: What happens with each recording.
        """
        super().__init__(
            resource_name,
            {
                "unique_name": unique_name,
                "description": description,
                "composition_policy": composition_policy,
                "call_recording_status_callback": call_recording_status_callback,
                "conference_recording_status_callback": conference_recording_status_callback,
                "features": features,
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
    def composition_policy(self) -> pulumi.Output[CompositionPolicy | None]:
        """How recordings are put together."""
        return typed_output(self, "composition_policy")

    @property
    def call_recording_status_callback(self) -> pulumi.Output[RecordingStatusCallback | None]:
        """Where Twilio sends status changes of the recordings of calls."""
        return typed_output(self, "call_recording_status_callback")

    @property
    def conference_recording_status_callback(self) -> pulumi.Output[RecordingStatusCallback | None]:
        """Where Twilio sends status changes of the recordings of conferences."""
        return typed_output(self, "conference_recording_status_callback")

    @property
    def features(self) -> pulumi.Output[list[RecordingFeature] | None]:
        """What happens with each recording."""
        return typed_output(self, "features")


@dataclass(frozen=True)
class GetRecordingConfigurationResult:
    """A configuration of recordings as Twilio shows it."""

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

    composition_policy: CompositionPolicy | None
    """How recordings are put together."""

    call_recording_status_callback: RecordingStatusCallback | None = field(repr=False)
    """Where Twilio sends status changes of the recordings of calls."""

    conference_recording_status_callback: RecordingStatusCallback | None = field(repr=False)
    """Where Twilio sends status changes of the recordings of conferences."""

    features: list[RecordingFeature] | None
    """What happens with each recording."""


_GET = LookUp(
    "twilio/voice:RecordingConfiguration", "get_recording_configuration", GetRecordingConfigurationResult
)
_LIST = LookUp(
    "twilio/voice:RecordingConfiguration",
    "list_recording_configurations",
    GetRecordingConfigurationResult,
    lists=True,
)


def get_recording_configuration(
    *, id: str | None = None, unique_name: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetRecordingConfigurationResult:
    """Show an existing voice recording configuration, without a resource in state.

    Args:
        id: The id of the object. Give either this or `unique_name`.
        unique_name: The name of the object; no two objects share it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get(_GET, {"id": id, "unique_name": unique_name}, opts)


def get_recording_configuration_output(
    *,
    id: pulumi.Input[str | None] = None,
    unique_name: pulumi.Input[str | None] = None,
    opts: pulumi.InvokeOptions | None = None,
) -> pulumi.Output[GetRecordingConfigurationResult]:
    """Show an existing voice recording configuration once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        id: The id of the object. Give either this or `unique_name`.
        unique_name: The name of the object; no two objects share it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get_output(_GET, {"id": id, "unique_name": unique_name}, opts)


def list_recording_configurations(
    *, opts: pulumi.InvokeOptions | None = None
) -> list[GetRecordingConfigurationResult]:
    """List the voice recording configurations of the account, without a resource in state.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all(_LIST, {}, opts)


def list_recording_configurations_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> pulumi.Output[list[GetRecordingConfigurationResult]]:
    """List the voice recording configurations of the account once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all_output(_LIST, {}, opts)
