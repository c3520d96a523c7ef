"""What stands in the state of every stack, and may never change its meaning."""

from __future__ import annotations

import base64
import json
import pickle
from pathlib import Path

import pytest
from pulumi.dynamic import ResourceProvider
from pulumi.output import UNKNOWN as HOST_UNKNOWN
from pulumi.output import Unknown as HostUnknown
from pulumi.runtime.proto import provider_pb2
from pulumi_switchboard import definitions
from pulumi_switchboard.core.values import UNKNOWN, Unknown
from pulumi_switchboard.dynamic.bags import from_host, to_host
from pulumi_switchboard.dynamic.bridge import Bridge

from tests.dynamic.conftest import Start
from tests.dynamic.host import KEY, PROVIDER, pickled

SAVED = sorted(Path(__file__).parent.glob("states_of_release_*/*.json"))
NO_CHANGE = {provider_pb2.DiffResponse.DIFF_UNKNOWN, provider_pb2.DiffResponse.DIFF_NONE}


PROVIDERS = {
    KEY: PROVIDER,
    "twilio/orchestrator:Configuration": (
        "gASVTwAAAAAAAACMGnB1bHVtaV9zd2l0Y2hib2FyZC5keW5hbWljlIwEbG9hZJSTlIwh"
        "dHdpbGlvL29yY2hlc3RyYXRvcjpDb25maWd1cmF0aW9ulIWUUpQu"
    ),
    "twilio/conversations:WebhookConfiguration": (
        "gASVVwAAAAAAAACMGnB1bHVtaV9zd2l0Y2hib2FyZC5keW5hbWljlIwEbG9hZJSTlIwp"
        "dHdpbGlvL2NvbnZlcnNhdGlvbnM6V2ViaG9va0NvbmZpZ3VyYXRpb26UhZRSlC4="
    ),
    "twilio/voice:DefaultClientConfiguration": (
        "gASVVQAAAAAAAACMGnB1bHVtaV9zd2l0Y2hib2FyZC5keW5hbWljlIwEbG9hZJSTlIwn"
        "dHdpbGlvL3ZvaWNlOkRlZmF1bHRDbGllbnRDb25maWd1cmF0aW9ulIWUUpQu"
    ),
    "ultravox:TwilioTelephony": (
        "gASVRgAAAAAAAACMGnB1bHVtaV9zd2l0Y2hib2FyZC5keW5hbWljlIwEbG9hZJSTlIwY"
        "dWx0cmF2b3g6VHdpbGlvVGVsZXBob255lIWUUpQu"
    ),
}
"""What every state holds as `__provider` of each type, for ever."""


@pytest.mark.parametrize(("key", "provider"), PROVIDERS.items())
def test_the_provider_string_is_byte_identical_for_ever(key: str, provider: str) -> None:
    assert pickled(key) == provider


def test_the_provider_string_loads_to_a_provider() -> None:
    loaded = pickle.loads(base64.b64decode(PROVIDER))  # noqa: S301 - the host does the same

    assert isinstance(loaded, Bridge)
    assert isinstance(loaded, ResourceProvider)


def test_the_keys_of_all_releases_are_there() -> None:
    assert [definition.key for definition in definitions.every()] == sorted(PROVIDERS)


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_saved_state_previews_empty(start: Start, saved: Path) -> None:
    state = json.loads(saved.read_text())
    inputs, outputs = ({**state[part]} for part in ("inputs", "outputs"))
    process = start(ULTRAVOX_API_KEY=f"abcd1234.{'k' * 32}")
    process.provider = inputs.pop("__provider")
    assert outputs.pop("__provider") == process.provider
    urn = f"urn:pulumi:dev::proof::{inputs['_resource']}"
    program = {**state["arguments"], "_stack": "another", "_resource": inputs["_resource"]}

    again, failures = process.check(inputs, program, urn)

    assert failures == []
    assert again == inputs
    changes, replaces = process.diff(state["id"], outputs, inputs, again, urn=urn)
    assert changes in NO_CHANGE
    assert replaces == []
    assert process.engine.warnings() == []


def test_there_is_a_saved_state_of_each_type() -> None:
    saved = {json.loads(path.read_text())["outputs"]["__provider"] for path in SAVED}

    assert saved == set(PROVIDERS.values())


def test_what_is_unknown_to_the_host_is_unknown_to_us_at_every_depth_and_back() -> None:
    host = {"a": HOST_UNKNOWN, "b": [{"c": HOST_UNKNOWN}], "d": {"e": [1.0, None]}}

    ours = from_host(host)

    assert isinstance(ours["a"], Unknown)
    assert isinstance(ours["b"][0]["c"], Unknown)
    assert ours["d"] == {"e": [1.0, None]}
    back = to_host({"a": UNKNOWN, "b": [{"c": UNKNOWN}]})
    assert isinstance(back["a"], HostUnknown)
    assert isinstance(back["b"][0]["c"], HostUnknown)


def test_bags_are_copies_since_the_host_writes_into_what_it_gets() -> None:
    ours = {"a": {"b": [1]}}

    host = to_host(ours)
    host["a"]["b"].append(2)
    host["__provider"] = PROVIDER

    assert ours == {"a": {"b": [1]}}
