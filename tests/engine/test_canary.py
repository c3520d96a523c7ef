"""The search for secrets finds what it is there to find: no other test would show that it does not."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import requests
from pulumi_switchboard.emulator import Emulator

from tests.engine.canary import Canary, forms
from tests.engine.processes import Command
from tests.engine.stack import ACCOUNT, Stack

PLAIN = "canary-of-the-day"
ODD = 'cänary of "the" \\ night & <its> 100 % + /?'
"""Written differently by everyone who writes it."""
SECRETS = (PLAIN, ODD)


def in_base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def of_go(text: str) -> str:
    escaped = json.dumps(text, ensure_ascii=False)
    return escaped.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


DISGUISES: dict[str, Callable[[str], str]] = {
    "itself": lambda secret: f"token={secret};",
    "JSON": lambda secret: json.dumps({"token": secret}),
    "JSON of the CLI": lambda secret: '{"token":' + of_go(secret) + "}",
    "JSON in JSON": lambda secret: json.dumps({"inputs": json.dumps({"token": secret})}),
    "Python": lambda secret: repr({"token": secret}),
    "percent-encoded": lambda secret: f"https://desk.example.com/{quote(secret, safe='')}",
    "percent-encoded in small letters": lambda secret: quote(secret, safe="").lower(),
    "form": lambda secret: f"token={quote_plus(secret)}&x=1",
    "JSON in a URL": lambda secret: quote(json.dumps({"token": secret}), safe=""),
    "base64": in_base64,
    "base64 for URLs": lambda secret: urlsafe_b64encode(f"a{secret}".encode()).decode(),
    "base64 of JSON": lambda secret: in_base64(json.dumps({"token": secret})),
    "credentials": lambda secret: f"Basic {in_base64(f'{ACCOUNT}:{secret}')}",
    "credentials of a shorter user": lambda secret: in_base64(f"{ACCOUNT[2:]}:{secret}"),
}
FILES = (
    "Pulumi.dev.yaml",
    "notes.txt",
    "state/.pulumi/stacks/proof/dev.json.bak",
    "state/.pulumi/history/proof/dev/dev-1.checkpoint.json",
    f"logs/{PLAIN}.log",
)


def test_a_secret_is_found_in_every_disguise_and_what_only_looks_like_it_is_not() -> None:
    for secret in SECRETS:
        for name, disguise in DISGUISES.items():
            with pytest.raises(AssertionError, match="is in the letter, as "):
                Canary([secret]).assert_absent(f"before {disguise(secret)} after", "the letter")
            other = disguise(secret.replace("nar", "nal"))
            Canary([secret, "by"]).assert_absent(other, f"a letter with {name}")
    assert forms("by") == {"by"}, "in base64 it would be found by chance"


def test_a_secret_is_found_in_every_file_but_the_program(tmp_path: Path) -> None:
    for name in ("__main__.py", "__main__.cpython-311.pyc"):
        (tmp_path / name).write_text(PLAIN)
    Canary([PLAIN]).assert_absent_from_files(tmp_path)

    for place in FILES:
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\xff" if PLAIN in place else b"\xff" + PLAIN.encode())
        with pytest.raises(AssertionError, match=file.name):
            Canary([PLAIN]).assert_absent_from_files(tmp_path)
        file.unlink()


def test_a_secret_is_found_in_the_journal_of_an_emulator_that_runs() -> None:
    with Emulator() as emulator:
        url = f"{emulator.url}/voice.twilio.com/v2/Configurations/Client/{PLAIN}"
        requests.get(url, auth=(ACCOUNT, "any"), timeout=10)
        with pytest.raises(AssertionError, match="is in the journal"):
            Canary([PLAIN]).assert_absent_from_journal(emulator.url)
        ended = emulator.url
    Canary([PLAIN]).assert_absent_from_journal(ended)


def test_all_that_is_printed_is_seen(printed: Callable[[], str]) -> None:
    os.write(2, b"straight to the file\n")
    sys.stdout.write("by Python\n")
    logging.getLogger("uvicorn.error").warning("by a log")

    for _ in range(2):
        said = printed()
        assert all(text in said for text in ("straight to the file", "by Python", "by a log"))


@dataclass
class GoesOnOnceSeen(Command):
    """A command whose processes go on, if they are to, only when they were looked at."""

    go_on: Callable[[], None] = lambda: None

    def _look(self) -> None:
        super()._look()
        self.go_on()


@pytest.mark.parametrize("end", [None, Command.kill_provider, Command.interrupt, Command.kill_cli])
def test_the_arguments_of_processes_below_are_seen(
    tmp_path: Path, end: Callable[[Command], None] | None
) -> None:
    inner = "import sys; print('ready', flush=True); sys.stdin.read()"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}, *sys.argv[1:]])"
    process = subprocess.Popen(
        [sys.executable, "-c", outer, "pulumi.dynamic", "canary-below"],
        env={"HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    go_on, process.stdin = process.stdin.close, None
    command = GoesOnOnceSeen(process, tmp_path, tmp_path, Canary(["canary-below"]))

    if end is None:
        command.go_on = go_on
    else:
        end(command)
        go_on()
    with pytest.raises(AssertionError, match="is in the arguments of a process"):
        command.output()

    assert any(inner in line for line in command.seen)


def test_a_program_that_leaks_is_caught_wherever_it_does(stack: Stack) -> None:
    leaked = stack.secret(PLAIN)
    stack.environment["TOKEN"] = leaked
    stack.write("""
        import os, pathlib, subprocess

        token = os.environ["TOKEN"]
        pulumi.info(f"it is {token}")
        pulumi.export("token", token)
        subprocess.run(["sh", "-c", "sleep 3; true", token])
        pathlib.Path("notes.txt").write_text(token)
        with pathlib.Path("Pulumi.dev.yaml").open("a") as settings:
            settings.write(f"# {token}")
    """)
    command = stack.start("up", "--yes", "--skip-preview")

    with pytest.raises(AssertionError, match=f"the secret '{leaked}' is in the arguments of a process"):
        command.output()
    with pytest.raises(AssertionError, match="is in the output"):
        stack.assert_clean(f"it is {leaked}")
    files = set()
    while file := _leaking_file(stack):
        files.add(file.relative_to(stack.folder).parts[0])
        file.unlink()
    assert files == {"notes.txt", "Pulumi.dev.yaml", "state"}
    stack.secrets.remove(leaked)


def _leaking_file(stack: Stack) -> Path | None:
    """The file that the search finds first, if it finds one."""
    try:
        stack.assert_clean()
    except AssertionError as leak:
        return Path(re.findall(r" is in (\S+), as ", str(leak))[0])
    return None
