"""The sample of Voice client configurations."""

from __future__ import annotations

from typing import Any

from tests.samples.sample import NO_URL, PLAIN_HTTP, REQUIRED, Bag, Field, Invalid, Outside, Sample, having

TYPE = "twilio/voice:ClientConfiguration"
PATH = "/voice.twilio.com/v2/Configurations/Client"
READ_ONLY = ("id", "account_sid", "date_created", "date_updated")


def change(outside: Outside, id: str, changes: Bag) -> None:
    """Replace the object, which PUT does as a whole."""
    body = having(outside.objects(TYPE)[id], changes)
    outside.request("PUT", f"{PATH}/{id}", json={n: v for n, v in body.items() if n not in READ_ONLY})


def remove(outside: Outside, id: str) -> None:
    """Delete the object."""
    outside.request("DELETE", f"{PATH}/{id}")


def add(outside: Outside, changes: Bag) -> str:
    """Make an object."""
    notification = {"url": "https://desk.example.com/call", "method": "POST"}
    body: dict[str, Any] = {
        "unique_name": "theirs",
        "configuration": {"configurationType": "Client", "callnotification": notification},
    }
    return str(outside.request("POST", PATH, json=having(body, changes))["id"])


URL = "configuration.callnotification.url"
METHOD = "configuration.callnotification.method"

sample = Sample(
    type=TYPE,
    collection=PATH.removeprefix("/"),
    minimal={"call_notification": {"url": "https://desk.example.com/call"}},
    maximal={
        "call_notification": {"url": "https://desk.example.com/call?key=parameter-of-a-url", "method": "GET"},
        "unique_name": "support",
        "description": "Calls to the support desk",
    },
    shown={
        URL: "https://desk.example.com/call?key=parameter-of-a-url",
        METHOD: "GET",
        "unique_name": "support",
        "description": "Calls to the support desk",
    },
    fields=(
        Field(
            "call_notification.url",
            URL,
            changed="https://other.example.com/call",
            drifted="https://third.example.com/call",
            cleared=REQUIRED,
        ),
        Field("call_notification.method", METHOD, changed="POST", drifted="POST", cleared="POST"),
        Field("unique_name", "unique_name", changed="sales", drifted="theirs", cleared="support"),
        Field("description", "description", changed="Other calls", drifted="Their calls"),
    ),
    invalid=(
        Invalid({"call_notification": None}, "call_notification: is required"),
        Invalid({"call_notification": {}}, "call_notification.url: is required"),
        Invalid({"call_notification.url": "canary"}, f"call_notification.url: {NO_URL}"),
        Invalid({"call_notification.method": "PUT"}, "call_notification.method: must be 'GET' or 'POST'"),
        Invalid({"unique_name": "two words"}, "unique_name: must not contain spaces"),
        Invalid({"unique_name": "a\tb"}, "unique_name: must not contain spaces"),
        *(
            Invalid(
                {"unique_name": name},
                "unique_name: is reserved by the API; choose another name",
            )
            for name in ("Default", ".", "..")
        ),
    ),
    remarked=(
        Invalid({"call_notification.url": "http://canary.example"}, f"call_notification.url {PLAIN_HTTP}"),
    ),
    same=(
        ({"description": None}, {"description": ""}),
        ({"call_notification.method": None}, {"call_notification.method": "POST"}),
    ),
    change=change,
    requests={"preview": "", "create": "GET POST", "update": "GET PUT", "read": "GET", "delete": "DELETE"},
    remove=remove,
    add=add,
    drifts=((("description",), {"description": None}),),
    secrets=("parameter-of-a-url",),
    name="unique_name",
    no_look_by_name=({"voice_lookup_by_unique_name": False},),
    switches=(
        {"voice_list_and_unset_default": False},
        {"voice_timestamps": False},
        {"voice_create_status": 200},
        {"voice_lookup_by_unique_name": False},
        {"voice_unique_names": False},
    ),
)
