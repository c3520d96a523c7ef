"""What we see of the host, and that we do without it."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from pulumi.dynamic import ConfigureRequest
from pulumi.dynamic.config import Config
from pulumi_switchboard.dynamic import bridge, host, process, saying
from pulumi_switchboard.dynamic.bridge import Bridge
from pulumi_switchboard.dynamic.host import ProviderError
from pulumi_switchboard.dynamic.process import Process
from pulumi_switchboard.dynamic.words import Words

from tests.dynamic.host import KEY

WORDS = Words()


def test_outside_of_the_host_a_request_is_empty_and_calls_still_work() -> None:
    request = host.current()

    assert (request.urn, request.name, request.timeout, request.ignore_changes) == ("", "", 0.0, ())
    assert request.old_inputs is None


def test_outside_of_the_host_an_error_is_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TWILIO_ACCOUNT_SID", raising=False)
    monkeypatch.delenv("TWILIO_AUTH_TOKEN", raising=False)

    with pytest.raises(
        ProviderError, match=r"could not create twilio\.voice\.ClientConfiguration: there are no"
    ):
        Bridge(KEY).create({"call_notification": {"url": "https://a.example"}})


def test_outside_of_the_host_a_warning_goes_to_stderr_and_progress_nowhere(
    capsys: pytest.CaptureFixture[str],
) -> None:
    saying.EngineLog().warn("urn", WORDS.harmless("careful"))
    saying.EngineLog().progress("urn", WORDS.harmless("running"))

    assert capsys.readouterr() == ("", "careful\n")


def test_outside_of_the_host_there_is_nothing_to_widen() -> None:
    Bridge(KEY).configure(ConfigureRequest(Config({}, "proof")))

    assert host._executor() is None  # noqa: SLF001 - what it found is nowhere else to be seen


@pytest.mark.parametrize(("value", "plain"), [("1", True), ("0", False), ("", False)])
def test_the_tricks_are_switched_off_by_an_environment_variable(
    monkeypatch: pytest.MonkeyPatch,
    value: str,
    plain: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setenv("SWITCHBOARD_PLAIN_HOST", value)

    assert host.is_plain() is plain


def test_a_warning_about_a_resource_without_a_name_is_left_each_time() -> None:
    new = Process()

    assert new.first_time("", "careful")
    assert new.first_time("", "careful")
    assert new.first_time("urn", "careful")
    assert not new.first_time("urn", "careful")


def test_half_a_character_in_a_text_for_the_user_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    saying.EngineLog().warn("urn", WORDS.harmless("half \ud83d"))

    with pytest.raises(ProviderError, match="half \ufffd"):
        host.current().fail(WORDS.harmless("half \ud83d"))
    assert capsys.readouterr().err == "half \ufffd\n"


def test_a_report_of_a_bug_names_the_innermost_places_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def deep() -> int:
        return deep()

    monkeypatch.setattr(bridge, "PACKAGE", Path(__file__).parent)
    monkeypatch.setattr("pulumi_switchboard.definitions.find", lambda _: deep())

    with pytest.raises(ProviderError) as caught:
        Bridge(KEY).create({})
    assert "RecursionError < test_host.py:" in str(caught.value)
    assert str(caught.value).count(" in deep") == bridge.PLACES


def test_threads_that_are_not_to_be_had_stop_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr("sys.argv", ["host", f"127.0.0.1:{listener.getsockname()[1]}"])
        monkeypatch.setattr("threading.Thread.start", fail)

        Process().configure(ConfigureRequest(Config({}, "proof")))


def test_the_network_is_made_ready_once_however_many_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    all_here = threading.Barrier(2)

    class Slow:
        def __init__(self) -> None:
            made.append(self)
            with suppress(threading.BrokenBarrierError):
                all_here.wait(0.2)

    monkeypatch.setattr("pulumi_switchboard.http.pooled.PooledTransport", Slow)
    network = process._Network()  # noqa: SLF001 - nothing else has its first request at will
    asking = [threading.Thread(target=network.ready) for _ in range(2)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()

    assert len(made) == 1
