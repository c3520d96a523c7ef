"""The sample of Voice transcription configurations."""

from __future__ import annotations

from tests.samples.sample import NO_URL, PLAIN_HTTP, REQUIRED, Field, Invalid, Sample
from tests.samples.twilio.voice.configurations import FIELDS, INVALID, voice_sample

CALLBACK = "configuration.transcriptionStatusCallback"
PARTICIPANTS = "configuration.participantDefaults"
BOTH = "must have one item for channel 1 and one for channel 2"
WIRE_DEFAULTS = [
    {"audioChannelIndex": 1, "type": "CUSTOMER"},
    {"audioChannelIndex": 2, "type": "HUMAN_AGENT"},
]
DEFAULTS = [{"audio_channel_index": 1, "type": "CUSTOMER"}, {"audio_channel_index": 2, "type": "HUMAN_AGENT"}]
THEIRS = {
    "transcriptionEngine": "deepgram",
    "language": "en-US",
    "participantDefaults": WIRE_DEFAULTS,
    "conversationConfigurationId": "conv_configuration_1",
}

sample = Sample(
    **voice_sample("Transcription", THEIRS),
    minimal={
        "transcription_engine": "deepgram",
        "language": "en-US",
        "participant_defaults": DEFAULTS,
        "conversation_configuration_id": "conv_configuration_1",
    },
    maximal={
        "unique_name": "support",
        "description": "Calls to the support desk",
        "transcription_engine": "deepgram",
        "language": "en-US",
        "participant_defaults": DEFAULTS,
        "speech_model": "nova-3",
        "transcription_status_callback": {
            "url": "https://desk.example.com/words?key=parameter-of-a-url",
            "method": "POST",
        },
        "conversation_configuration_id": "conv_configuration_1",
    },
    shown={
        "unique_name": "support",
        "description": "Calls to the support desk",
        "configuration.transcriptionEngine": "deepgram",
        "configuration.language": "en-US",
        "configuration.speechModel": "nova-3",
        PARTICIPANTS: WIRE_DEFAULTS,
        f"{CALLBACK}.url": "https://desk.example.com/words?key=parameter-of-a-url",
        f"{CALLBACK}.method": "POST",
        "configuration.conversationConfigurationId": "conv_configuration_1",
    },
    fields=(
        *FIELDS,
        Field(
            "transcription_engine",
            "configuration.transcriptionEngine",
            changed="google",
            drifted="twilio_managed",
            cleared=REQUIRED,
        ),
        Field("language", "configuration.language", changed="de-DE", drifted="multi", cleared=REQUIRED),
        Field("speech_model", "configuration.speechModel", changed="nova-2", drifted="chirp_2"),
        Field(
            "participant_defaults",
            PARTICIPANTS,
            changed=[
                {"audio_channel_index": 1, "type": "AI_AGENT"},
                {"audio_channel_index": 2, "type": "CUSTOMER"},
            ],
            drifted=[
                {"audioChannelIndex": 1, "type": "CUSTOMER"},
                {"audioChannelIndex": 2, "type": "AI_AGENT"},
            ],
            cleared=REQUIRED,
            on_wire=lambda items: [
                {"audioChannelIndex": item["audio_channel_index"], "type": item["type"]} for item in items
            ],
        ),
        Field(
            "transcription_status_callback.url",
            f"{CALLBACK}.url",
            changed="https://other.example.com/words",
            drifted="https://third.example.com/words",
            cleared=REQUIRED,
        ),
        Field(
            "conversation_configuration_id",
            "configuration.conversationConfigurationId",
            changed="conv_configuration_2",
            drifted="conv_configuration_3",
        ),
    ),
    invalid=(
        *INVALID,
        Invalid({"transcription_engine": None}, "transcription_engine: is required"),
        Invalid({"transcription_engine": ""}, "transcription_engine: must have at least 1 character"),
        Invalid({"language": None}, "language: is required"),
        Invalid({"participant_defaults": DEFAULTS[:1]}, f"participant_defaults: {BOTH}"),
        Invalid({"participant_defaults": [DEFAULTS[0]] * 2}, f"participant_defaults: {BOTH}"),
        Invalid(
            {"participant_defaults": [{**DEFAULTS[0], "type": "BOSS"}, DEFAULTS[1]]},
            "participant_defaults[0].type: must be 'CUSTOMER', 'HUMAN_AGENT' or 'AI_AGENT'",
        ),
        Invalid(
            {"transcription_status_callback": {"url": "canary"}},
            f"transcription_status_callback.url: {NO_URL}",
        ),
        Invalid(
            {"conversation_configuration_id": None, "description": "For nobody"},
            "nobody gets the transcriptions: give transcription_status_callback, "
            "conversation_configuration_id or both",
        ),
    ),
    remarked=(
        Invalid(
            {"transcription_engine": "canary"},
            "transcription_engine is an engine that Twilio does not document; "
            "documented are google, deepgram, twilio_managed",
        ),
        Invalid(
            {"transcription_status_callback": {"url": "http://canary.example"}},
            f"transcription_status_callback.url {PLAIN_HTTP}",
        ),
    ),
    same=(
        ({"participant_defaults": DEFAULTS}, {"participant_defaults": DEFAULTS[::-1]}),
        ({"transcription_status_callback.method": None}, {"transcription_status_callback.method": "POST"}),
    ),
    drifts=((("transcription_status_callback",), {CALLBACK: None}),),
    secrets=("parameter-of-a-url",),
)
