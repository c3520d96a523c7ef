"""Conversation Orchestrator configurations: Conversations API v2, `/v2/ControlPlane/Configurations`.

Every write is accepted with 202 and carried out by an operation. PUT replaces the whole object: what it
leaves out is gone. The server fills in nulls and defaults of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from pulumi_switchboard.fields.models import (
    Account,
    CreatedAt,
    Id,
    Model,
    Replaces,
    State,
    Unordered,
    Version,
    WarnIf,
    Wire,
)
from pulumi_switchboard.fields.rules import matches
from pulumi_switchboard.fields.suggestions import did_you_mean
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.resource.definition import Definition, Evidence
from pulumi_switchboard.rest.collection import Collection, Update
from pulumi_switchboard.rest.operations import Operations
from pulumi_switchboard.rest.paging import Pages
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.vendor import Product

CHANNELS = ("VOICE", "SMS", "RCS", "WHATSAPP", "CHAT")
NAME = matches(r"[a-zA-Z0-9-_ ]+", "must consist of letters, digits, dashes, underscores and spaces")
SERVICE_SID = matches(
    r"IS[0-9a-fA-F]{32}", "must be the SID of a Conversations service: IS and 32 hexadecimal digits"
)


def _channels_known(settings: Any) -> str | None:
    names = settings if isinstance(settings, Mapping) else {}
    unknown = [name for name in names if isinstance(name, str) and name not in CHANNELS]
    if not unknown:
        return None
    meant = "".join(dict.fromkeys(did_you_mean(name, CHANNELS) for name in unknown))
    return f"has channels that Twilio does not document{meant}; documented are {', '.join(CHANNELS)}"


class StatusTimeouts(Model):
    """After how long without a message a conversation changes its status."""

    inactive: Annotated[int | None, Field(ge=1)] = None
    """Minutes without a message until it is inactive."""
    closed: Annotated[int | None, Field(ge=1)] = None
    """Minutes without a message until it is closed."""


class CaptureRule(Model):
    """Which messages or calls are captured."""

    from_: str
    """The address of the sender, or `*` for any. An address is like `+18005550100`, `whatsapp:+18005550100`
    or `rcs:brand_acme_agent`."""
    to: str
    """The address of the receiver, or `*` for any."""
    metadata: dict[str, str] | None = None
    """Further conditions. For VOICE, `callType` is one, such as PSTN; for CHAT, `chatService`, which is the
    SID of a service of Conversations v1."""


class ChannelSetting(Model):
    """How one channel is captured."""

    status_timeouts: StatusTimeouts | None = None
    """After how long without a message a conversation changes its status."""
    capture_rules: Annotated[list[CaptureRule] | None, Unordered(), Field(max_length=100)] = None
    """Which messages or calls are captured."""


class StatusCallback(Model):
    """Where Twilio sends status changes of a conversation."""

    url: WebhookUrl
    """The URL that Twilio requests: https, on a public host."""
    method: Literal["GET", "POST"] = "POST"
    """The HTTP method of that request."""


class ConversationsV1Bridge(Model):
    """The connection to a service of Conversations v1."""

    service_id: Annotated[str, SERVICE_SID]
    """The SID of the service: IS and 32 hexadecimal digits. Twilio routes messages through it. A service
    has one configuration."""


class ConfigurationInputs(Model):
    """A configuration of Twilio's Conversation Orchestrator: what is captured, and how it is grouped."""

    display_name: Annotated[str, Field(max_length=32), NAME]
    """What the configuration is called: letters, digits, dashes, underscores and spaces."""
    description: Annotated[str, Field(max_length=512)]
    """What the configuration is for."""
    conversation_grouping_type: Annotated[
        Literal[
            "GROUP_BY_PROFILE",
            "GROUP_BY_PARTICIPANT_ADDRESSES",
            "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
        ],
        Replaces(),
    ]
    """What makes messages one conversation. They have the customer's profile, the addresses of the
    participants, or these addresses and the channel in common. A change makes a new configuration."""
    memory_store_id: Annotated[str, Field(min_length=1)]
    """The id of the memory store in which Twilio finds the profiles of customers."""
    channel_settings: Annotated[dict[str, ChannelSetting] | None, WarnIf(_channels_known)] = None
    """How each channel is captured: VOICE, SMS, RCS, WHATSAPP or CHAT."""
    status_callbacks: Annotated[list[StatusCallback] | None, Unordered(), Field(max_length=2)] = None
    """Where Twilio sends status changes of a conversation."""
    intelligence_configuration_ids: Annotated[list[str] | None, Unordered(), Field(max_length=5)] = None
    """The ids of the Conversational Intelligence configurations that analyse the conversations."""
    memory_extraction_enabled: bool = False
    """Whether Twilio extracts memories from the conversations."""
    conversations_v1_bridge: ConversationsV1Bridge | None = None
    """The connection to a service of Conversations v1. The channel CHAT needs one."""


class ConfigurationState(ConfigurationInputs, State):
    """A configuration as Twilio shows it."""

    configuration_id: Annotated[str, Id(), Wire("id", "sid")]
    """The id of the configuration."""
    account_sid: Annotated[str, Account()]
    """The account that the configuration belongs to."""
    version: Annotated[int | None, Version()] = None
    """How many times the configuration was written."""
    created_at: Annotated[str | None, CreatedAt()] = None
    """When the configuration was created, if Twilio says so."""
    updated_at: str | None = None
    """When the configuration was last changed, if Twilio says so."""


def _possible_ids(announced: str) -> tuple[str, ...]:
    """The ids that an object may have whose id is announced like this: some examples have another prefix."""
    own = re.sub("^cfg_configuration_", "conv_configuration_", announced)
    return tuple(dict.fromkeys((own, announced)))


definition = Definition(
    "twilio/orchestrator:Configuration",
    ConfigurationInputs,
    ConfigurationState,
    Collection(
        Product(TWILIO, "conversations"),
        "/v2/ControlPlane/Configurations",
        Update.PUT_REPLACES,
        always_updated={"channel_settings": {}},
        pages=Pages("configurations", "nextToken", filters=("memory_store_id",)),
        label="display_name",
        has_idempotency_keys=True,
        operations=Operations(
            "/v2/ControlPlane/Operations", ("related.configurationId", "result.id"), _possible_ids
        ),
    ),
    Evidence(
        "Twilio Conversation Orchestrator (Conversations v2), configurations",
        "https://www.twilio.com/docs/api/conversations/v2/Configuration",
        access="Conversation Orchestrator needs Twilio's terms for AI features, accepted in Twilio's Console",
        specification="the paths, the fields and their limits, the operations, and the idempotency keys",
        documentation="which statuses end an operation, that a PUT removes what it leaves out, that the "
        "grouping type can't be changed, what callbacks have to be like, and what the channel CHAT needs",
        third_party="which answers name the id of a new configuration, and what Twilio adds to a channel",
        assumption="that the order of capture rules, callbacks and ids means nothing",
    ),
)
