"""The harness finds the secrets and processes that it looks for: no other test shows that it does not."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import psutil
import pytest

from tests.engine.canary import Canary, forms
from tests.engine.processes import end_all, has_ended, providers, wait_for_the_end_of
from tests.engine.stack import ACCOUNT, Stack

PLAIN = "canary-of-the-day"
ODD = 'cänary of "the" \\ night & <its> 100 % + /?'
"""Written differently by everyone who writes it."""
DISGUISES: tuple[Callable[[str], str], ...] = (
    lambda secret: f"token={secret};",
    lambda secret: json.dumps({"inputs": json.dumps({"token": secret})}),
    lambda secret: json.dumps(secret, ensure_ascii=False).replace("<", r"\u003c").replace(">", r"\u003e"),
    lambda secret: repr({"token": secret}),
    lambda secret: quote(secret, safe="").lower(),
    lambda secret: f"token={quote_plus(secret)}&x=1",
    lambda secret: quote(json.dumps({"token": secret}), safe=""),
    lambda secret: urlsafe_b64encode(f"a{secret}".encode()).decode(),
    lambda secret: b64encode(json.dumps({"token": secret}).encode()).decode(),
    lambda secret: f"Basic {b64encode(f'{ACCOUNT}:{secret}'.encode()).decode()}",
)
WITHOUT_ITS_FIRST_THREAD = """
import ctypes, sys, threading
threading.Thread(target=sys.stdin.read).start()
print(flush=True)
ctypes.CDLL(None).pthread_exit(None)
"""
"""The first thread ends alone, and another one waits for the end of the input."""


def test_a_secret_is_found_in_every_disguise_and_what_only_looks_like_it_is_not() -> None:
    for disguise in DISGUISES:
        for secret in (PLAIN, ODD.replace("&", "")):
            with pytest.raises(AssertionError, match="is in the letter, as "):
                Canary([secret]).assert_absent(f"before {disguise(secret)} after", "the letter")
            Canary([secret, "by"]).assert_absent(disguise(secret.replace("nar", "nal")), "the letter")
    assert forms("by") == {"by"}, "in base64 it would be found by chance"


def test_all_that_is_printed_is_seen(printed: Callable[[], str]) -> None:
    os.write(2, b"straight to the file\n")
    sys.stdout.write("by Python\n")
    logging.getLogger("uvicorn.error").warning("by a log")

    for _ in range(2):
        said = printed()
        assert all(text in said for text in ("straight to the file", "by Python", "by a log"))


def test_a_program_that_leaks_is_caught_wherever_it_does(stack: Stack) -> None:
    leaked = stack.secret(PLAIN)
    stack.environment["TOKEN"] = leaked
    stack.write("""
        import os, pathlib, subprocess

        token = os.environ["TOKEN"]
        pulumi.export("token", token)
        subprocess.run(["sh", "-c", "sleep 3; true", token])
        pathlib.Path("notes.txt").write_text(token)
        pathlib.Path(token).touch()
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
    assert files == {"notes.txt", PLAIN, "Pulumi.dev.yaml", "state"}
    stack.secrets.remove(leaked)


def _leaking_file(stack: Stack) -> Path | None:
    """The file that the search finds first, if it finds one."""
    try:
        stack.assert_clean()
    except AssertionError as leak:
        return Path(re.findall(r" is in (\S+), as ", str(leak))[0])
    return None


def test_a_provider_is_seen_below_its_home_and_has_not_ended_while_one_of_its_threads_lives(
    tmp_path: Path,
) -> None:
    def start(code: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", code, "pulumi.dynamic"]
        home = {"HOME": str(tmp_path / "twin")}
        process = subprocess.Popen(command, env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    with start("import sys; print(flush=True); sys.stdin.read()") as process:
        assert [found.pid for found in providers(tmp_path)] == [process.pid]
        assert providers(tmp_path / "other") == []
        found = providers(tmp_path)
        end_all(tmp_path)
        wait_for_the_end_of(found)
        assert providers(tmp_path) == []

    with start(WITHOUT_ITS_FIRST_THREAD) as process:
        seen = psutil.Process(process.pid)
        while seen.status() != psutil.STATUS_ZOMBIE:
            """Its first thread is about to end."""
        assert not has_ended(seen)
        process.communicate()
        wait_for_the_end_of([seen])
