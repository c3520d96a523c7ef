"""The resource class and the look-ups of `twilio/orchestrator:Configuration`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

import pulumi
from typing_extensions import NotRequired, ReadOnly, TypedDict

from pulumi_switchboard.program import lookups
from pulumi_switchboard.program.look_up import LookUp
from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource
from pulumi_switchboard.program.results import dataclass


class StatusTimeoutsArgsDict(TypedDict):
    """After how long without a message a conversation changes its status."""

    inactive: NotRequired[ReadOnly[pulumi.Input[int | None]]]
    """Minutes without a message until it is inactive."""

    closed: NotRequired[ReadOnly[pulumi.Input[int | None]]]
    """Minutes without a message until it is closed."""


class StatusTimeouts(TypedDict):
    """After how long without a message a conversation changes its status."""

    inactive: NotRequired[int]
    """Minutes without a message until it is inactive."""

    closed: NotRequired[int]
    """Minutes without a message until it is closed."""


class CaptureRuleArgsDict(TypedDict):
    """Which messages or calls are captured."""

    from_: ReadOnly[pulumi.Input[str]]
    """The address of the sender, or `*` for any.

    An address is like `+18005550100`, `whatsapp:+18005550100` or `rcs:brand_acme_agent`.
    """

    to: ReadOnly[pulumi.Input[str]]
    """The address of the receiver, or `*` for any."""

    metadata: NotRequired[ReadOnly[pulumi.Input[Mapping[str, pulumi.Input[str]] | None]]]
    """Further conditions.

    For VOICE, `callType` is one, such as PSTN; for CHAT, `chatService`, which is the SID of a
    service of Conversations v1.
    """


class CaptureRule(TypedDict):
    """Which messages or calls are captured."""

    from_: str
    """The address of the sender, or `*` for any.

    An address is like `+18005550100`, `whatsapp:+18005550100` or `rcs:brand_acme_agent`.
    """

    to: str
    """The address of the receiver, or `*` for any."""

    metadata: NotRequired[dict[str, str]]
    """Further conditions.

    For VOICE, `callType` is one, such as PSTN; for CHAT, `chatService`, which is the SID of a
    service of Conversations v1.
    """


class ChannelSettingArgsDict(TypedDict):
    """How one channel is captured."""

    status_timeouts: NotRequired[ReadOnly[pulumi.Input[StatusTimeoutsArgsDict | None]]]
    """After how long without a message a conversation changes its status."""

    capture_rules: NotRequired[ReadOnly[pulumi.Input[Sequence[pulumi.Input[CaptureRuleArgsDict]] | None]]]
    """Which messages or calls are captured."""


class ChannelSetting(TypedDict):
    """How one channel is captured."""

    status_timeouts: NotRequired[StatusTimeouts]
    """After how long without a message a conversation changes its status."""

    capture_rules: NotRequired[list[CaptureRule]]
    """Which messages or calls are captured."""


class StatusCallbackArgsDict(TypedDict):
    """Where Twilio sends status changes of a conversation."""

    url: ReadOnly[pulumi.Input[str]]
    """The URL that Twilio requests: https, on a public host."""

    method: NotRequired[ReadOnly[pulumi.Input[Literal["GET", "POST"] | None]]]
    """The HTTP method of that request."""


class StatusCallback(TypedDict):
    """Where Twilio sends status changes of a conversation."""

    url: str
    """The URL that Twilio requests: https, on a public host."""

    method: Literal["GET", "POST"]
    """The HTTP method of that request."""


class ConversationsV1BridgeArgsDict(TypedDict):
    """The connection to a service of Conversations v1."""

    service_id: ReadOnly[pulumi.Input[str]]
    """The SID of the service: IS and 32 hexadecimal digits.

    Twilio routes messages through it. A service has one configuration.
    """


class ConversationsV1Bridge(TypedDict):
    """The connection to a service of Conversations v1."""

    service_id: str
    """The SID of the service: IS and 32 hexadecimal digits.

    Twilio routes messages through it. A service has one configuration.
    """


class Configuration(
    Resource,
    module="twilio/orchestrator",
    name="Configuration",
    outputs=(
        "display_name",
        "description",
        "conversation_grouping_type",
        "memory_store_id",
        "channel_settings",
        "status_callbacks",
        "intelligence_configuration_ids",
        "memory_extraction_enabled",
        "conversations_v1_bridge",
        "configuration_id",
        "account_sid",
        "version",
        "created_at",
        "updated_at",
    ),
    urls=("status_callbacks",),
):
    """A configuration of Twilio's Conversation Orchestrator: what is captured, and how it is grouped."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        display_name: pulumi.Input[str],
        description: pulumi.Input[str],
        conversation_grouping_type: pulumi.Input[
            Literal[
                "GROUP_BY_PROFILE",
                "GROUP_BY_PARTICIPANT_ADDRESSES",
                "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
            ]
        ],
        memory_store_id: pulumi.Input[str],
        channel_settings: pulumi.Input[Mapping[str, pulumi.Input[ChannelSettingArgsDict]] | None] = None,
        status_callbacks: pulumi.Input[Sequence[pulumi.Input[StatusCallbackArgsDict]] | None] = None,
        intelligence_configuration_ids: pulumi.Input[Sequence[pulumi.Input[str]] | None] = None,
        memory_extraction_enabled: pulumi.Input[bool | None] = None,
        conversations_v1_bridge: pulumi.Input[ConversationsV1BridgeArgsDict | None] = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The name of the resource in the program.
            opts: Options of the resource, such as its provider, parent or `import_`.
            display_name: What the configuration is called: letters, digits, dashes, underscores
                and spaces.
            description: What the configuration is for.
            conversation_grouping_type: What makes messages one conversation. They have the
                customer's profile, the addresses of the participants, or these addresses and the
                channel in common. A change makes a new configuration.
            memory_store_id: The id of the memory store in which Twilio finds the profiles of
                customers.
            channel_settings: How each channel is captured: VOICE, SMS, RCS, WHATSAPP or CHAT.
            status_callbacks: Where Twilio sends status changes of a conversation.
            intelligence_configuration_ids: The ids of the Conversational Intelligence
                configurations that analyse the conversations.
            memory_extraction_enabled: Whether Twilio extracts memories from the conversations.
            conversations_v1_bridge: The connection to a service of Conversations v1. The channel
                CHAT needs one.
        """
        super().__init__(
            resource_name,
            {
                "display_name": display_name,
                "description": description,
                "conversation_grouping_type": conversation_grouping_type,
                "memory_store_id": memory_store_id,
                "channel_settings": channel_settings,
                "status_callbacks": status_callbacks,
                "intelligence_configuration_ids": intelligence_configuration_ids,
                "memory_extraction_enabled": memory_extraction_enabled,
                "conversations_v1_bridge": conversations_v1_bridge,
            },
            opts,
        )

    @property
    def display_name(self) -> pulumi.Output[str]:
        """What the configuration is called: letters, digits, dashes, underscores and spaces."""
        return typed_output(self, "display_name")

    @property
    def description(self) -> pulumi.Output[str]:
        """What the configuration is for."""
        return typed_output(self, "description")

    @property
    def conversation_grouping_type(
        self,
    ) -> pulumi.Output[
        Literal[
            "GROUP_BY_PROFILE",
            "GROUP_BY_PARTICIPANT_ADDRESSES",
            "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
        ]
    ]:
        """What makes messages one conversation.

        They have the customer's profile, the addresses of the participants, or these addresses
        and the channel in common. A change makes a new configuration.
        """
        return typed_output(self, "conversation_grouping_type")

    @property
    def memory_store_id(self) -> pulumi.Output[str]:
        """The id of the memory store in which Twilio finds the profiles of customers."""
        return typed_output(self, "memory_store_id")

    @property
    def channel_settings(self) -> pulumi.Output[dict[str, ChannelSetting] | None]:
        """How each channel is captured: VOICE, SMS, RCS, WHATSAPP or CHAT."""
        return typed_output(self, "channel_settings")

    @property
    def status_callbacks(self) -> pulumi.Output[list[StatusCallback] | None]:
        """Where Twilio sends status changes of a conversation."""
        return typed_output(self, "status_callbacks")

    @property
    def intelligence_configuration_ids(self) -> pulumi.Output[list[str] | None]:
        """The ids of the Conversational Intelligence configurations that analyse the conversations."""
        return typed_output(self, "intelligence_configuration_ids")

    @property
    def memory_extraction_enabled(self) -> pulumi.Output[bool]:
        """Whether Twilio extracts memories from the conversations."""
        return typed_output(self, "memory_extraction_enabled")

    @property
    def conversations_v1_bridge(self) -> pulumi.Output[ConversationsV1Bridge | None]:
        """The connection to a service of Conversations v1. The channel CHAT needs one."""
        return typed_output(self, "conversations_v1_bridge")

    @property
    def configuration_id(self) -> pulumi.Output[str]:
        """The id of the configuration."""
        return self._object_id

    @property
    def account_sid(self) -> pulumi.Output[str]:
        """The account that the configuration belongs to."""
        return typed_output(self, "account_sid")

    @property
    def version(self) -> pulumi.Output[int | None]:
        """How many times the configuration was written."""
        return typed_output(self, "version")

    @property
    def created_at(self) -> pulumi.Output[str | None]:
        """When the configuration was created, if Twilio says so."""
        return typed_output(self, "created_at")

    @property
    def updated_at(self) -> pulumi.Output[str | None]:
        """When the configuration was last changed, if Twilio says so."""
        return typed_output(self, "updated_at")


@dataclass(frozen=True)
class GetConfigurationResult:
    """A configuration as Twilio shows it."""

    display_name: str
    """What the configuration is called: letters, digits, dashes, underscores and spaces."""

    description: str
    """What the configuration is for."""

    conversation_grouping_type: Literal[
        "GROUP_BY_PROFILE",
        "GROUP_BY_PARTICIPANT_ADDRESSES",
        "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
    ]
    """What makes messages one conversation.

    They have the customer's profile, the addresses of the participants, or these addresses
    and the channel in common. A change makes a new configuration.
    """

    memory_store_id: str
    """The id of the memory store in which Twilio finds the profiles of customers."""

    channel_settings: dict[str, ChannelSetting] | None
    """How each channel is captured: VOICE, SMS, RCS, WHATSAPP or CHAT."""

    status_callbacks: list[StatusCallback] | None = field(repr=False)
    """Where Twilio sends status changes of a conversation."""

    intelligence_configuration_ids: list[str] | None
    """The ids of the Conversational Intelligence configurations that analyse the conversations."""

    memory_extraction_enabled: bool
    """Whether Twilio extracts memories from the conversations."""

    conversations_v1_bridge: ConversationsV1Bridge | None
    """The connection to a service of Conversations v1. The channel CHAT needs one."""

    configuration_id: str
    """The id of the configuration."""

    account_sid: str
    """The account that the configuration belongs to."""

    version: int | None
    """How many times the configuration was written."""

    created_at: str | None
    """When the configuration was created, if Twilio says so."""

    updated_at: str | None
    """When the configuration was last changed, if Twilio says so."""


_GET = LookUp("twilio/orchestrator:Configuration", "get_configuration", GetConfigurationResult)
_LIST = LookUp("twilio/orchestrator:Configuration", "list_configurations", GetConfigurationResult, lists=True)


def get_configuration(
    *, id: str | None = None, display_name: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetConfigurationResult:
    """Show an existing orchestrator configuration, without a resource in state.

    Args:
        id: The id of the object. Give either this or `display_name`.
        display_name: The name of the object; it is an error if several objects have it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get(_GET, {"id": id, "display_name": display_name}, opts)


def get_configuration_output(
    *,
    id: pulumi.Input[str | None] = None,
    display_name: pulumi.Input[str | None] = None,
    opts: pulumi.InvokeOptions | None = None,
) -> pulumi.Output[GetConfigurationResult]:
    """Show an existing orchestrator configuration once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        id: The id of the object. Give either this or `display_name`.
        display_name: The name of the object; it is an error if several objects have it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get_output(_GET, {"id": id, "display_name": display_name}, opts)


def list_configurations(
    *, memory_store_id: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> list[GetConfigurationResult]:
    """List the orchestrator configurations of the account, without a resource in state.

    Args:
        memory_store_id: Only those with this value: The id of the memory store in which
            Twilio finds the profiles of customers.
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all(_LIST, {"memory_store_id": memory_store_id}, opts)


def list_configurations_output(
    *, memory_store_id: pulumi.Input[str | None] = None, opts: pulumi.InvokeOptions | None = None
) -> pulumi.Output[list[GetConfigurationResult]]:
    """List the orchestrator configurations of the account once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        memory_store_id: Only those with this value: The id of the memory store in which
            Twilio finds the profiles of customers.
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all_output(_LIST, {"memory_store_id": memory_store_id}, opts)
