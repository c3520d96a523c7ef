"""Twilio Voice v2: Client configurations and the account's default one."""

from pulumi_switchboard.emulator.api import Api, ApiRequest, Refused, Reply, method_not_allowed
from pulumi_switchboard.emulator.clock import timestamp
from pulumi_switchboard.emulator.paging import page
from pulumi_switchboard.emulator.schema import nullable, one_of, record, text, web_url
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, not_found, read_json, twilio_type_id

CONFIGURATION = "twilio/voice:ClientConfiguration"
"""The type of the configurations in the state."""

DEFAULT = "twilio/voice:DefaultClientConfiguration"
"""The type of the default in the state: `{"configuration_id": …}`, with the Account SID as its id."""

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
def fetch_default(request: ApiRequest) -> Reply:
    """Return the default configuration."""
    return Reply(200, _configurations(request)[_default_id(request)])


@api.route("POST", "/v2/Configurations/Client/Default")
def set_default(request: ApiRequest) -> Reply:
    """Set the default configuration."""
    body = read_json(request, _DEFAULT_REQUEST)
    if body["configuration_id"] not in _configurations(request):
        raise Refused(404, "configuration_id: there is no such configuration")
    request.account.objects[DEFAULT][request.account.id] = body
    return Reply(204)


@api.route("DELETE", "/v2/Configurations/Client/Default")
def unset_default(request: ApiRequest) -> Reply:
    """Remove the default of the account."""
    if not request.switches.voice_list_and_unset_default:
        raise method_not_allowed(request.method)
    _default_id(request)
    request.account.objects[DEFAULT].clear()
    return Reply(204)


@api.route("GET", "/v2/Configurations/Client")
def list_configurations(request: ApiRequest) -> Reply:
    """Return one page of the configurations, the oldest first."""
    if not request.switches.voice_list_and_unset_default:
        raise method_not_allowed(request.method)
    found = page(request, _configurations(request).values())
    tokens = {"next_token": found.next_token, "previous_token": found.previous_token}
    meta = {
        "direct_token": True,
        "list_key": "content",
        "page_size": found.size,
        **{name: token for name, token in tokens.items() if token is not None},
    }
    return Reply(200, {"content": found.items, "meta": meta})


@api.route("POST", "/v2/Configurations/Client")
def create(request: ApiRequest) -> Reply:
    """Create a configuration."""
    body = read_json(request, _REQUEST)
    _refuse_taken_name(request, body.get("unique_name"))
    now = timestamp(request.now)
    configuration = _shown(
        request, twilio_type_id("voice_clientconfiguration"), body, created=now, updated=now
    )
    _configurations(request)[configuration["id"]] = configuration
    return Reply(request.switches.voice_create_status, configuration)


@api.route("GET", "/v2/Configurations/Client/{id}")
def fetch(request: ApiRequest) -> Reply:
    """Return a configuration."""
    return Reply(200, _find(request))


@api.route("PUT", "/v2/Configurations/Client/{id}")
def replace(request: ApiRequest) -> Reply:
    """Replace all members that a request can set."""
    old = _find(request)
    body = read_json(request, _REQUEST)
    _refuse_taken_name(request, body.get("unique_name"), owner=old["id"])
    configuration = _shown(
        request, old["id"], body, created=old.get("date_created"), updated=timestamp(request.now)
    )
    _configurations(request)[old["id"]] = configuration
    return Reply(200, configuration)


@api.route("DELETE", "/v2/Configurations/Client/{id}")
def delete(request: ApiRequest) -> Reply:
    """Delete a configuration."""
    identifier = _find(request)["id"]
    default = request.account.objects[DEFAULT]
    if any(pointer["configuration_id"] == identifier for pointer in default.values()):
        if request.switches.voice_delete_of_default == "refuse":
            raise Refused(409, "The configuration is the default of the account")
        default.clear()
    del _configurations(request)[identifier]
    return Reply(204)


def _configurations(request: ApiRequest) -> dict[str, JsonObject]:
    return request.account.objects[CONFIGURATION]


def _find(request: ApiRequest) -> JsonObject:
    key = request.parameters["id"]
    configurations = _configurations(request)
    if key in configurations:
        return configurations[key]
    if request.switches.voice_lookup_by_unique_name:
        for configuration in configurations.values():
            if configuration["unique_name"] == key:
                return configuration
    raise not_found(request)


def _default_id(request: ApiRequest) -> str:
    try:
        return str(request.account.objects[DEFAULT][request.account.id]["configuration_id"])
    except KeyError:
        raise not_found(request) from None


def _refuse_taken_name(request: ApiRequest, name: str | None, *, owner: str | None = None) -> None:
    if name is None or not request.switches.voice_unique_names:
        return
    for configuration in _configurations(request).values():
        if configuration["unique_name"] == name and configuration["id"] != owner:
            raise Refused(409, "unique_name: already exists")


def _shown(
    request: ApiRequest, identifier: str, body: JsonObject, *, created: str | None, updated: str
) -> JsonObject:
    """Return the configuration as the vendor shows it."""
    notification = body["configuration"]["callnotification"]
    dates = {"date_created": created, "date_updated": updated} if request.switches.voice_timestamps else {}
    return {
        "account_sid": request.account.id,
        "configuration": {
            "configurationType": "Client",
            "callnotification": {"method": notification.get("method", "POST"), "url": notification["url"]},
        },
        "description": body.get("description"),
        "unique_name": body.get("unique_name"),
        "id": identifier,
        **dates,
    }
