"""One emulator for all tests, empty at the start of each."""

from collections.abc import Iterator

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import Client


@pytest.fixture(scope="session")
def running() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(running: Emulator) -> Emulator:
    running.reset()
    return running


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Client]:
    client = Client(emulator)
    yield client
    client.close()
