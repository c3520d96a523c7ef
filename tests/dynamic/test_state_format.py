"""What the state of every stack holds, and may never change its meaning."""

from __future__ import annotations

import base64
import json
import pickle
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pulumi.dynamic import ResourceProvider

from tests.conformance.clock import VirtualClock
from tests.conformance.driver import Engine
from tests.conformance.resource import Bag, CallError, Resource, Saved
from tests.conformance.vendor import TOKEN, ULTRAVOX_KEY
from tests.conformance.world import new_world
from tests.dynamic.host import PROVIDERS
from tests.program.cloud import Cloud
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample

GOLDEN = json.loads((Path(__file__).parent / "state_format.json").read_text())
"""The hidden members of each type's state: after a create, and while an operation is pending."""
SAVED = sorted(Path(__file__).parent.glob("saved_states/*.json"))
SETTINGS = {"twilio:accountSid": "AC" + "1" * 32, "twilio:authToken": TOKEN, "ultravox:apiKey": ULTRAVOX_KEY}


@proves("process.state-format")
def test_the_provider_string_of_each_type_never_changes() -> None:
    strings = {}
    for sample in every():
        module, name = sample.type.split(":")
        kind = getattr(import_module(f"pulumi_switchboard.{module.replace('/', '.')}"), name)
        registered = Cloud().run(partial(kind, "a", **sample.minimal)).one("a")
        strings[sample.type] = registered.properties["__provider"]
    assert strings == PROVIDERS

    for string in strings.values():
        assert isinstance(pickle.loads(base64.b64decode(string)), ResourceProvider)  # noqa: S301 - as the host does


@proves("process.state-format")
@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.stem)
def test_a_saved_state_previews_without_changes(saved: Path) -> None:
    state = json.loads(saved.read_text())
    type = next(key for key, string in PROVIDERS.items() if string == state["outputs"]["__provider"])
    resource = Resource(type, state["arguments"], name=state["inputs"]["_resource"].rpartition("::")[2])
    clock = VirtualClock()
    engine = Engine(
        clock, SETTINGS, Saved(state["id"], state["inputs"], state["outputs"]), stack_id="another"
    )

    assert engine.preview(resource) == "same"
    assert engine.warnings == []
    clock.close()


def shape(value: Any) -> Any:
    """The members and the kinds of a value, without what differs between objects."""
    if isinstance(value, dict):
        return {name: shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value[:1]]
    if value is None:
        return "null"
    if isinstance(value, str):
        return sorted(json.loads(value)) if value.startswith("{") else "text"
    return "flag" if isinstance(value, bool) else "number"


def hidden(bag: Bag) -> Bag:
    """The shapes of the hidden members."""
    return {
        name: shape(value) for name, value in bag.items() if name.startswith("_") and name != "__provider"
    }


@proves("process.state-format")
@pytest.mark.parametrize("sample", every(), ids=lambda sample: sample.type)
def test_the_hidden_members_of_state_never_change(sample: Sample) -> None:
    found = {}
    for case, operation_time, timeout in (("created", 0.2, 0.0), ("pending", 100.0, 20.0)):
        if case == "pending" and not sample.is_long_running:
            continue
        with new_world(sample, operation_time=operation_time) as made:
            with suppress(CallError):
                made.engine.up(replace(made.minimal, timeout=timeout))
            found[case] = {"inputs": hidden(made.saved.inputs), "outputs": hidden(made.saved.outputs)}
    assert found == GOLDEN[sample.type]


def test_there_is_a_saved_state_of_each_type() -> None:
    saved = {json.loads(path.read_text())["outputs"]["__provider"] for path in SAVED}

    assert saved == set(PROVIDERS.values())
