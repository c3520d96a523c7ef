"""The sample of the default Voice client configuration."""

from __future__ import annotations

from tests.samples.sample import BAD_POLICY, REQUIRED, Bag, Field, Invalid, Outside, Sample, Setting
from tests.samples.twilio.voice import client_configuration

TYPE = "twilio/voice:DefaultClientConfiguration"
PATH = "/voice.twilio.com/v2/Configurations/Client/Default"


def prepare(outside: Outside) -> Bag:
    """Make the configurations that the default can be."""
    names = ("first", "second", "third")
    return {f"<{name}>": client_configuration.add(outside, {"unique_name": name}) for name in names}


def change(outside: Outside, _id: str, changes: Bag) -> None:
    """Move the default."""
    outside.request("POST", PATH, json=dict(changes))


def remove(outside: Outside, _id: str) -> None:
    """Unset the default."""
    outside.request("DELETE", PATH)


sample = Sample(
    type=TYPE,
    collection=PATH.removeprefix("/"),
    minimal={"configuration_id": "<first>"},
    maximal={"configuration_id": "<first>", "on_destroy": "restore"},
    shown={"configuration_id": "<first>"},
    fields=(
        Field(
            "configuration_id", "configuration_id", changed="<second>", drifted="<third>", cleared=REQUIRED
        ),
    ),
    invalid=(
        Invalid({"configuration_id": None}, "configuration_id: is required"),
        Invalid({"configuration_id": ""}, "configuration_id: must have at least 1 character"),
        Invalid({"configuration_id": 1}, "configuration_id: must be a string"),
        BAD_POLICY,
    ),
    same=(),
    change=change,
    requests={
        "preview": "GET",
        "create": "GET GET GET POST GET",
        "update": "GET GET POST GET",
        "read": "GET",
        "delete": "GET DELETE",
    },
    remove=remove,
    prepare=prepare,
    secret_members=("_saved_original",),
    setting=Setting(
        others={"configuration_id": "<third>"},
        unset={},
        requests_over_others={"delete": "GET GET POST GET"},
        lose=client_configuration.remove,
    ),
    switches=({"voice_timestamps": False},),
)
