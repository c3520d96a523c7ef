"""One emulator for all tests, empty at the start of each, and a client for each API."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import Client, Memory, Orchestrator, Telephony, Voice, Webhooks, client_fixture
from tests.emulator.subjects import Subject


@pytest.fixture(scope="session")
def _started() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(_started: Emulator) -> Iterator[Emulator]:
    _started.reset()
    yield _started
    _started.reset()  # faults that a test leaves behind would be errors at the end of the session


voice = client_fixture(Voice)
webhooks = client_fixture(Webhooks)
orchestrator = client_fixture(Orchestrator)
memory = client_fixture(Memory)
telephony = client_fixture(Telephony)


@pytest.fixture
def client(subject: Subject, emulator: Emulator) -> Iterator[Client]:
    """Sends requests to the API that a test is about."""
    with subject.client(emulator) as client:
        yield client


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Threads for requests that wait."""
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Assert that nothing is logged as a mistake, as what goes wrong in these tests does so on purpose."""
    yield
    assert caplog.get_records("call") == []
