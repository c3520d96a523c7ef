"""Twilio Voice v2: Transcription configurations."""

from functools import partial

from pulumi_switchboard.emulator.api import ApiDefinition
from pulumi_switchboard.emulator.schema import (
    also,
    array,
    integer,
    nullable,
    one_of,
    record,
    text,
    web_url,
)
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.voice import VoiceKind, VoiceSwitches, voice_api

_CHANNELS = [1, 2]


def _one_of_each_channel(participants: list[JsonObject]) -> str | None:
    channels = sorted(participant["audioChannelIndex"] for participant in participants)
    return None if channels == _CHANNELS else "must have two items, with audioChannelIndex 1 and 2"


def _has_destination(configuration: JsonObject) -> str | None:
    sent = {name for name, value in configuration.items() if value is not None}
    is_given = not sent.isdisjoint({"transcriptionStatusCallback", "conversationConfigurationId"})
    return None if is_given else "needs transcriptionStatusCallback or conversationConfigurationId"


_PARTICIPANT = record(
    {"audioChannelIndex": integer(least=1), "type": one_of("CUSTOMER", "HUMAN_AGENT", "AI_AGENT")}
)
_CALLBACK = record({"url": text(web_url)}, optional={"method": nullable(one_of("POST"))})
_CONFIGURATION = record(
    {
        "configurationType": one_of("Transcription"),
        "transcriptionEngine": text(),
        "language": text(),
        "participantDefaults": also(array(_PARTICIPANT), _one_of_each_channel),
    },
    optional={
        "speechModel": nullable(text()),
        "transcriptionStatusCallback": _CALLBACK,
        "conversationConfigurationId": nullable(text()),
    },
)


_DEFAULTS = {
    "speechModel": None,
    "conversationConfigurationId": None,
    "transcriptionStatusCallback": {"method": "POST"},
}

_KIND = VoiceKind("Transcription", also(_CONFIGURATION, _has_destination), _DEFAULTS)
api = ApiDefinition(VoiceSwitches, partial(voice_api, _KIND))
