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


def in_base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def of_go(text: str) -> str:
    escaped = json.dumps(text, ensure_ascii=False)
    return escaped.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


DISGUISES: dict[str, Callable[[str], str]] = {
    "itself": lambda secret: f"token={secret};",
    "JSON": lambda secret: json.dumps({"token": secret}),
    "JSON of letters": lambda secret: json.dumps({"token": secret}, ensure_ascii=False),
    "JSON of the CLI": lambda secret: '{"token":' + of_go(secret) + "}",
    "JSON in JSON": lambda secret: json.dumps({"inputs": json.dumps({"token": secret})}),
    "Python": lambda secret: repr({"token": secret}),
    "percent-encoded": lambda secret: f"https://desk.example.com/{quote(secret, safe='')}",
    "percent-encoded path": lambda secret: f"https://desk.example.com/{quote(secret)}",
    "percent-encoded in small letters": lambda secret: quote(secret, safe="").lower(),
    "form": lambda secret: f"token={quote_plus(secret)}&x=1",
    "JSON in a URL": lambda secret: quote(json.dumps({"token": secret}), safe=""),
    "base64": in_base64,
    "base64 for URLs": lambda secret: urlsafe_b64encode(f"a{secret}".encode()).decode(),
    "base64 of JSON": lambda secret: in_base64(json.dumps({"token": secret})),
    "credentials": lambda secret: f"Basic {in_base64(f'{ACCOUNT}:{secret}')}",
    "credentials of a shorter user": lambda secret: in_base64(f"{ACCOUNT[1:]}:{secret}"),
    "credentials of a still shorter user": lambda secret: in_base64(f"{ACCOUNT[2:]}:{secret}"),
}
LEAKS = {
    "the output": "pulumi.info('it is ' + token)",
    "/state/.pulumi/": "pulumi.export('token', token)",
    "the arguments of a process": "subprocess.run(['sh', '-c', 'sleep 3; true', token])",
    "/notes.txt": "pathlib.Path('notes.txt').write_text(token)",
    "/Pulumi.dev.yaml": "pathlib.Path('Pulumi.dev.yaml').write_text('# ' + token)",
}
"""What a program may do with a secret, and where that is found."""


@pytest.mark.parametrize("secret", [PLAIN, ODD], ids=["plain", "odd"])
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_a_secret_is_found_in_every_disguise(disguise: Callable[[str], str], secret: str) -> None:
    with pytest.raises(AssertionError, match="is in the letter, as "):
        Canary([secret]).assert_absent(f"before {disguise(secret)} after", "the letter")


@pytest.mark.parametrize("secret", [PLAIN, ODD], ids=["plain", "odd"])
def test_what_only_looks_like_a_secret_is_let_pass(secret: str) -> None:
    other = secret.replace("nar", "nal")
    text = "\n".join(disguise(other) for disguise in DISGUISES.values())

    Canary([secret, "by"]).assert_absent(text, "the letter")


def test_a_short_secret_is_not_looked_for_in_base64_where_it_would_be_found_by_chance() -> None:
    assert forms("by") == {"by"}


@pytest.mark.parametrize(
    "place",
    [
        "Pulumi.dev.yaml",
        "notes.txt",
        "state/.pulumi/stacks/proof/dev.json",
        "state/.pulumi/stacks/proof/dev.json.bak",
        "state/.pulumi/backups/proof/dev/dev.1.json",
        "state/.pulumi/history/proof/dev/dev-1.checkpoint.json",
        f"logs/{PLAIN}.log",
    ],
)
def test_a_secret_is_found_in_every_file(tmp_path: Path, place: str) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\xff" if PLAIN in place else b"\xff" + PLAIN.encode())

    with pytest.raises(AssertionError, match=file.name):
        Canary([PLAIN]).assert_absent_from_files(tmp_path)


def test_the_program_may_hold_a_secret(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text(PLAIN)
    (tmp_path / "__main__.cpython-311.pyc").write_text(PLAIN)

    Canary([PLAIN]).assert_absent_from_files(tmp_path)


def test_a_secret_is_found_in_the_journal(emulator: Emulator) -> None:
    path = "voice.twilio.com/v2/Configurations/Client"
    requests.get(f"{emulator.url}/{path}/{PLAIN}", auth=(ACCOUNT, "any"), timeout=10)

    with pytest.raises(AssertionError, match="is in the journal"):
        Canary([PLAIN]).assert_absent_from_journal(emulator.url)


def test_a_vendor_that_is_gone_has_no_journal() -> None:
    with Emulator() as emulator:
        url = emulator.url

    Canary([PLAIN]).assert_absent_from_journal(url)


def test_all_that_is_printed_is_seen(printed: Callable[[], str]) -> None:
    os.write(2, b"straight to the file\n")
    sys.stdout.write("by Python\n")
    logging.getLogger("uvicorn.error").warning("by a log")

    for _ in range(2):
        said = printed()
        assert all(text in said for text in ("straight to the file", "by Python", "by a log"))


@dataclass
class LetGoOnceSeen(Command):
    """A command whose processes go on, if they are to, only when they were looked at."""

    let_go: Callable[[], None] = lambda: None

    def _look(self) -> None:
        super()._look()
        self.let_go()


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
    let_go, process.stdin = process.stdin.close, None
    command = LetGoOnceSeen(process, tmp_path, tmp_path, Canary(["canary-below"]))

    if end is None:
        command.let_go = let_go
    else:
        end(command)
        let_go()
    with pytest.raises(AssertionError, match="is in the arguments of a process"):
        command.output()

    assert any(inner in line for line in command.seen)


@pytest.mark.parametrize("where", LEAKS)
def test_a_program_that_leaks_is_caught(stack: Stack, where: str) -> None:
    stack.environment["TOKEN"] = stack.secret(PLAIN)
    stack.write(f"""
        import os, pathlib, subprocess

        token = os.environ["TOKEN"]
        {LEAKS[where]}
    """)

    with pytest.raises(AssertionError, match=f"the secret '{PLAIN}' is in .*{re.escape(where)}"):
        stack.up(None, "--suppress-outputs")

    stack.secrets.remove(PLAIN)


def test_what_is_asked_for_is_no_leak(stack: Stack) -> None:
    stack.configure("token", stack.secret(PLAIN), secret=True)

    stack.up('pulumi.export("token", pulumi.Config().require_secret("token"))')

    assert stack.outputs() == {"token": PLAIN}
    assert PLAIN in stack.run("stack", "export", "--show-secrets").output
    assert PLAIN not in stack.run("stack", "export").output
