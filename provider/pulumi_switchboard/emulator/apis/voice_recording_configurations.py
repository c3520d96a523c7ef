"""Twilio Voice v2: Recording configurations."""

from functools import partial

from pulumi_switchboard.emulator.api import ApiDefinition
from pulumi_switchboard.emulator.schema import array, nullable, one_of, record, text, web_url
from pulumi_switchboard.emulator.store import JsonObject
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
_PARTS = {
    "compositionPolicy": _POLICY,
    "callRecordingStatusCallback": _CALLBACK,
    "conferenceRecordingStatusCallback": _CALLBACK,
}


def _shown(configuration: JsonObject) -> JsonObject:
    """Return a configuration with null for what was not sent. A whole part that was not sent is absent."""
    features = configuration.get("features")
    return {
        **{
            name: {**dict.fromkeys(members), **configuration[name]}
            for name, members in _PARTS.items()
            if name in configuration
        },
        "features": features and [{"description": None, **feature} for feature in features],
    }


api = ApiDefinition(VoiceSwitches, partial(voice_api, VoiceKind("Recording", _CONFIGURATION, _shown)))
