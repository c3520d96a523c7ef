"""Ultravox's access to a Twilio account: Ultravox API, `/api/telephony_configs/twilio`.

An Ultravox account has one or none. POST creates it, PATCH changes the members that are sent, DELETE removes
it. The auth token is never shown, except for its first characters.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, model_validator
from typing_extensions import Self

from pulumi_switchboard.fields.models import (
    AccountSettingInputs,
    Caseless,
    Secret,
    State,
    Unordered,
    Unsent,
    Wire,
    WriteOnly,
)
from pulumi_switchboard.fields.rules import matches
from pulumi_switchboard.resource.definition import Definition, Evidence
from pulumi_switchboard.rest.account_setting import AccountSetting, OnDestroy, Write
from pulumi_switchboard.vendors.twilio.credentials import ACCOUNT_SID
from pulumi_switchboard.vendors.ultravox.client import ULTRAVOX
from pulumi_switchboard.vendors.vendor import Product

MOST_AGENTS = 100
SHOWN = re.compile(r"[0-9A-Za-z]+")
"""What a prefix shows of the token; signs that stand for the rest of it may follow."""


ACCOUNT = matches(ACCOUNT_SID.pattern, "is not the SID of a Twilio account: AC and 32 hexadecimal digits")
AGENT_ID = matches(
    r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "is not the id of an agent: a UUID such as 123e4567-e89b-12d3-a456-426614174000",
)


class TwilioTelephonyInputs(AccountSettingInputs):
    """The Twilio account that Ultravox uses for phone calls, and which agents a call may reach.

    An Ultravox account has one. An argument that is left out is not managed: it keeps the value that it has;
    one that was given and is left out later is cleared. `call_creation_allowed_agent_ids` and
    `call_creation_allow_all_agents` are managed together: if you give one, both are managed.
    """

    account_sid: Annotated[str, ACCOUNT]
    """The SID of the Twilio account: AC and 32 hexadecimal digits."""
    auth_token: Annotated[str, Field(min_length=1), Secret(), WriteOnly()]
    """The auth token of the Twilio account. Ultravox never shows it; a change made elsewhere is noticed by
    its first characters, if those differ."""
    call_creation_allowed_agent_ids: Annotated[
        list[Annotated[str, AGENT_ID]] | None, Field(max_length=MOST_AGENTS), Unordered(once=True), Caseless()
    ] = None
    """The ids of the agents that incoming calls may reach, which are UUIDs."""
    call_creation_allow_all_agents: bool | None = None
    """Whether incoming calls may reach any agent, and not only those that are listed."""
    request_context_mapping: dict[str, str] | None = None
    """Which field of the incoming request becomes which field of the call's context. An example is
    `{"From": "caller.number"}`; a dot leads into an object."""
    on_destroy: Annotated[OnDestroy, Unsent()] = "restore"
    """What `destroy` does with the telephony. `restore`: it is removed if there was none before; otherwise
    each argument that this resource has ever given gets its value from before, if it still has the program's
    value. A token from before can't be read, so `restore` is refused unless the program gives the same
    token. `reset`: the telephony is removed. `retain`: it stays, the token included. With `restore`, what
    someone else has changed since is left, with a warning."""

    @model_validator(mode="after")
    def _all_or_some(self) -> Self:
        if self.call_creation_allow_all_agents and self.call_creation_allowed_agent_ids:
            raise ValueError(
                "call_creation_allow_all_agents and call_creation_allowed_agent_ids exclude each other: "
                "give one of the two"
            )
        return self


class TwilioTelephonyState(TwilioTelephonyInputs, State):
    """Ultravox's access to a Twilio account as Ultravox shows it."""

    auth_token_prefix: Annotated[str | None, Secret(), Wire("authTokenPrefix.prefix")] = None
    """The first characters of the auth token, all that Ultravox shows of it. A secret, as the token is."""


def _holds(live: TwilioTelephonyState, known: TwilioTelephonyState) -> bool | None:
    """Whether the account and the first characters of the token are those that we know."""
    if live.account_sid != known.account_sid or not isinstance(known.auth_token, str):
        return False
    prefix = live.auth_token_prefix
    shown = SHOWN.match(prefix) if isinstance(prefix, str) else None
    return known.auth_token.startswith(shown[0]) if shown else None


definition = Definition(
    "ultravox:TwilioTelephony",
    TwilioTelephonyInputs,
    TwilioTelephonyState,
    AccountSetting(
        Product(ULTRAVOX, "api"),
        "/api/telephony_configs/twilio",
        "the Ultravox account's Twilio telephony",
        writes=Write.PATCH_MERGES,
        id="twilio",
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
    Evidence(
        "Ultravox, the account's access to Twilio",
        "https://docs.ultravox.ai/api-reference/telephony/twilio-patch",
        specification="the paths, the fields and their limits, and that the token is never shown",
        documentation="that a list of agents and all agents exclude each other",
        assumption="that a read is answered with 404 where there is no telephony, that empty values clear, "
        "that a mapping is replaced as a whole, and that the prefix is the beginning of the token",
    ),
)
