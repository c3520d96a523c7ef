"""What the state of every stack holds, and may never change its meaning."""

from __future__ import annotations

import base64
import json
import pickle
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from pulumi.dynamic import ResourceProvider

from tests.conformance.clock import VirtualClock
from tests.conformance.driver import Engine
from tests.conformance.resource import Resource, Saved
from tests.conformance.vendor import TOKEN, ULTRAVOX_KEY
from tests.dynamic.host import PROVIDERS
from tests.program.cloud import Cloud
from tests.promises import proves
from tests.samples import every

SAVED = sorted(Path(__file__).parent.glob("states_of_release_*/*.json"))
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
@pytest.mark.parametrize("saved", SAVED, ids=lambda path: f"{path.parent.name}-{path.stem}")
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


def test_there_is_a_saved_state_of_each_type() -> None:
    saved = {json.loads(path.read_text())["outputs"]["__provider"] for path in SAVED}

    assert saved == set(PROVIDERS.values())
