"""The sample of memory stores."""

from __future__ import annotations

from tests.samples.sample import Bag, Field, Invalid, Outside, Sample, having

TYPE = "twilio/memory:Store"
PATH = "/memory.twilio.com/v1/ControlPlane/Stores"


def change(outside: Outside, id: str, changes: Bag) -> None:
    """Change members of the object."""
    outside.request("PATCH", f"{PATH}/{id}", json=changes)


def remove(outside: Outside, id: str) -> None:
    """Delete the object."""
    outside.request("DELETE", f"{PATH}/{id}")


def add(outside: Outside, changes: Bag) -> str:
    """Order an object, which is there once its operation is over."""
    outside.request("POST", PATH, json=having({"displayName": "theirs"}, changes))
    return ""


sample = Sample(
    type=TYPE,
    collection=PATH.removeprefix("/"),
    minimal={"deletion_protection": False},
    maximal={"display_name": "customers", "description": "All customers", "deletion_protection": False},
    shown={"displayName": "customers", "description": "All customers"},
    fields=(
        Field("display_name", "displayName", changed="clients", drifted="theirs", cleared="customers"),
        Field("description", "description", changed="Some customers", drifted="Their customers"),
    ),
    invalid=(
        Invalid({"display_name": "two words"}, "display_name: must consist of letters, digits and dashes"),
        Invalid({"display_name": "x" * 65}, "display_name: must have at most 64 characters"),
        Invalid(
            {"display_name": "x y" * 22},
            "display_name: must consist of letters, digits and dashes\n"
            "display_name: must have at most 64 characters",
        ),
        Invalid({"display_name": 7}, "display_name: must be a string"),
        Invalid({"description": ""}, "description: must have at least 1 character"),
        Invalid({"description": "x" * 129}, "description: must have at most 128 characters"),
        Invalid({"deletion_protection": "no"}, "deletion_protection: must be a boolean"),
    ),
    valid=({"display_name": "x" * 64, "description": "x" * 128},),
    same=(({"deletion_protection": False}, {}),),
    change=change,
    requests={
        "preview": "",
        "create": "GET POST polls GET GET",
        "update": "GET PATCH polls GET",
        "read": "GET",
        "delete": "DELETE polls GET",
    },
    remove=remove,
    add=add,
    account="",
    is_long_running=True,
    has_versions=True,
    slow={"memory_store_seconds": 90},
    never_ready={"memory_store_end": "FAILED"},
    name="display_name",
    looks_by_name=2,
    switches=(
        {"memory_store_reads": 0},
        {"memory_store_reads": 3},
        {"memory_store_seconds": 20},
        {"memory_conflicts": "at_once"},
        {"memory_concurrent_writes": "accept"},
    ),
)
