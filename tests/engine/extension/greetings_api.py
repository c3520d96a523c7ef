"""The emulator API of the made-up type; it sorts languages, as a vendor may."""

import json

from pulumi_switchboard.emulator.api import Api, Call, Reply
from pulumi_switchboard.emulator.ids import twilio_type_id
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, not_found

GREETING = "twilio/voice:Greeting"

api = Api(TWILIO, "voice.twilio.com", public_query=frozenset())


@api.route("POST", "/v2/Greetings")
def create(call: Call) -> Reply:
    """Make a greeting."""
    return Reply(201, _keep(call, twilio_type_id("voice_greeting")))


@api.route("GET", "/v2/Greetings/{id}")
def fetch(call: Call) -> Reply:
    """Answer a greeting."""
    return Reply(200, _find(call))


@api.route("PUT", "/v2/Greetings/{id}")
def replace(call: Call) -> Reply:
    """Replace a greeting."""
    return Reply(200, _keep(call, _find(call)["id"]))


@api.route("DELETE", "/v2/Greetings/{id}")
def delete(call: Call) -> Reply:
    """Delete a greeting."""
    del call.account.objects[GREETING][_find(call)["id"]]
    return Reply(204)


def _find(call: Call) -> JsonObject:
    try:
        return call.account.objects[GREETING][call.parameters["id"]]
    except KeyError:
        raise not_found(call) from None


def _keep(call: Call, identifier: str) -> JsonObject:
    body = json.loads(call.body)
    shown = {**body, "id": identifier, "languages": sorted(body.get("languages", []))}
    call.account.objects[GREETING][identifier] = shown
    return shown
