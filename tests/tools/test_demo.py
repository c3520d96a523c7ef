"""The demo leaves nothing behind, however it ends. `tests/engine` runs it with the real CLI."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.programs import write_program
from tests.promises import proves
from tools.demo.processes import DemoError
from tools.demo.story import demo_environment, tell

PULUMI = """
echo "$*" >> "$CALLS"
case "$*" in
  *"stack output"*) echo '{"supportConfigurationId": "conv_configuration_1"}' ;;
  *" up "*) if [ -n "$FAILING" ]; then exit 255; fi; if [ -n "$HANGING" ]; then exec sleep 60; fi ;;
esac
"""
SWITCHBOARD = """
echo $$ > "$EMULATOR_PID"
echo "The emulator listens at http://127.0.0.1:4321/."
exec sleep 60
"""


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a quickstart, and put scripts in place of the programs; returns the file of their calls."""
    (tmp_path / "examples" / "quickstart").mkdir(parents=True)
    (tmp_path / "Pulumi.yaml").touch()
    for name, script in (("pulumi", PULUMI), ("switchboard", SWITCHBOARD)):
        write_program(tmp_path / "bin" / name, script)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("EMULATOR_PID", str(tmp_path / "pid"))
    return tmp_path / "calls"


def is_taken_down(calls: Path) -> bool:
    with pytest.raises(ProcessLookupError):
        os.kill(int((calls.parent / "pid").read_text()), 0)
    return "destroy" in calls.read_text() and not list((calls.parent / ".demo").iterdir())


@proves("make.demo")
def test_a_failed_or_interrupted_deployment_is_taken_down_too(
    calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAILING", "1")
    with pytest.raises(DemoError, match=r"pulumi --non-interactive up .* failed with status 255"):
        tell(calls.parent)
    assert is_taken_down(calls)

    calls.unlink()
    monkeypatch.setenv("FAILING", "")
    monkeypatch.setenv("HANGING", "1")
    story = "import pathlib, sys; from tools.demo.story import tell; tell(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", story, str(calls.parent)]
    demo = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (calls.exists() and " up " in calls.read_text()):
        assert demo.poll() is None, "the demo has ended by itself"
        time.sleep(0.01)
    demo.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in demo.communicate()[1]
    assert is_taken_down(calls)


def test_accounts_of_the_user_stay_out(tmp_path: Path) -> None:
    mine = {"PATH": "/bin", "TWILIO_API_KEY": "SK1", "PULUMI_ACCESS_TOKEN": "pul-1", "SWITCHBOARD_LOG": "x"}
    settings = demo_environment(mine, tmp_path)
    assert settings["PATH"] == "/bin"
    assert settings["PULUMI_BACKEND_URL"] == f"file://{tmp_path}/state"
    assert settings["TWILIO_ACCOUNT_SID"].startswith("AC")
    assert settings.keys().isdisjoint(mine.keys() - {"PATH"})
