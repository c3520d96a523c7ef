"""The sample of Voice client configurations."""

from __future__ import annotations

from tests.samples.sample import NO_URL, OTHER_SCHEME, PLAIN_HTTP, REQUIRED, Field, Invalid, Sample
from tests.samples.twilio.voice.configurations import FIELDS, INVALID, voice_sample

NOTIFICATION = {"url": "https://desk.example.com/call", "method": "POST"}
SHARED = voice_sample("Client", {"callnotification": NOTIFICATION})
add, remove = SHARED["add"], SHARED["remove"]
URL = "configuration.callnotification.url"
METHOD = "configuration.callnotification.method"

sample = Sample(
    **SHARED,
    minimal={"call_notification": {"url": "https://desk.example.com/call"}},
    maximal={
        "unique_name": "support",
        "description": "Calls to the support desk",
        "call_notification": {"url": "https://desk.example.com/call?key=parameter-of-a-url", "method": "GET"},
    },
    shown={
        URL: "https://desk.example.com/call?key=parameter-of-a-url",
        METHOD: "GET",
        "unique_name": "support",
        "description": "Calls to the support desk",
    },
    fields=(
        *FIELDS,
        Field(
            "call_notification.url",
            URL,
            changed="https://other.example.com/call",
            drifted="https://third.example.com/call",
            cleared=REQUIRED,
        ),
        Field("call_notification.method", METHOD, changed="POST", drifted="POST", cleared="POST"),
    ),
    invalid=(
        Invalid({"call_notification": None}, "call_notification: is required"),
        Invalid({"call_notification": {}}, "call_notification.url: is required"),
        Invalid({"call_notification.url": "canary"}, f"call_notification.url: {NO_URL}"),
        Invalid({"call_notification.url": "ftp://canary.example"}, f"call_notification.url: {OTHER_SCHEME}"),
        Invalid({"call_notification.method": "PUT"}, "call_notification.method: must be 'GET' or 'POST'"),
        *INVALID,
    ),
    remarked=(
        Invalid({"call_notification.url": "http://canary.example"}, f"call_notification.url {PLAIN_HTTP}"),
    ),
    same=(
        ({"description": None}, {"description": ""}),
        ({"call_notification.method": None}, {"call_notification.method": "POST"}),
    ),
    drifts=((("description",), {"description": None}),),
    secrets=("parameter-of-a-url",),
)
