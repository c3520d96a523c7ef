"""Programs for a lamp, and what someone else has made of it."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.core.values import Bag

from tests.core.singleton_stack import Stack

PROGRAM: Bag = {"room": "cellar", "colours": ["red", "blue"]}
FULL: Bag = {
    **PROGRAM,
    "method": "post",
    "hook": "https://ours.example",
    "mode": "cold",
    "dimmed": True,
    "levels": [1],
    "labels": {"of": "anna"},
}
SIGNED: Bag = {**FULL, "labels": {"of": "anna", "for": "otto"}, "owner": "anna", "key": "ours"}
"""With the fields that go with a key."""
EMPTIES = [("colours", []), ("method", ""), ("hook", ""), ("dimmed", False), ("levels", []), ("labels", {})]
DRIFTS: list[tuple[str, Any]] = [
    ("room", "attic"),
    ("colours", ["red"]),
    ("colours", []),
    ("method", "GET"),
    ("method", None),
    ("hook", "https://theirs.example"),
    ("mode", "warm"),
    ("dimmed", False),
    ("levels", [1, 2]),
    ("labels", {"of": "anna"}),
    ("labels", None),
    ("owner", "otto"),
    ("key", "theirs"),
]
"""What someone else changes of the signed one, field by field."""

THEIRS: Bag = {
    "colours": ["green"],
    "method": "GET",
    "hook": "https://theirs.example",
    "mode": "cold",
    "dimmed": True,
    "levels": [7],
    "labels": {"of": "otto"},
}
FOUND: Bag = {"room": "hall", **THEIRS}
OURS: Bag = {
    "room": "cellar",
    "colours": ["red", "blue"],
    "method": "POST",
    "hook": "https://ours.example",
    "mode": "warm",
    "dimmed": False,
    "levels": [1, 2],
    "labels": {},
}
"""In each field something else than theirs."""


def taken_over(stack: Stack, program: Bag = OURS, **found: Any) -> None:
    """Have the resource take over what someone else has set up."""
    stack.vendor.someone_sets(**(found or THEIRS))
    stack.up(program)
    stack.told()
    stack.requests()
