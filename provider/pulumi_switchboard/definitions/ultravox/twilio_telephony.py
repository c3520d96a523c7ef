"""Ultravox's access to a Twilio account: Ultravox API, `/api/telephony_configs/twilio`.

An Ultravox account has one or none. POST creates it, PATCH changes the members that are sent, DELETE removes
it. The auth token is never shown, except for its first characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import Self

from pulumi_switchboard.account_settings.setting import AccountSetting, OnDestroy
from pulumi_switchboard.errors import LostAnswerError, NotFoundError
from pulumi_switchboard.fields.models import (
    AccountSettingInputs,
    Caseless,
    Secret,
    State,
    Unordered,
    Unsent,
    WriteOnly,
)
from pulumi_switchboard.fields.tree import sent_fields
from pulumi_switchboard.fields.typed_values import member, to_bag, to_model
from pulumi_switchboard.fields.wire import wire_name
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import Definition
from pulumi_switchboard.vendors.twilio.account import ACCOUNT_SID
from pulumi_switchboard.vendors.ultravox.client import ULTRAVOX, Ultravox

PATH = "/api/telephony_configs/twilio"
MOST_AGENTS = 100
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
SHOWN = re.compile(r"[0-9A-Za-z]+")
"""What a prefix shows of the token; signs that stand for the rest of it may follow."""


def _account_sid(sid: str) -> str:
    if not ACCOUNT_SID.fullmatch(sid):
        raise ValueError("is not the SID of a Twilio account: AC and 32 hexadecimal digits")
    return sid


def _uuid(id: str) -> str:
    if not UUID.fullmatch(id):
        raise ValueError("is not the id of an agent: a UUID such as 123e4567-e89b-12d3-a456-426614174000")
    return id


AgentId = Annotated[str, AfterValidator(_uuid)]


class TwilioTelephonyInputs(AccountSettingInputs):
    """The Twilio account that Ultravox uses for phone calls, and which agents a call may reach.

    An Ultravox account has one. An argument that is left out is not managed: it keeps the value that it has;
    one that was given and is left out later is cleared. `call_creation_allowed_agent_ids` and
    `call_creation_allow_all_agents` are managed together: if you give one, both are managed.
    """

    account_sid: Annotated[str, AfterValidator(_account_sid)]
    """The SID of the Twilio account."""
    auth_token: Annotated[str, Field(min_length=1), Secret(), WriteOnly()]
    """The auth token of the Twilio account. Ultravox never shows it; a change made elsewhere is noticed by
    its first characters, if those differ."""
    call_creation_allowed_agent_ids: Annotated[
        list[AgentId] | None, Field(max_length=MOST_AGENTS), Unordered(once=True), Caseless()
    ] = None
    """The ids of the agents that incoming calls may reach, at most 100."""
    call_creation_allow_all_agents: bool | None = None
    """Whether incoming calls may reach any agent."""
    request_context_mapping: dict[str, str] | None = None
    """Which field of the incoming request becomes which field of the call's context. The dots of
    `{"From": "caller.number"}` lead into an object."""
    on_destroy: Annotated[OnDestroy, Unsent()] = "restore"
    """What `destroy` does with the telephony. `restore`: it is removed if there was
    none before; else each argument that this resource has ever given gets the value back that was found, if
    it still holds ours. A token that was there before can't be read, so unless it is the very one that the
    program gives, `restore` is refused. `reset`: the telephony is removed. `retain`: it stays, the token
    included. With `restore`, what someone else has changed since is left, with a warning."""

    @model_validator(mode="after")
    def _all_or_some(self) -> Self:
        if self.call_creation_allow_all_agents and self.call_creation_allowed_agent_ids:
            raise ValueError(
                "call_creation_allow_all_agents and call_creation_allowed_agent_ids exclude each other: "
                "give one of the two"
            )
        return self


MEMBERS = {name: wire_name(name) for name in sent_fields(TwilioTelephonyInputs)}
"""What the arguments are called by Ultravox."""


class TwilioTelephonyState(TwilioTelephonyInputs, State):
    """Ultravox's access to a Twilio account as Ultravox shows it."""

    auth_token_prefix: Annotated[str | None, Secret()] = None
    """The first characters of the auth token, all that Ultravox shows of it. A secret, as the token is."""


Context: TypeAlias = ResourceContext[Ultravox]


def _read(context: Context) -> TwilioTelephonyState | None:
    """The telephony, without the token."""
    try:
        return _state(context.client.get(PATH))
    except NotFoundError:
        return None


def _write(
    context: Context, live: TwilioTelephonyState | None, inputs: TwilioTelephonyInputs
) -> TwilioTelephonyState:
    """Create the telephony, or change the members that the inputs give."""
    body = {MEMBERS[name]: value for name, value in to_bag(inputs).items() if name in MEMBERS}
    send = context.client.post if live is None else context.client.patch
    return _state(send(PATH, body))


def _reset(context: Context) -> None:
    """Remove the telephony: then Ultravox has no access to Twilio."""
    context.client.delete(PATH)


def _holds(live: TwilioTelephonyState, known: TwilioTelephonyState) -> bool | None:
    """Whether the account and the first characters of the token are those that we know."""
    if live.account_sid != known.account_sid or not isinstance(known.auth_token, str):
        return False
    shown = SHOWN.match(live.auth_token_prefix or "")
    return known.auth_token.startswith(shown[0]) if shown else None


def _state(body: Any) -> TwilioTelephonyState:
    """The telephony that Ultravox shows; a member that is left out is empty."""
    if not isinstance(body, Mapping) or not isinstance(body.get("accountSid"), str):
        raise LostAnswerError("the answer is not a Twilio telephony configuration")
    shown = {name: body.get(member_name) for name, member_name in MEMBERS.items()}
    prefix = member(body, "authTokenPrefix").get("prefix")
    return to_model(
        TwilioTelephonyState,
        {
            **shown,
            "call_creation_allow_all_agents": bool(shown["call_creation_allow_all_agents"]),
            "auth_token": None,
            "auth_token_prefix": prefix if isinstance(prefix, str) else None,
        },
    ).model_copy(update={"body": dict(body)})


definition = Definition(
    key="ultravox:TwilioTelephony",
    vendor=ULTRAVOX,
    inputs=TwilioTelephonyInputs,
    state=TwilioTelephonyState,
    api=AccountSetting(
        noun="the Ultravox account's Twilio telephony",
        id=lambda _: "twilio",
        read=_read,
        write=_write,
        reset=_reset,
        empty={
            "call_creation_allowed_agent_ids": [],
            "call_creation_allow_all_agents": False,
            "request_context_mapping": {},
        },
        groups=(
            ("account_sid", "auth_token"),
            ("call_creation_allowed_agent_ids", "call_creation_allow_all_agents"),
        ),
        holds=_holds,
    ),
)
