"""One emulator for all tests, empty at the start of each."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import Client
from tests.emulator.orchestrator import Orchestrator


@pytest.fixture(scope="session")
def running() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(running: Emulator) -> Iterator[Emulator]:
    running.reset()
    yield running
    running.reset()  # faults that a test leaves behind would be errors at the end of the session


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Client]:
    client = Client(emulator)
    yield client
    client.close()


@pytest.fixture
def vendor(emulator: Emulator) -> Iterator[Orchestrator]:
    """A client of Conversation Orchestrator whose operations are over at once."""
    vendor = Orchestrator(emulator)
    yield vendor
    vendor.close()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Threads for requests that wait."""
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Assert that what happens on purpose is not logged as a mistake."""
    yield
    assert caplog.get_records("call") == []
