"""The emulator API of the made-up type; it sorts languages, as a vendor may."""

import json

from pulumi_switchboard.emulator.api import Api, ApiRequest, Reply
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, not_found, twilio_type_id

GREETING = "twilio/voice:Greeting"

api = Api(TWILIO, "voice.twilio.com", public_query=frozenset())


@api.route("POST", "/v2/Greetings")
def create(request: ApiRequest) -> Reply:
    """Make a greeting."""
    return Reply(201, _keep(request, twilio_type_id("voice_greeting")))


@api.route("GET", "/v2/Greetings/{id}")
def fetch(request: ApiRequest) -> Reply:
    """Answer a greeting."""
    return Reply(200, _find(request))


@api.route("PUT", "/v2/Greetings/{id}")
def replace(request: ApiRequest) -> Reply:
    """Replace a greeting."""
    return Reply(200, _keep(request, _find(request)["id"]))


@api.route("DELETE", "/v2/Greetings/{id}")
def delete(request: ApiRequest) -> Reply:
    """Delete a greeting."""
    del request.account.objects[GREETING][_find(request)["id"]]
    return Reply(204)


def _find(request: ApiRequest) -> JsonObject:
    try:
        return request.account.objects[GREETING][request.parameters["id"]]
    except KeyError:
        raise not_found(request) from None


def _keep(request: ApiRequest, identifier: str) -> JsonObject:
    body = json.loads(request.body)
    shown = {**body, "id": identifier, "languages": sorted(body.get("languages", []))}
    request.account.objects[GREETING][identifier] = shown
    return shown
