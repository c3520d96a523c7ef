"""An example type with fields of every kind and every marker."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from hypothesis import strategies as st
from pulumi_switchboard.fields.models import (
    Account,
    Autonamed,
    Caseless,
    Id,
    Model,
    Replaces,
    Secret,
    State,
    Unordered,
    WarnIf,
)
from pulumi_switchboard.fields.urls import WebhookUrl
from pydantic import Field, field_validator, model_validator
from typing_extensions import Self


class Label(Model):
    """An object with a default."""

    text: str
    size: int = 12


class Rule(Model):
    """An object with a field whose name on the wire is a Python keyword, and with a map."""

    from_: str
    weight: float | None = None
    meta_data: dict[str, str] | None = None


class Hook(Model):
    """An object with a URL, a secret and an unordered list."""

    url: WebhookUrl
    method: str = "POST"
    events: Annotated[list[str] | None, Unordered()] = None
    key: Annotated[str | None, Secret()] = None


class Channel(Model):
    """A value of a map."""

    time_out: int | None = None
    hook: Hook | None = None
    capture_rules: Annotated[list[Rule] | None, Unordered()] = None


class ExampleInputs(Model):
    """The arguments."""

    region: Annotated[str, Replaces()]
    name: Annotated[str | None, Autonamed()] = None
    colour: Literal["red", "green", "blue"] = "red"
    is_on: bool = False
    size: int | None = None
    ratio: float | None = None
    tags: Annotated[list[str], Unordered()] = Field(default_factory=list)
    topics: Annotated[list[str] | None, Unordered()] = None
    ids: Annotated[list[str] | None, Unordered(once=True), Caseless()] = None
    steps: list[str] | None = None
    labels: dict[str, Label] | None = None
    notes: dict[str, str] | None = None
    header: Label | None = None
    rules: list[Rule] | None = None
    hooks: Annotated[list[Hook] | None, Unordered()] = None
    channels: dict[str, Channel] | None = None
    url: WebhookUrl | None = None
    v1_engine: Annotated[str | None, Replaces()] = None
    debug: Annotated[bool | None, WarnIf(lambda value: "is rarely useful" if value else None)] = None
    token: Annotated[str | None, Secret()] = None
    hint: Annotated[str | None, Secret(hint=lambda text: f"{text[:2]}…")] = None

    @field_validator("size")
    @classmethod
    def _not_too_big(cls, size: int | None) -> int | None:
        if size is not None and size > 9:
            raise ValueError("must not be above 9")
        return size

    @model_validator(mode="after")
    def _green_is_small(self) -> Self:
        if self.colour == "green" and (self.size or 0) > 5:
            raise ValueError("a green one must not be above 5")
        return self


class ExampleState(ExampleInputs, State):
    """The object as the vendor shows it."""

    example_id: Annotated[str, Id()]
    account: Annotated[str, Account()]


BASE: dict[str, Any] = {"region": "eu", "size": 3, "tags": ["a", "b"], "header": {"text": "A"}}
"""Arguments of the type."""

TEXT = st.text(max_size=3)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | st.floats(-3, 12) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
"""Any value of JSON."""
