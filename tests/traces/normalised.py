"""Calls and state without what differs from run to run: ids, times and the endpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.conformance.resource import Bag

FIELDS = {
    "Check": ("urn", "olds", "news"),
    "Diff": ("id", "urn", "olds", "news", "old_inputs", "ignoreChanges"),
    "Create": ("urn", "properties", "timeout"),
    "Read": ("id", "urn", "properties", "inputs"),
    "Update": ("id", "urn", "olds", "news", "old_inputs", "ignoreChanges", "timeout"),
    "Delete": ("id", "urn", "properties", "old_inputs", "timeout"),
}
"""The fields of the requests that the driver sends."""
SECRET_MARK = "4dabf18193072939515e22adb298388d"
SECRET = "<secret>"
GENERATED = "voice_[a-z]+configuration|conv_configuration|proc_job|intelligence_service"
STORE = r"mem_store_(?!01k1etk2y5f1y9fpe2epfdtvv2)\w+"
"""The id of a store, but not of the one that a sample refers to."""
VARIABLE = re.compile(
    rf"(?P<id>(?:{GENERATED})_\w+|{STORE}|RQ[0-9a-f]{{32}})"
    r"|(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"|(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"
    r"|(?P<endpoint>http://(127\.0\.0\.1:\d+|localhost))"
    r"|(?P<name>(?<=-)[0-9a-f]{7}\b)"
    r"|(?P<duration>\d+(?:\.\d+)? s and \d+ polls?|\d+(?:\.\d+)? s\b)"
)
SINCE = "since"
"""The one number that is a time."""


class Normaliser:
    """Replaces what varies by its kind and number: the same value by the same text throughout."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, value: Any) -> Any:
        """The value in a normalised form; a secret is only marked as one, and a null is left out."""
        if isinstance(value, Mapping):
            if SECRET_MARK in value:
                return SECRET
            members = {
                self._text(name): self(item) for name, item in sorted(value.items()) if item is not None
            }
            return {**members, **({SINCE: "<time>"} if SINCE in members else {})}
        if isinstance(value, list | tuple):
            return [self(item) for item in value]
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return self._text(value) if isinstance(value, str) else value

    def call(self, verb: str, request: Bag, answer: Bag, error: str) -> Bag:
        """A call and its answer."""
        fields = {name: request[name] for name in FIELDS[verb] if request.get(name)}
        return {"verb": verb, "request": self(fields), "answer": self(answer), "error": self(error)}

    def _text(self, text: str) -> str:
        return VARIABLE.sub(self._number, text)

    def _number(self, found: re.Match[str]) -> str:
        kind, value = str(found.lastgroup), found[0]
        if kind in ("time", "duration"):
            return f"<{kind}>"
        if value not in self._known:
            count = sum(known.startswith(f"<{kind} ") for known in self._known.values())
            self._known[value] = f"<{kind} {count + 1}>"
        return self._known[value]
