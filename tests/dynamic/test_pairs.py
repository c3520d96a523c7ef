"""Each pair of a supported Python and a supported Pulumi SDK."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.dynamic.conftest import Start
from tests.dynamic.host import ACCOUNT, KEY, RESOURCE
from tools.pythons.interpreters import installed
from tools.pythons.pairs import PYTHONS, made, pairs

NAME = """
import sys; from importlib.metadata import version
print(sys.version.split()[0], "pulumi", version("pulumi"), sep="-")
"""

needs_pairs = pytest.mark.skipif(not PYTHONS.is_dir(), reason="`make pythons` was never run")


@needs_pairs
def test_every_installed_python_has_an_environment_with_the_oldest_and_the_newest_sdk() -> None:
    assert {pair.name for pair in pairs(installed().values())} <= set(made())


@needs_pairs
@pytest.mark.parametrize(("name", "python"), made().items(), ids=[*made()])
def test_an_environment_is_what_its_name_says(name: str, python: Path) -> None:
    answer = subprocess.run([python, "-c", NAME], stdout=subprocess.PIPE, text=True, check=True)

    assert answer.stdout.strip() == name


def test_a_resource_lives_and_ends(start_each: Start, emulator: Emulator) -> None:
    up, down = start_each(SWITCHBOARD_ENDPOINT=emulator.url), start_each(SWITCHBOARD_ENDPOINT=emulator.url)
    program = {
        "call_notification": {"url": "https://desk.example.com/calls"},
        "_stack": "5ac0",
        "_resource": RESOURCE,
    }

    inputs, failures = up.check({}, program)
    assert failures == []
    id, outputs = up.create(inputs)
    assert outputs["configuration_id"] == id
    assert up.read(id, outputs, inputs) == (id, outputs, inputs)

    down.delete(id, outputs)
    assert emulator.state.get(ACCOUNT, {}).get(KEY, {}) == {}
    assert down.read(id, outputs, inputs)[0] == ""
