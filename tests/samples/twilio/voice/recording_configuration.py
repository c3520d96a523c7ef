"""The sample of Voice recording configurations."""

from __future__ import annotations

from tests.samples.sample import NO_URL, PLAIN_HTTP, REQUIRED, Field, Invalid, Sample
from tests.samples.twilio.voice.configurations import FIELDS, INVALID, voice_sample

POLICY = "configuration.compositionPolicy"
CALLS = "configuration.callRecordingStatusCallback"
CONFERENCES = "configuration.conferenceRecordingStatusCallback"
FEATURES = "configuration.features"

sample = Sample(
    **voice_sample("Recording", {}),
    minimal={},
    maximal={
        "unique_name": "support",
        "description": "Calls to the support desk",
        "composition_policy": {"channels": "dual", "trim": "trim-silence", "track": "both"},
        "call_recording_status_callback": {
            "url": "https://desk.example.com/recorded?key=parameter-of-a-url",
            "method": "GET",
            "events": ["in-progress", "completed"],
        },
        "conference_recording_status_callback": {
            "url": "https://desk.example.com/conference",
            "method": "POST",
            "events": ["absent"],
        },
        "features": [
            {
                "type": "transcriptionConfiguration",
                "feature_id": "voice_transcriptionconfiguration_1",
                "description": "For quality",
            },
            {
                "type": "transcriptionConfiguration",
                "feature_id": "voice_transcriptionconfiguration_2",
                "description": "For search",
            },
        ],
    },
    shown={
        "unique_name": "support",
        "description": "Calls to the support desk",
        POLICY: {"channels": "dual", "trim": "trim-silence", "track": "both"},
        f"{CALLS}.url": "https://desk.example.com/recorded?key=parameter-of-a-url",
        f"{CALLS}.method": "GET",
        f"{CALLS}.events": ["in-progress", "completed"],
        CONFERENCES: {
            "url": "https://desk.example.com/conference",
            "method": "POST",
            "events": ["absent"],
        },
        FEATURES: [
            {
                "type": "transcriptionConfiguration",
                "featureId": "voice_transcriptionconfiguration_1",
                "description": "For quality",
            },
            {
                "type": "transcriptionConfiguration",
                "featureId": "voice_transcriptionconfiguration_2",
                "description": "For search",
            },
        ],
    },
    fields=(
        *FIELDS,
        Field("composition_policy.channels", f"{POLICY}.channels", changed="mono", drifted="mono"),
        Field("composition_policy.trim", f"{POLICY}.trim", changed="do-not-trim", drifted="do-not-trim"),
        Field("composition_policy.track", f"{POLICY}.track", changed="inbound", drifted="outbound"),
        Field(
            "call_recording_status_callback.url",
            f"{CALLS}.url",
            changed="https://other.example.com/recorded",
            drifted="https://third.example.com/recorded",
            cleared=REQUIRED,
        ),
        Field(
            "conference_recording_status_callback.url",
            f"{CONFERENCES}.url",
            changed="https://other.example.com/conference",
            drifted="https://third.example.com/conference",
            cleared=REQUIRED,
        ),
        Field(
            "features",
            FEATURES,
            changed=[
                {"type": "transcriptionConfiguration", "feature_id": "voice_transcriptionconfiguration_3"}
            ],
            drifted=[
                {
                    "type": "transcriptionConfiguration",
                    "featureId": "voice_transcriptionconfiguration_4",
                    "description": None,
                }
            ],
            on_wire=lambda features: [
                {"type": one["type"], "featureId": one["feature_id"], "description": one.get("description")}
                for one in features
            ],
        ),
    ),
    invalid=(
        *INVALID,
        Invalid(
            {"composition_policy": {"track": "neither"}},
            "composition_policy.track: must be 'inbound', 'outbound' or 'both'",
        ),
        Invalid({"call_recording_status_callback": {}}, "call_recording_status_callback.url: is required"),
        Invalid(
            {"call_recording_status_callback": {"url": "canary"}},
            f"call_recording_status_callback.url: {NO_URL}",
        ),
        Invalid(
            {"conference_recording_status_callback": {"url": "https://a.example", "events": ["ended"]}},
            "conference_recording_status_callback.events[0]: must be 'in-progress', "
            "'completed', 'absent' or 'failed'",
        ),
        Invalid({"features": [{}]}, "features[0].feature_id: is required"),
        Invalid({"features": [{"feature_id": "x"}] * 4}, "features: must have at most 3 items"),
    ),
    remarked=(
        Invalid(
            {"call_recording_status_callback": {"url": "http://canary.example"}},
            f"call_recording_status_callback.url {PLAIN_HTTP}",
        ),
    ),
    same=(
        ({"composition_policy": None}, {"composition_policy": {}}),
        (
            {"call_recording_status_callback.events": ["in-progress", "completed"]},
            {"call_recording_status_callback.events": ["completed", "in-progress", "completed"]},
        ),
        ({"conference_recording_status_callback.method": None}, {}),
        ({"features": None}, {"features": []}),
    ),
    drifts=(
        (("composition_policy",), {POLICY: None}),
        (("call_recording_status_callback.method",), {f"{CALLS}.method": "POST"}),
        (("call_recording_status_callback.events",), {f"{CALLS}.events": ["failed"]}),
        (("features.1",), {f"{FEATURES}.1": None}),
        (("conference_recording_status_callback",), {CONFERENCES: None}),
    ),
    secrets=("parameter-of-a-url",),
)
