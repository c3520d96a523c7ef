"""Twilio Voice v2: Client configurations and the account's default one."""

from pulumi_switchboard.emulator.api import Api, Call, Refused, Reply, method_not_allowed
from pulumi_switchboard.emulator.clock import timestamp
from pulumi_switchboard.emulator.ids import twilio_type_id
from pulumi_switchboard.emulator.paging import page
from pulumi_switchboard.emulator.rules import web_url
from pulumi_switchboard.emulator.schema import nullable, one_of, record, text
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, not_found, page_size, read_json

CONFIGURATION = "twilio/voice:ClientConfiguration"
"""The type of the configurations in the state."""

DEFAULT = "twilio/voice:DefaultClientConfiguration"
"""The type of the pointer to the default one: `{"configuration_id": …}` under the Account SID."""

api = Api(TWILIO, "voice.twilio.com", public_query=frozenset({"pageSize", "pageToken"}))


def _unique_name(value: str) -> str | None:
    if not value:
        return "must not be empty"
    if any(character.isspace() for character in value):
        return "must not contain spaces"
    return "is reserved" if value == "Default" else None


_CALL_NOTIFICATION = record({"url": text(web_url)}, optional={"method": one_of("GET", "POST")})
_REQUEST = record(
    {
        "configuration": record(
            {"configurationType": one_of("Client"), "callnotification": _CALL_NOTIFICATION},
        )
    },
    optional={"unique_name": nullable(text(_unique_name)), "description": nullable(text())},
)
_DEFAULT_REQUEST = record({"configuration_id": text()})


@api.route("GET", "/v2/Configurations/Client/Default")
def fetch_default(call: Call) -> Reply:
    """Answer the configuration that is the default."""
    return Reply(200, _configurations(call)[_default_id(call)])


@api.route("POST", "/v2/Configurations/Client/Default")
def set_default(call: Call) -> Reply:
    """Make a configuration the default."""
    body = read_json(call, _DEFAULT_REQUEST)
    if body["configuration_id"] not in _configurations(call):
        raise Refused(404, "configuration_id: there is no such configuration")
    call.account.objects[DEFAULT][call.account.sid] = body
    return Reply(204)


@api.route("DELETE", "/v2/Configurations/Client/Default")
def unset_default(call: Call) -> Reply:
    """Leave the account without a default."""
    if not call.switches.voice_list_and_unset_default:
        raise method_not_allowed(call.method)
    _default_id(call)
    call.account.objects[DEFAULT].clear()
    return Reply(204)


@api.route("GET", "/v2/Configurations/Client")
def list_configurations(call: Call) -> Reply:
    """Answer one page of the configurations, the oldest first."""
    if not call.switches.voice_list_and_unset_default:
        raise method_not_allowed(call.method)
    size = page_size(call)
    try:
        found = page(_configurations(call).values(), size=size, token=call.query.get("pageToken"))
    except ValueError as error:
        raise Refused(400, f"pageToken: {error}") from None
    tokens = {"next_token": found.next_token, "previous_token": found.previous_token}
    meta = {
        "direct_token": True,
        "list_key": "content",
        "page_size": size,
        **{name: token for name, token in tokens.items() if token is not None},
    }
    return Reply(200, {"content": found.items, "meta": meta})


@api.route("POST", "/v2/Configurations/Client")
def create(call: Call) -> Reply:
    """Create a configuration."""
    body = read_json(call, _REQUEST)
    _refuse_taken_name(call, body.get("unique_name"))
    now = timestamp(call.now)
    configuration = _shown(call, twilio_type_id("voice_clientconfiguration"), body, created=now, updated=now)
    _configurations(call)[configuration["id"]] = configuration
    return Reply(call.switches.voice_create_status, configuration)


@api.route("GET", "/v2/Configurations/Client/{id}")
def fetch(call: Call) -> Reply:
    """Answer a configuration."""
    return Reply(200, _find(call))


@api.route("PUT", "/v2/Configurations/Client/{id}")
def replace(call: Call) -> Reply:
    """Replace everything that a request can set."""
    old = _find(call)
    body = read_json(call, _REQUEST)
    _refuse_taken_name(call, body.get("unique_name"), owner=old["id"])
    configuration = _shown(
        call, old["id"], body, created=old.get("date_created"), updated=timestamp(call.now)
    )
    _configurations(call)[old["id"]] = configuration
    return Reply(200, configuration)


@api.route("DELETE", "/v2/Configurations/Client/{id}")
def delete(call: Call) -> Reply:
    """Delete a configuration."""
    doomed = _find(call)["id"]
    default = call.account.objects[DEFAULT]
    if any(pointer["configuration_id"] == doomed for pointer in default.values()):
        if call.switches.voice_delete_of_default == "refuse":
            raise Refused(409, "The configuration is the default of the account")
        default.clear()
    del _configurations(call)[doomed]
    return Reply(204)


def _configurations(call: Call) -> dict[str, JsonObject]:
    return call.account.objects[CONFIGURATION]


def _find(call: Call) -> JsonObject:
    key = call.parameters["id"]
    configurations = _configurations(call)
    if key in configurations:
        return configurations[key]
    if call.switches.voice_lookup_by_unique_name:
        for configuration in configurations.values():
            if configuration["unique_name"] == key:
                return configuration
    raise not_found(call)


def _default_id(call: Call) -> str:
    try:
        return str(call.account.objects[DEFAULT][call.account.sid]["configuration_id"])
    except KeyError:
        raise not_found(call) from None


def _refuse_taken_name(call: Call, name: str | None, *, owner: str | None = None) -> None:
    if name is None or not call.switches.voice_unique_names:
        return
    for configuration in _configurations(call).values():
        if configuration["unique_name"] == name and configuration["id"] != owner:
            raise Refused(409, "unique_name: already exists")


def _shown(call: Call, identifier: str, body: JsonObject, *, created: str | None, updated: str) -> JsonObject:
    """Return the configuration as the vendor shows it."""
    notification = body["configuration"]["callnotification"]
    dates = {"date_created": created, "date_updated": updated} if call.switches.voice_timestamps else {}
    return {
        "account_sid": call.account.sid,
        "configuration": {
            "configurationType": "Client",
            "callnotification": {"method": notification.get("method", "POST"), "url": notification["url"]},
        },
        "description": body.get("description"),
        "unique_name": body.get("unique_name"),
        "id": identifier,
        **dates,
    }
