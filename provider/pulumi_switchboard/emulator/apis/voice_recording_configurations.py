"""Twilio Voice v2: Recording configurations."""

from functools import partial

from pulumi_switchboard.emulator.api import ApiDefinition
from pulumi_switchboard.emulator.schema import array, nullable, one_of, record, text, web_url
from pulumi_switchboard.emulator.voice import VoiceKind, VoiceSwitches, voice_api

_POLICY = {
    "channels": nullable(one_of("dual", "mono")),
    "trim": nullable(one_of("trim-silence", "do-not-trim")),
    "track": nullable(one_of("inbound", "outbound", "both")),
}
_CALLBACK = {
    "url": nullable(text(web_url)),
    "method": nullable(one_of("GET", "POST")),
    "events": nullable(array(one_of("in-progress", "completed", "absent", "failed"))),
}
_FEATURE = record(
    {"type": one_of("transcriptionConfiguration"), "featureId": text()},
    optional={"description": nullable(text())},
)
_CONFIGURATION = record(
    {"configurationType": one_of("Recording")},
    optional={
        "compositionPolicy": record({}, optional=_POLICY),
        "callRecordingStatusCallback": record({}, optional=_CALLBACK),
        "conferenceRecordingStatusCallback": record({}, optional=_CALLBACK),
        "features": nullable(array(_FEATURE, most=3)),
    },
)
_DEFAULTS = {
    "compositionPolicy": dict.fromkeys(_POLICY),
    "callRecordingStatusCallback": dict.fromkeys(_CALLBACK),
    "conferenceRecordingStatusCallback": dict.fromkeys(_CALLBACK),
    "features": [{"description": None}],
}

api = ApiDefinition(VoiceSwitches, partial(voice_api, VoiceKind("Recording", _CONFIGURATION, _DEFAULTS)))
