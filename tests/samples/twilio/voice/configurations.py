"""What the samples of the types of Voice configurations have in common."""

from __future__ import annotations

from typing import Any

from tests.samples.sample import Bag, Field, Invalid, Outside, having

READ_ONLY = ("id", "account_sid", "date_created", "date_updated")
FIELDS = (
    Field("unique_name", "unique_name", changed="sales", drifted="theirs", cleared="support"),
    Field("description", "description", changed="Other calls", drifted="Their calls"),
)
INVALID = (
    Invalid({"unique_name": "two words"}, "unique_name: must not contain spaces"),
    Invalid({"unique_name": "a\tb"}, "unique_name: must not contain spaces"),
    *(
        Invalid({"unique_name": name}, "unique_name: is reserved by the API; choose another name")
        for name in ("Default", ".", "..")
    ),
)


def voice_sample(kind: str, configuration: Bag) -> dict[str, Any]:
    """The members of a sample that do not depend on the type.

    Args:
        kind: The type, as paths name it.
        configuration: The member `configuration` of an object that somebody else makes.
    """
    type, path = f"twilio/voice:{kind}Configuration", f"/voice.twilio.com/v2/Configurations/{kind}"

    def change(outside: Outside, id: str, changes: Bag) -> None:
        """Replace the object, which PUT does as a whole."""
        body = having(outside.objects(type)[id], changes)
        outside.request("PUT", f"{path}/{id}", json={n: v for n, v in body.items() if n not in READ_ONLY})

    def remove(outside: Outside, id: str) -> None:
        """Delete the object."""
        outside.request("DELETE", f"{path}/{id}")

    def add(outside: Outside, changes: Bag) -> str:
        """Make an object."""
        body = {"unique_name": "theirs", "configuration": {"configurationType": kind, **configuration}}
        return str(outside.request("POST", path, json=having(body, changes))["id"])

    return {
        "type": type,
        "collection": path.removeprefix("/"),
        "change": change,
        "remove": remove,
        "add": add,
        "requests": {
            "preview": "",
            "create": "GET POST",
            "update": "GET PUT",
            "read": "GET",
            "delete": "DELETE",
        },
        "name": "unique_name",
        "no_look_by_name": ({"voice_lookup_by_unique_name": False},),
        "switches": (
            {"voice_list_and_unset_default": False},
            {"voice_timestamps": False},
            {"voice_create_status": 200},
            {"voice_lookup_by_unique_name": False},
            {"voice_unique_names": False},
        ),
    }
