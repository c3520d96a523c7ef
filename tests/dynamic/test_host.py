"""The provider without Pulumi's host, and what of it no process of a test can bring about."""

from __future__ import annotations

import errno
import re
import socket
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

import pytest
from pulumi.dynamic import ConfigureRequest
from pulumi.dynamic.config import Config
from pulumi_switchboard.dynamic import load
from pulumi_switchboard.dynamic.host import HostCall, ProviderError
from pulumi_switchboard.dynamic.process import Process, begin, configure, new_process
from pulumi_switchboard.runtime import engine_watch

from tests.dynamic.host import KEY, SECONDS, SECRET, Bag
from tests.environment import forget_settings
from tests.promises import proves

CLIENT: Bag = {"call_notification": {"url": "https://desk.example.com/calls"}}

ADDRESS = ("127.0.0.1", 1)


def assert_harmless(text: str) -> None:
    """See that the text can be shown on a terminal, and holds no secret."""
    odd = {one for one in text if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert (odd, "<{%" in text, SECRET in text) == (set(), False, False), text


@pytest.fixture(autouse=True)
def process(monkeypatch: pytest.MonkeyPatch) -> Process:
    forget_settings(monkeypatch)
    made = new_process()
    begin(made)
    return made


def configuration(**settings: str) -> ConfigureRequest:
    return ConfigureRequest(Config(settings, "proof"))


@proves("error.our-bug")
def test_a_bug_is_reported_as_one_with_its_place_and_without_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    load(KEY).configure(configuration(**{"twilio:accountSid": "AC" + "1" * 32, "twilio:authToken": "t"}))

    with pytest.raises(ProviderError) as caught:
        load(KEY).create({"unique_name": {SECRET: SECRET}})

    text = str(caught.value)
    place = r"this is a bug in pulumi-switchboard, please report it: TypeError < \S+\.py:\d+ in \w+"
    assert re.search(place, text), text
    assert text.count(" < ") <= 8, "only the innermost places are named"
    assert ("Traceback" in text, SECRET in text) == (False, False)


def test_a_type_that_this_version_does_not_know_is_an_error_that_says_so() -> None:
    unknown = load("twilio/voice:Nothing")

    for call in (
        lambda: unknown.check({}, CLIENT),
        lambda: unknown.create(CLIENT),
        lambda: unknown.read("x", CLIENT),
        lambda: unknown.delete("x", CLIENT),
    ):
        with pytest.raises(ProviderError, match="does not know the type twilio/voice:Nothing") as caught:
            call()
        assert "install the version" in str(caught.value)


def test_a_process_settles_in_where_no_more_threads_can_be_started(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr("sys.argv", ["host", f"127.0.0.1:{listener.getsockname()[1]}"])
        monkeypatch.setattr("threading.Thread.start", fail)

        configure({})


@pytest.fixture
def knocks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[OSError | None]]:
    """What becomes of each look at the engine, in turn; pauses take no time."""
    results: list[OSError | None] = []

    class Connection:
        def close(self) -> None:
            pass

    def connect(address: tuple[str, int], timeout: float) -> Connection:
        if (result := results.pop(0)) is not None:
            raise result
        return Connection()

    monkeypatch.setattr("socket.create_connection", connect)
    monkeypatch.setattr("time.sleep", lambda _: None)
    yield results
    assert results == [], "each result was looked at"


@proves("process.ends")
def test_the_process_ends_once_the_engine_is_gone_and_no_call_runs(
    knocks: list[OSError | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, statuses = threading.Event(), list[int]()

    def leave(status: int) -> None:
        statuses.append(status)
        ended.set()

    monkeypatch.setattr("os._exit", leave)
    trouble = [OSError(errno.EMFILE, "files"), OSError(errno.EADDRNOTAVAIL, "ports"), TimeoutError()]
    gone = [ConnectionRefusedError()] * 3
    knocks += [None, None, *trouble, *gone]
    idle = iter([False, False, True])

    engine_watch.end_with_engine(ADDRESS, lambda: next(idle))

    assert ended.wait(SECONDS)
    assert statuses == [0]


def test_an_engine_that_never_answered_is_not_watched(knocks: list[OSError | None]) -> None:
    knocks.append(ConnectionRefusedError())
    before = threading.active_count()

    engine_watch.end_with_engine(ADDRESS, lambda: True)

    assert threading.active_count() == before


def test_the_network_is_made_ready_once_however_many_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    all_here = threading.Barrier(2)

    class Slow:
        def __init__(self) -> None:
            made.append(self)
            with suppress(threading.BrokenBarrierError):
                all_here.wait(0.2)

        def send(self, *_: object) -> None:
            raise ValueError

    monkeypatch.setattr("pulumi_switchboard.transport.session.SessionTransport", Slow)
    load(KEY).configure(configuration(**{"twilio:accountSid": "AC" + "1" * 32, "twilio:authToken": "t"}))

    def ask() -> None:
        with pytest.raises(ProviderError):
            load(KEY).create(CLIENT)

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()

    assert len(made) == 1


@proves("error.our-bug")
def test_a_request_that_cannot_be_read_is_an_error_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unreadable(HostCall):
        @cached_property
        def old_inputs(self) -> Bag | None:
            raise TypeError(SECRET)

    monkeypatch.setattr("pulumi_switchboard.dynamic.host.current", Unreadable)
    with pytest.raises(ProviderError, match=r"this is a bug in pulumi-switchboard.*TypeError") as caught:
        load(KEY).diff("x", CLIENT, CLIENT)
    assert SECRET not in str(caught.value)
