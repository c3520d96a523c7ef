"""What the state of every stack holds, and may never change its meaning."""

from __future__ import annotations

import base64
import json
import pickle
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from pulumi.dynamic import ResourceProvider

from tests.conformance.clock import VirtualClock
from tests.conformance.driver import Engine
from tests.conformance.resource import Resource, Saved
from tests.conformance.vendor import TOKEN, ULTRAVOX_KEY
from tests.dynamic.freeze import missing, saved_state, state_format
from tests.dynamic.saved import FORMATS, PROVIDERS, path_in, states
from tests.program.cloud import Cloud
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample

SETTINGS = {"twilio:accountSid": "AC" + "1" * 32, "twilio:authToken": TOKEN, "ultravox:apiKey": ULTRAVOX_KEY}


def previewed(type: str, state: dict[str, Any]) -> tuple[str, list[str]]:
    """What a preview with the arguments of a saved state shows: what it would do, and the warnings."""
    resource = Resource(type, state["arguments"], name=state["inputs"]["_resource"].rpartition("::")[2])
    clock = VirtualClock()
    settings = {**SETTINGS, "switchboard:endpoint": state["outputs"]["_origin"]["endpoint"]}
    saved = Saved(state["id"], state["inputs"], state["outputs"])
    engine = Engine(clock, settings, saved, stack_id="another")
    try:
        return engine.preview(resource), engine.warnings
    finally:
        clock.close()


def test_each_type_has_a_saved_state_and_a_format() -> None:
    lacking = [f"{path.parent.name}/{path.name}" for path in missing(every())]
    assert not lacking, f"run `make generate`, which makes {' and '.join(lacking)}"


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
@pytest.mark.parametrize(("type", "state"), states().items(), ids=states())
def test_a_saved_state_previews_without_changes(type: str, state: dict[str, Any]) -> None:
    assert previewed(type, state) == ("same", [])


@pytest.mark.parametrize("sample", every(), ids=lambda sample: sample.type)
def test_a_state_that_is_saved_now_would_preview_without_changes_too(sample: Sample) -> None:
    state = json.loads(json.dumps(saved_state(sample)))

    assert previewed(sample.type, state) == ("same", [])
    assert state["outputs"]["__provider"] == PROVIDERS[sample.type]


@proves("process.state-format")
@pytest.mark.parametrize("sample", every(), ids=lambda sample: sample.type)
def test_the_hidden_members_of_state_never_change(sample: Sample) -> None:
    assert state_format(sample) == json.loads(path_in(FORMATS, sample.type).read_text())
