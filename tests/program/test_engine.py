"""A program that is run without Pulumi."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pulumi
import pytest
from pulumi_switchboard import Provider, twilio

from tests.promises import proves

NOTICE = (
    "this program declares resources for Pulumi: run it with `pulumi up` "
    "(in a unit test, call `pulumi.runtime.set_mocks` first)\n"
)
PROGRAM = """
import pulumi
from pulumi_switchboard import Provider

try:
    Provider("acme")
except Exception as error:
    print(error)
Provider("acme")
"""


@proves("program.needs-the-engine")
def test_a_program_without_an_engine_ends_with_one_line_and_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, path], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, NOTICE, NOTICE)


@proves("program.needs-the-engine")
def test_nothing_can_be_declared_without_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_switchboard.program.engine.get_monitor", lambda: None)
    url = "https://desk.example.com"
    declarations: tuple[Callable[[], object], ...] = (
        lambda: twilio.voice.ClientConfiguration("desk", call_notification={"url": url}),
        lambda: twilio.voice.ClientConfiguration.get("desk", "id"),
        lambda: Provider("acme"),
    )
    for declare in declarations:
        with pytest.raises(pulumi.RunError) as error:
            declare()
        assert f"{error.value}\n" == NOTICE
