"""Conversation Orchestrator configurations: Conversations API v2, `/v2/ControlPlane/Configurations`.

Every write is accepted with 202 and carried out by an operation. PUT replaces the whole object: what it
leaves out is gone. The server fills in nulls and defaults of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, Field

from pulumi_switchboard.errors import LostAnswerError, NotFoundError
from pulumi_switchboard.fields.models import Account, Id, Model, Replaces, State, Unordered, Version, WarnIf
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.fields.wire import from_wire, replacement, to_wire
from pulumi_switchboard.operations.api import LongRunning
from pulumi_switchboard.operations.collection import long_running
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import Definition
from pulumi_switchboard.vendors.operation import Operation, OperationStarted
from pulumi_switchboard.vendors.twilio.client import TWILIO, Twilio, pages, segment
from pulumi_switchboard.vendors.twilio.operations import instant, operation, operation_started

PRODUCT = "conversations"
PATH = "/v2/ControlPlane/Configurations"
OPERATIONS = "/v2/ControlPlane/Operations"
RELATED = "configurationId"
PAGE_SIZE = 100
SHOWN, ANNOUNCED = "conv_configuration_", "cfg_configuration_"
"""The id prefix of objects, and the prefix in some examples of operations."""
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
    """Further conditions, such as `callType` for VOICE."""


class ChannelSetting(Model):
    """How one channel is captured."""

    status_timeouts: StatusTimeouts | None = None
    """After how long without a message a conversation changes its status."""
    capture_rules: Annotated[list[CaptureRule] | None, Unordered(), Field(max_length=100)] = None
    """Which messages or calls are captured."""


class StatusCallback(Model):
    """Where Twilio sends status changes of a conversation."""

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
    """Where Twilio sends status changes of a conversation."""
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


Context: TypeAlias = ResourceContext[Twilio]


def _read(context: Context, id: str) -> ConfigurationState | None:
    try:
        return _state(context, context.client.get(PRODUCT, f"{PATH}/{segment(id)}"))
    except NotFoundError:
        return None


def _submit_create(
    context: Context, inputs: ConfigurationInputs, key: str
) -> OperationStarted | ConfigurationState:
    response = context.client.exchange("POST", PRODUCT, PATH, to_wire(inputs), key=key)
    started = operation_started(response, RELATED)
    if started is None:
        return _state(context, response.json())
    return replace(started, object_ids=_possible_ids(started.object_ids))


def _submit_update(
    context: Context, id: str, live: ConfigurationState, inputs: ConfigurationInputs, key: str
) -> OperationStarted | ConfigurationState:
    """Replace the configuration; members that we do not model are kept."""
    shown = {name: value for name, value in live.body.items() if name not in READ_ONLY}
    body = replacement(ConfigurationInputs, shown, {"channelSettings": {}, **to_wire(inputs)})
    response = context.client.exchange("PUT", PRODUCT, f"{PATH}/{segment(id)}", body, key=key)
    return operation_started(response, RELATED) or _state(context, response.json())


def _submit_delete(context: Context, id: str, key: str) -> OperationStarted | None:
    response = context.client.exchange("DELETE", PRODUCT, f"{PATH}/{segment(id)}", key=key)
    return operation_started(response, RELATED)


def _operation(context: Context, operation_id: str) -> Operation:
    shown = operation(context.client, PRODUCT, OPERATIONS, operation_id, RELATED)
    return replace(shown, object_ids=_possible_ids(shown.object_ids))


def _list(context: Context, filters: Mapping[str, str] | None = None) -> Iterator[ConfigurationState]:
    """The configurations of the account that pass these filters."""
    query = {**(filters or {}), "pageSize": str(PAGE_SIZE)}
    found = pages(context.client, PRODUCT, PATH, query, items="configurations", token="nextToken")  # noqa: S106
    return (_state(context, body) for body in found)


def _with_name_of(context: Context, inputs: ConfigurationInputs) -> list[ConfigurationState]:
    """The configurations of the memory store that have the name."""
    found = _list(context, {"memoryStoreId": inputs.memory_store_id})
    return [state for state in found if state.display_name == inputs.display_name]


def _expected(context: Context, id: str, inputs: ConfigurationInputs) -> ConfigurationState:
    known = {"configuration_id": id, "account_sid": context.origin.account}
    return to_model(ConfigurationState, {**to_bag(inputs), **known})


def _possible_ids(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that an object with these announced ids may have, its own first."""
    own = (re.sub(f"^{ANNOUNCED}", SHOWN, announced) for announced in ids)
    return tuple(dict.fromkeys((*own, *ids)))


def _state(context: Context, body: Any) -> ConfigurationState:
    """The configuration that Twilio shows."""
    own_id = body.get("id") or body.get("sid") if isinstance(body, Mapping) else None
    if not isinstance(own_id, str) or not own_id:
        raise LostAnswerError("the answer is not a configuration")
    account = body.get("accountSid") or context.origin.account
    shown = {**from_wire(ConfigurationState, body), "configuration_id": own_id, "account_sid": account}
    return to_model(ConfigurationState, shown).model_copy(update={"body": dict(body)})


definition = Definition(
    key="twilio/orchestrator:Configuration",
    vendor=TWILIO,
    inputs=ConfigurationInputs,
    state=ConfigurationState,
    api=long_running(
        LongRunning(
            read=_read,
            list=_list,
            submit_create=_submit_create,
            submit_update=_submit_update,
            submit_delete=_submit_delete,
            operation=_operation,
            with_name_of=_with_name_of,
            created_at=lambda state: instant(state.created_at),
            expected=_expected,
        )
    ),
)
