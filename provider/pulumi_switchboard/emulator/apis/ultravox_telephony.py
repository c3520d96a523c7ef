"""Ultravox: the account's one configuration of Twilio telephony."""

from collections.abc import Iterator

from pulumi_switchboard.emulator.api import Api, ApiRequest, Refused, Reply
from pulumi_switchboard.emulator.schema import array, boolean, mapping, matching, record, text
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.ultravox import ULTRAVOX, read_json

CONFIGURATION = "ultravox:TwilioTelephony"
"""The type of the configuration in the state, where its id is `twilio`."""

api = Api(ULTRAVOX, "api.ultravox.ai")

_PATH = "/api/telephony_configs/twilio"
_ID = "twilio"

_AGENTS = "callCreationAllowedAgentIds"
_ALL_AGENTS = "callCreationAllowAllAgents"
_CONTEXT = "requestContextMapping"
_EMPTY: JsonObject = {_AGENTS: [], _ALL_AGENTS: False, _CONTEXT: {}}


def _not_empty(value: str) -> str | None:
    return None if value else "must not be empty"


def _read_only(_value: object, _path: str) -> Iterator[str]:
    """Accept any value: it is ignored."""
    return iter(())


_REQUIRED = {"accountSid": text(_not_empty), "authToken": text(_not_empty)}
_OPTIONAL = {
    "authTokenPrefix": _read_only,
    _AGENTS: array(text(matching("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")), most=100),
    _ALL_AGENTS: boolean(),
    _CONTEXT: mapping(text()),
}
_CREATE = record(_REQUIRED, optional=_OPTIONAL)
_UPDATE = record({}, optional={**_REQUIRED, **_OPTIONAL})


@api.route("GET", _PATH)
def fetch(request: ApiRequest) -> Reply:
    """Return the configuration."""
    return Reply(200, _find(request))


@api.route("POST", _PATH)
def create(request: ApiRequest) -> Reply:
    """Create the configuration."""
    body = read_json(request, _CREATE)
    statuses = {"refuse": 400, "conflict": 409}
    policy = request.switches.ultravox_create_over_existing
    if policy in statuses and _ID in request.account.objects[CONFIGURATION]:
        raise Refused(statuses[policy], "The account has a Twilio configuration already.")
    return Reply(201, _keep(request, {}, body))


@api.route("PATCH", _PATH)
def update(request: ApiRequest) -> Reply:
    """Change the members in the body."""
    old = _find(request)
    return Reply(200, _keep(request, old, read_json(request, _UPDATE)))


@api.route("DELETE", _PATH)
def delete(request: ApiRequest) -> Reply:
    """Delete the configuration."""
    _find(request)
    request.account.objects[CONFIGURATION].clear()
    return Reply(204)


def _find(request: ApiRequest) -> JsonObject:
    try:
        return request.account.objects[CONFIGURATION][_ID]
    except KeyError:
        raise Refused(404, "Not found.") from None


def _keep(request: ApiRequest, old: JsonObject, body: JsonObject) -> JsonObject:
    """Store and return the configuration after a write, without its token."""
    switches = request.switches
    members = {**_EMPTY, **old, **body}
    if switches.ultravox_context_mapping_in_patch == "merge":
        members[_CONTEXT] = {**old.get(_CONTEXT, {}), **members[_CONTEXT]}
    if members[_ALL_AGENTS] and members[_AGENTS]:
        raise Refused(400, f"{_AGENTS} may not be set if {_ALL_AGENTS} is true.")
    agents = [agent.lower() for agent in members[_AGENTS]]
    members[_AGENTS] = sorted(agents) if switches.ultravox_agent_order == "sorted" else agents
    token = body.get("authToken")
    prefix = {"prefix": token[: switches.ultravox_token_prefix_length]} if token else old["authTokenPrefix"]
    shown = {
        "accountSid": members["accountSid"],
        "authTokenPrefix": prefix,
        **{name: members[name] for name in _EMPTY if members[name] or switches.ultravox_fill == "empty"},
    }
    request.account.objects[CONFIGURATION][_ID] = shown
    return shown
