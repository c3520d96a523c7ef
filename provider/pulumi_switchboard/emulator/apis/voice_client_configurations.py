"""Twilio Voice v2: Client configurations and the account's default one."""

from functools import partial

from pulumi_switchboard.emulator.api import Api, ApiDefinition, ApiRequest, Refused, Reply, Route
from pulumi_switchboard.emulator.request_body import JSON
from pulumi_switchboard.emulator.schema import one_of, record, text, web_url
from pulumi_switchboard.emulator.twilio import TWILIO
from pulumi_switchboard.emulator.voice import VoiceKind, VoiceSwitches, voice_api

_TYPE = "twilio/voice:ClientConfiguration"
"""The type of the configurations in the state."""

_DEFAULT_TYPE = "twilio/voice:DefaultClientConfiguration"
"""The type of the default in the state: `{"configuration_id": …}`, with the Account SID as its id."""

_PATH = "/v2/Configurations/Client/Default"
_CONFIGURATION = record(
    {
        "configurationType": one_of("Client"),
        "callnotification": record({"url": text(web_url)}, optional={"method": one_of("GET", "POST")}),
    }
)
_DEFAULTS = {"callnotification": {"method": "POST"}}
_DEFAULT_REQUEST = record({"configuration_id": text()})


def _fetch_default(request: ApiRequest) -> Reply:
    return Reply(200, request.account.objects[_TYPE][_default_id(request)])


def _set_default(request: ApiRequest) -> Reply:
    body = TWILIO.read(request, _DEFAULT_REQUEST, JSON)
    if body["configuration_id"] not in request.account.objects[_TYPE]:
        raise Refused(404, "configuration_id: there is no such configuration")
    request.account.objects[_DEFAULT_TYPE][request.account.id] = body
    return Reply(204)


def _unset_default(request: ApiRequest) -> Reply:
    _default_id(request)
    request.account.objects[_DEFAULT_TYPE].clear()
    return Reply(204)


def _default_id(request: ApiRequest) -> str:
    try:
        return str(request.account.objects[_DEFAULT_TYPE][request.account.id]["configuration_id"])
    except KeyError:
        raise TWILIO.not_found(request) from None


def _before_delete(switches: VoiceSwitches, request: ApiRequest, identifier: str) -> None:
    default = request.account.objects[_DEFAULT_TYPE]
    if any(pointer["configuration_id"] == identifier for pointer in default.values()):
        if switches.voice_delete_of_default == "refuse":
            raise Refused(409, "The configuration is the default of the account")
        default.clear()


def _api(switches: VoiceSwitches) -> Api:
    kind = VoiceKind("Client", _CONFIGURATION, _DEFAULTS, partial(_before_delete, switches))
    unset = _unset_default if switches.voice_list_and_unset_default else None
    handlers = {"GET": _fetch_default, "POST": _set_default, "DELETE": unset}
    return voice_api(kind, switches, *(Route(method, _PATH, handlers[method]) for method in handlers))


api = ApiDefinition(VoiceSwitches, _api)
