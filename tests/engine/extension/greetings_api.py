"""The emulator API of the made-up type; it sorts languages, as a vendor may."""

from pulumi_switchboard.emulator.api import ApiDefinition, NoSwitches
from pulumi_switchboard.emulator.collection import Collection, Update, Written, collection_api, replaced
from pulumi_switchboard.emulator.schema import record
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, type_ids


def _shown(written: Written) -> JsonObject:
    languages = sorted(written.members.get("languages", []))
    return {**written.members, "id": written.id, "languages": languages}


_REQUEST = record({}, tolerant=True)
_GREETINGS = Collection(
    TWILIO,
    "voice.twilio.com",
    "twilio/voice:Greeting",
    "/v2/Greetings",
    new_id=type_ids("voice_greeting"),
    show=_shown,
    create=_REQUEST,
    updates=[Update("PUT", _REQUEST, replaced)],
)
api = ApiDefinition(NoSwitches, lambda _switches: collection_api(_GREETINGS))
