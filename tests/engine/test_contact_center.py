"""The example `contact-center`, in its own folders: two projects, one backend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.orchestrator import Orchestrator, ids
from tests.engine.processes import assert_no_provider_is_left, end_all
from tests.engine.stack import ROOT, Stack
from tests.engine.vendor import Vendor

EXAMPLE = ROOT / "examples" / "contact-center"
STATE = "state"


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(operation_time=0.3) as running:
        yield running


@pytest.fixture
def stacks(tmp_path: Path, emulator: Emulator) -> Iterator[tuple[Stack, Stack]]:
    """The contact center and its consumer, as they lie in the repository."""
    folder = tmp_path / "contact-center"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"))
    (folder / STATE).mkdir()
    backend = {"PULUMI_BACKEND_URL": f"file://{folder}/{STATE}"}
    center = Stack(folder, emulator.url, project="contact-center", environment=backend)
    consumer = Stack(
        folder / "consumer", emulator.url, project="contact-center-bot", environment=dict(backend)
    )
    try:
        for stack in (center, consumer):
            stack.run("stack", "init", stack.name)
        yield center, consumer
        assert_no_provider_is_left(folder)
    finally:
        end_all(folder)


def test_it_runs_and_the_ids_reach_another_project(stacks: tuple[Stack, Stack], emulator: Emulator) -> None:
    center, consumer = stacks

    center.up()

    made = ids(center)
    assert set(Orchestrator(emulator).all()) == set(made.values())
    assert Orchestrator(emulator).named("Sales")["description"].endswith(made["support"])
    calls = Vendor(emulator).only_client()["id"]
    assert center.outputs() == {"callsConfigurationId": calls, "conversationConfigurationIds": made}
    center.assert_settled()

    consumer.configure("contactCenter", "organization/contact-center/dev")
    consumer.up()

    twiml = consumer.outputs()["twiml"]
    assert f'conversationConfiguration="{made["support"]}"' in twiml
    assert consumer.outputs()["callsConfigurationId"] == calls
    consumer.assert_settled()
    consumer.destroy()
    center.destroy()
    assert emulator.state == {}
