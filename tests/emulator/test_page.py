"""The page of the emulator: its programs and commands do what it says."""

import os
import re
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from pulumi_switchboard.emulator import Emulator

from tests.documents import EMULATOR, blocks
from tests.emulator.client import KEY_NAME, KEY_SECRET, SECONDS, Voice, configuration
from tests.promises import proves

SID = "AC" + "0" * 32
"""The account on the page."""
CREATE: Any = {"json": configuration(unique_name="desk"), "auth": (SID, "token")}


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def on_the_page(language: str) -> list[str]:
    return [block.text for block in blocks(language) if block.page == EMULATOR and not block.reason]


@proves("documents.programs")
def test_the_programs_of_the_page_run_one_after_the_other(tmp_path: Path) -> None:
    processes: list[subprocess.Popen[bytes]] = []

    def deploy(endpoint: str) -> None:
        while requests.post(endpoint + Voice.path, **CREATE, timeout=SECONDS).status_code == 429:
            pass

    def start_deployment(endpoint: str) -> "subprocess.Popen[bytes]":
        program = f"import requests; requests.post({endpoint + Voice.path!r}, **{CREATE!r})"
        processes.append(subprocess.Popen([sys.executable, "-c", program]))
        return processes[-1]

    names: dict[str, Any] = {"deploy": deploy, "start_deployment": start_deployment}
    for text in on_the_page("python"):
        program = tmp_path / "program.py"
        program.write_text(text)
        names = runpy.run_path(str(program), names)
    tests = [test for name, test in names.items() if name.startswith("test_")]
    for test in tests:
        test()
    assert len(tests) == 2
    assert [process.wait() for process in processes] == [-signal.SIGKILL]


@proves("documents.programs")
def test_the_commands_of_the_page_run(emulator: Emulator) -> None:
    settings = {**os.environ, "SID": SID, "TOKEN": "token", "KEY": f"{KEY_NAME}.{KEY_SECRET}"}
    for text in on_the_page("sh"):
        commands = text.replace("http://127.0.0.1:8080", emulator.url)
        subprocess.run(["sh", "-e", "-c", commands], check=True, env=settings, capture_output=True)
    assert [entry.status for entry in emulator.journal] == [200, 200, 200, 200, 404]
    faults = requests.get(f"{emulator.url}/_emulator/faults", timeout=SECONDS).json()
    assert [fault["do"] for fault in faults] == [{"kind": "answer", "status": 503}]


def test_the_line_of_a_request_is_as_the_page_shows_it() -> None:
    (shown,) = on_the_page("text")
    lines: list[str] = []
    with Emulator(request_log=lines.append) as emulator:
        requests.get(f"{emulator.url}{Voice.path}?pageSize=2", auth=(SID, "token"), timeout=SECONDS)
    assert [masked(line) for line in lines] == [masked(shown.strip())]


def masked(line: str) -> str:
    return re.sub(r"^\S+Z|\d+ ms$", "…", line)
