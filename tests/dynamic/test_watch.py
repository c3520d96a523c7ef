"""The provider process ends with its engine, and not before."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator

import pytest
from pulumi_switchboard.dynamic import watch


@pytest.fixture
def _leaving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving the process shows."""

    def leave(status: int) -> None:
        raise SystemExit(status)

    monkeypatch.setattr("os._exit", leave)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses take no time, and are noted."""
    noted: list[float] = []
    monkeypatch.setattr("time.sleep", noted.append)
    return noted


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    """Where someone listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()


@pytest.mark.usefixtures("_leaving")
def test_the_watch_waits_for_the_calls_that_run_after_the_engine_is_gone(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    gone, idle = iter([False, True, True, True]), iter([False, False, True])
    monkeypatch.setattr(watch, "_is_gone", lambda _: next(gone))

    with pytest.raises(SystemExit) as ended:
        watch._watch(("engine", 1), lambda: next(idle))  # noqa: SLF001 - it runs in a thread of its own

    assert ended.value.code == 0
    assert pauses == [watch.WATCH_SECONDS] * 3


@pytest.mark.parametrize(
    "trouble",
    [
        OSError(errno.EMFILE, "too many open files"),
        OSError(errno.EADDRNOTAVAIL, "no free port"),
        TimeoutError("it took too long"),
    ],
    ids=["files", "ports", "time"],
)
@pytest.mark.usefixtures("_leaving")
def test_trouble_of_this_process_is_not_taken_for_the_end_of_the_engine(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float], trouble: OSError
) -> None:
    answers = iter([trouble, trouble, trouble, ConnectionRefusedError()])

    def fail(address: tuple[str, int], timeout: float) -> None:
        raise next(answers)

    monkeypatch.setattr("socket.create_connection", fail)

    with pytest.raises(SystemExit):
        watch._watch(("engine", 1), lambda: True)  # noqa: SLF001
    assert len(pauses) == 3


def test_an_engine_that_never_answered_is_not_taken_for_gone(
    monkeypatch: pytest.MonkeyPatch, address: tuple[str, int]
) -> None:
    """Where no one listens from the start, there is nothing to watch."""
    watched = threading.Event()
    monkeypatch.setattr(watch, "_watch", lambda *_: watched.set())

    monkeypatch.setattr("sys.argv", ["host", "127.0.0.1:1"])
    before = threading.active_count()
    watch.end_with_the_engine(lambda: True)
    assert threading.active_count() == before

    monkeypatch.setattr("sys.argv", ["host", "{}:{}".format(*address)])
    watch.end_with_the_engine(lambda: True)
    assert watched.wait(60.0)
