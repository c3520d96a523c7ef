"""Ultravox: the account's one configuration of Twilio telephony."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pulumi_switchboard.emulator.api import Api, ApiDefinition, Refused
from pulumi_switchboard.emulator.collection import Collection, Update, Written, collection_api, merged
from pulumi_switchboard.emulator.schema import (
    UUID,
    array,
    boolean,
    mapping,
    matching,
    not_empty,
    record,
    text,
)
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.ultravox import ULTRAVOX


@dataclass(frozen=True)
class TelephonySwitches:
    """The switches of Ultravox."""

    ultravox_create_over_existing: Literal["replace", "refuse", "conflict"] = "replace"
    """No entry: a POST over an existing configuration replaces it with 201, or is a 400 or a 409."""
    ultravox_token_prefix_length: int = 4
    """No entry: how many characters of the auth token the prefix has."""
    ultravox_context_mapping_in_patch: Literal["replace", "merge"] = "replace"
    """No entry: a PATCH replaces `requestContextMapping`, or adds its members to the old ones."""
    ultravox_agent_order: Literal["kept", "sorted"] = "kept"
    """No entry: agent ids are in the order of the request, or sorted."""
    ultravox_fill: Literal["empty", "absent"] = "empty"
    """No entry: members that are empty or false are shown as they are, or not at all."""


_AGENTS = "callCreationAllowedAgentIds"
_ALL_AGENTS = "callCreationAllowAllAgents"
_CONTEXT = "requestContextMapping"
_EMPTY: JsonObject = {_AGENTS: [], _ALL_AGENTS: False, _CONTEXT: {}}


def _read_only(_value: object, _path: str) -> Iterator[str]:
    """Accept any value: it is ignored."""
    return iter(())


_REQUIRED = {"accountSid": text(not_empty), "authToken": text(not_empty)}
_OPTIONAL = {
    "authTokenPrefix": _read_only,
    _AGENTS: array(text(matching(UUID)), most=100),
    _ALL_AGENTS: boolean(),
    _CONTEXT: mapping(text()),
}


def _merged_with_context(old: JsonObject, body: JsonObject) -> JsonObject:
    return {**old, **body, _CONTEXT: {**old.get(_CONTEXT, {}), **body.get(_CONTEXT, {})}}


def _shown(switches: TelephonySwitches, written: Written) -> JsonObject:
    """Return the configuration without its token."""
    members = {**_EMPTY, **written.members}
    if members[_ALL_AGENTS] and members[_AGENTS]:
        raise Refused(400, f"{_AGENTS} may not be set if {_ALL_AGENTS} is true.")
    agents = [agent.lower() for agent in members[_AGENTS]]
    members[_AGENTS] = sorted(agents) if switches.ultravox_agent_order == "sorted" else agents
    prefix = (written.old or {}).get("authTokenPrefix")
    if token := members.get("authToken"):
        prefix = {"prefix": token[: switches.ultravox_token_prefix_length]}
    return {
        "accountSid": members["accountSid"],
        "authTokenPrefix": prefix,
        **{name: members[name] for name in _EMPTY if members[name] or switches.ultravox_fill == "empty"},
    }


def _api(switches: TelephonySwitches) -> Api:
    refusals = {"refuse": 400, "conflict": 409}
    policy = switches.ultravox_create_over_existing
    message = "The account has a Twilio configuration already."
    merge = _merged_with_context if switches.ultravox_context_mapping_in_patch == "merge" else merged
    telephony = Collection(
        ULTRAVOX,
        "api.ultravox.ai",
        "ultravox:TwilioTelephony",
        "/api/telephony_configs/twilio",
        new_id=lambda _request: "twilio",
        show=partial(_shown, switches),
        is_setting=True,
        create=record(_REQUIRED, optional=_OPTIONAL),
        exists=(refusals[policy], message) if policy in refusals else None,
        updates=[Update("PATCH", record({}, optional={**_REQUIRED, **_OPTIONAL}), merge)],
    )
    return collection_api(telephony)


api = ApiDefinition(TelephonySwitches, _api)
