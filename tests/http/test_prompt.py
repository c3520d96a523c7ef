"""No one is kept waiting by a server that stalls, nor after a stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from pulumi_switchboard.errors import LostAnswerError, UnreachableError
from pulumi_switchboard.http.messages import Request, Response
from pulumi_switchboard.http.prompt import PromptTransport
from pulumi_switchboard.moment import Stop

from tests.http.fakes import answer, request

LONG = 60.0
"""Longer than any test may take."""


@dataclass
class Stalling:
    """A transport that answers when it is let go."""

    sent: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)

    def send(self, request: Request, timeout: float) -> Response:
        """Answer in the end."""
        self.sent.set()
        self.free.wait(LONG)
        return answer(204)


@pytest.fixture
def stalling() -> Iterator[Stalling]:
    """A transport that stalls, let go at the end."""
    transport = Stalling()
    yield transport
    transport.free.set()


def test_an_answer_is_handed_on() -> None:
    @dataclass
    class Quick:
        def send(self, request: Request, timeout: float) -> Response:
            return answer(200, f"{timeout}".encode())

    assert PromptTransport(Quick, Stop()).send(request(), 5.0).body == b"5.0"


@pytest.mark.parametrize("error", [UnreachableError("no way"), ZeroDivisionError()])
def test_an_error_is_handed_on(error: Exception) -> None:
    @dataclass
    class Failing:
        def send(self, request: Request, timeout: float) -> Response:
            raise error

    with pytest.raises(type(error)) as caught:
        PromptTransport(Failing, Stop()).send(request(), 5.0)
    assert caught.value is error


def test_where_no_thread_is_to_be_had_nothing_was_sent(
    stalling: Stalling, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", fail)

    with pytest.raises(UnreachableError, match="no thread left"):
        PromptTransport(lambda: stalling, Stop()).send(request("POST"), LONG)
    assert not stalling.sent.is_set()


def test_a_server_that_stalls_is_given_up_when_the_time_is_over(stalling: Stalling) -> None:
    with pytest.raises(LostAnswerError, match=r"no answer to PUT https://voice\.example/v2/x within 0\.05 s"):
        PromptTransport(lambda: stalling, Stop()).send(request("PUT"), 0.05)
    assert stalling.sent.wait(LONG)


def test_what_makes_it_ready_is_done_before_the_time_of_the_request_begins(stalling: Stalling) -> None:
    done_by: list[threading.Thread] = []

    def ready() -> Stalling:
        done_by.append(threading.current_thread())
        return stalling

    stalling.free.set()
    PromptTransport(ready, Stop()).send(request(), LONG)

    assert done_by == [threading.current_thread()]


def test_a_stop_gives_up_on_a_server_that_stalls_after_a_time_of_grace(
    stalling: Stalling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_switchboard.http.prompt.GRACE_SECONDS", 0.05)
    stop = Stop()

    def end() -> None:
        stalling.sent.wait(LONG)
        stop.set()

    threading.Thread(target=end).start()

    with pytest.raises(LostAnswerError, match=r"no answer to PUT .* before the update was cancelled"):
        PromptTransport(lambda: stalling, stop).send(request("PUT"), LONG)


def test_an_answer_in_the_time_of_grace_counts(stalling: Stalling, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_switchboard.http.prompt.GRACE_SECONDS", LONG)
    stop = Stop()

    def end() -> None:
        stalling.sent.wait(LONG)
        stop.set()
        stalling.free.set()

    threading.Thread(target=end).start()

    assert PromptTransport(lambda: stalling, stop).send(request("PUT"), LONG).status == 204
