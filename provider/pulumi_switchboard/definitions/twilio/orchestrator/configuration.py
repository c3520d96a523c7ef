"""Conversation Orchestrator configurations: Conversations API v2, `/v2/ControlPlane/Configurations`.

Every write is accepted with 202 and carried out by an operation. PUT replaces the whole object: what it
leaves out is gone. The server fills in nulls and defaults of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field

from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.operated import Operated
from pulumi_switchboard.core.operations import Accepted, Operation
from pulumi_switchboard.errors import LostAnswerError, NotFoundError
from pulumi_switchboard.fields.models import Account, Id, Model, Replaces, State, Unordered, Version, WarnIf
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.fields.wire import from_wire, replacement, to_wire
from pulumi_switchboard.vendors.twilio.client import Twilio, pages, segment
from pulumi_switchboard.vendors.twilio.operations import accepted, instant, operation

PRODUCT = "conversations"
PATH = "/v2/ControlPlane/Configurations"
OPERATIONS = "/v2/ControlPlane/Operations"
RELATED = "configurationId"
PAGE_SIZE = 100
SHOWN, ANNOUNCED = "conv_configuration_", "cfg_configuration_"
"""How an id begins where Twilio shows the object, and, in some of its examples, where it announces it."""
READ_ONLY = ("id", "accountSid", "createdAt", "updatedAt", "version")
CHANNELS = ("VOICE", "SMS", "RCS", "WHATSAPP", "CHAT")


def _channels_known(settings: Any) -> str | None:
    unknown = [name for name in settings if name not in CHANNELS] if isinstance(settings, Mapping) else []
    known = ", ".join(CHANNELS)
    return f"has channels that Twilio does not document; documented are {known}" if unknown else None


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-zA-Z0-9-_ ]+", text):
        raise ValueError("must consist of letters, digits, dashes, underscores and spaces")
    return text


def _service(text: str) -> str:
    if not re.fullmatch(r"IS[0-9a-fA-F]{32}", text):
        raise ValueError("must be the SID of a Conversations service: IS and 32 hexadecimal digits")
    return text


class StatusTimeouts(Model):
    """After how long without a message a conversation changes its status."""

    inactive: Annotated[int | None, Field(ge=1)] = None
    """Minutes until it is inactive."""
    closed: Annotated[int | None, Field(ge=1)] = None
    """Minutes until it is closed."""


class CaptureRule(Model):
    """Which messages or calls are captured."""

    from_: str
    """The address of the sender, or `*` for any."""
    to: str
    """The address of the receiver, or `*` for any."""
    metadata: dict[str, str] | None = None
    """Further conditions, as `callType` for VOICE."""


class ChannelSetting(Model):
    """How one channel is captured."""

    status_timeouts: StatusTimeouts | None = None
    """After how long without a message a conversation changes its status."""
    capture_rules: Annotated[list[CaptureRule] | None, Unordered(), Field(max_length=100)] = None
    """Which messages or calls are captured."""


class StatusCallback(Model):
    """Where Twilio announces what becomes of a conversation."""

    url: WebhookUrl
    """The URL that Twilio requests."""
    method: Literal["GET", "POST"] = "POST"
    """The HTTP method of that request."""


class ConversationsV1Bridge(Model):
    """The connection to a service of Conversations v1."""

    service_id: Annotated[str, AfterValidator(_service)]
    """The SID of the service, through which messages are routed."""


class ConfigurationInputs(Model):
    """A configuration of Twilio's Conversation Orchestrator: what is captured, and how it is grouped."""

    display_name: Annotated[str, Field(max_length=32), AfterValidator(_name)]
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
    """What makes messages one conversation. A change makes a new configuration."""
    memory_store_id: Annotated[str, Field(min_length=1)]
    """The id of the memory store that profiles are resolved with."""
    channel_settings: Annotated[dict[str, ChannelSetting] | None, WarnIf(_channels_known)] = None
    """How each channel is captured: VOICE, SMS, RCS, WHATSAPP or CHAT."""
    status_callbacks: Annotated[list[StatusCallback] | None, Unordered(), Field(max_length=2)] = None
    """Where Twilio announces what becomes of a conversation."""
    intelligence_configuration_ids: Annotated[list[str] | None, Unordered(), Field(max_length=5)] = None
    """The ids of the Conversational Intelligence configurations that listen in."""
    memory_extraction_enabled: bool = False
    """Whether memories are extracted from conversations."""
    conversations_v1_bridge: ConversationsV1Bridge | None = None
    """The connection to a service of Conversations v1."""


class ConfigurationState(ConfigurationInputs, State):
    """A configuration as Twilio shows it."""

    configuration_id: Annotated[str, Id()]
    """The id of the configuration."""
    account_sid: Annotated[str, Account()]
    """The account that the configuration belongs to."""
    version: Annotated[int | None, Version()] = None
    """How many times the configuration was written."""
    created_at: str | None = None
    """When the configuration was created, if Twilio says so."""
    updated_at: str | None = None
    """When the configuration was last changed, if Twilio says so."""


Orchestrator = Call[Twilio]


class Configuration(Operated[ConfigurationInputs, ConfigurationState, Twilio]):
    """How an Orchestrator configuration lives."""

    key: ClassVar[str] = "twilio/orchestrator:Configuration"
    vendor = Twilio
    inputs = ConfigurationInputs
    state = ConfigurationState

    def submit_create(
        self, call: Orchestrator, inputs: ConfigurationInputs, key: str
    ) -> Accepted | ConfigurationState:
        """Ask for the configuration."""
        response = call.client.exchange("POST", PRODUCT, PATH, to_wire(inputs), key=key)
        answer = accepted(response, RELATED)
        if answer is None:
            return _state(call, response.json())
        return replace(answer, object_ids=_meant(answer.object_ids))

    def read(self, call: Orchestrator, id: str) -> ConfigurationState | None:
        """The configuration with this id."""
        try:
            return _state(call, call.client.get(PRODUCT, f"{PATH}/{segment(id)}"))
        except NotFoundError:
            return None

    def list_all(self, call: Orchestrator) -> Iterator[ConfigurationState]:
        """All configurations of the account."""
        return _listed(call, {})

    def submit_update(
        self,
        call: Orchestrator,
        id: str,
        live: ConfigurationState,
        inputs: ConfigurationInputs,
        key: str,
    ) -> Accepted | ConfigurationState:
        """Replace the configuration, members that we do not know kept as they are."""
        shown = {name: value for name, value in live.body.items() if name not in READ_ONLY}
        body = replacement(ConfigurationInputs, shown, {"channelSettings": {}, **to_wire(inputs)})
        response = call.client.exchange("PUT", PRODUCT, f"{PATH}/{segment(id)}", body, key=key)
        return accepted(response, RELATED) or _state(call, response.json())

    def submit_delete(self, call: Orchestrator, id: str, key: str) -> Accepted | None:
        """Delete the configuration."""
        return accepted(call.client.exchange("DELETE", PRODUCT, f"{PATH}/{segment(id)}", key=key), RELATED)

    def look(self, call: Orchestrator, operation_id: str) -> Operation:
        """The operation as it is now."""
        shown = operation(call.client, PRODUCT, OPERATIONS, operation_id, RELATED)
        return replace(shown, object_ids=_meant(shown.object_ids))

    def named(self, call: Orchestrator, inputs: ConfigurationInputs) -> list[ConfigurationState]:
        """All configurations of the memory store that have the name."""
        found = _listed(call, {"memoryStoreId": inputs.memory_store_id})
        return [state for state in found if state.display_name == inputs.display_name]

    def made_at(self, state: ConfigurationState) -> float | None:
        """When the configuration was created."""
        return instant(state.created_at)

    def expected(self, call: Orchestrator, id: str, inputs: ConfigurationInputs) -> ConfigurationState:
        """The configuration that the arguments ask for."""
        known = {"configuration_id": id, "account_sid": call.client.origin.account}
        return to_model(ConfigurationState, {**to_bag(inputs), **known})


def _meant(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that an object may have which is announced with these, its own first."""
    own = (one.replace(ANNOUNCED, SHOWN, 1) if one.startswith(ANNOUNCED) else one for one in ids)
    return tuple(dict.fromkeys((*own, *ids)))


def _listed(call: Orchestrator, filters: Mapping[str, str]) -> Iterator[ConfigurationState]:
    """The configurations that these filters leave."""
    query = {**filters, "pageSize": str(PAGE_SIZE)}
    found = pages(call.client, PRODUCT, PATH, query, items="configurations", token="nextToken")  # noqa: S106
    return (_state(call, body) for body in found)


def _state(call: Orchestrator, body: Any) -> ConfigurationState:
    """The configuration that Twilio shows."""
    own_id = body.get("id") or body.get("sid") if isinstance(body, Mapping) else None
    if not isinstance(own_id, str) or not own_id:
        raise LostAnswerError("the answer is not a configuration")
    account = body.get("accountSid") or call.client.origin.account
    shown = {**from_wire(ConfigurationState, body), "configuration_id": own_id, "account_sid": account}
    return to_model(ConfigurationState, shown).model_copy(update={"body": dict(body)})


definition = Configuration()
