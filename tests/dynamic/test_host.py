"""What we see of the host, and that we do without it."""

from __future__ import annotations

import threading

import pytest
from pulumi.dynamic import ConfigureRequest
from pulumi.dynamic.config import Config
from pulumi_switchboard.dynamic import engine, host
from pulumi_switchboard.dynamic.bridge import Bridge
from pulumi_switchboard.dynamic.host import ProviderError

from tests.dynamic.host import KEY


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
    engine.warn("urn", "careful")
    engine.progress("urn", "running")

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

    assert engine.is_plain() is plain


def test_the_watch_waits_for_the_calls_that_run_after_the_engine_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listens, idle = iter([True, False, False, False]), iter([False, False, True])
    pauses: list[float] = []
    monkeypatch.setattr(engine, "_listens", lambda _: next(listens))
    monkeypatch.setattr("time.sleep", pauses.append)

    def leave(status: int) -> None:
        raise SystemExit(status)

    monkeypatch.setattr("os._exit", leave)

    with pytest.raises(SystemExit) as ended:
        engine._watch(("engine", 1), lambda: next(idle))  # noqa: SLF001 - it runs in a thread of its own

    assert ended.value.code == 0
    assert pauses == [engine.WATCH_SECONDS] * 3


def test_an_engine_that_never_answered_is_not_taken_for_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["host", "127.0.0.1:1"])
    monkeypatch.setattr(engine, "_listens", lambda _: False)
    monkeypatch.setattr(engine, "_watch", lambda *_: pytest.fail("it is watched"))
    before = threading.active_count()

    engine.end_with_the_engine(lambda: True)

    assert threading.active_count() == before
