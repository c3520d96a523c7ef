"""One emulator for all tests, empty at the start of each, and a client for each API."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import Orchestrator, Telephony, Voice, Webhooks


@pytest.fixture(scope="session")
def _started() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(_started: Emulator) -> Iterator[Emulator]:
    _started.reset()
    yield _started
    _started.reset()  # faults that a test leaves behind would be errors at the end of the session


@pytest.fixture
def voice(emulator: Emulator) -> Iterator[Voice]:
    with Voice(emulator) as client:
        yield client


@pytest.fixture
def webhooks(emulator: Emulator) -> Iterator[Webhooks]:
    with Webhooks(emulator) as client:
        yield client


@pytest.fixture
def orchestrator(emulator: Emulator) -> Iterator[Orchestrator]:
    with Orchestrator(emulator) as client:
        yield client


@pytest.fixture
def telephony(emulator: Emulator) -> Iterator[Telephony]:
    with Telephony(emulator) as client:
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
