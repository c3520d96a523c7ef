"""Child processes that never outlive the demo, however it ends."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

GRACE = 30.0


class DemoError(Exception):
    """A step of the demo failed; the message says which."""


def run(
    command: Sequence[str], directory: Path, environment: Mapping[str, str], *, capture: bool = False
) -> str:
    """Run a command to its end and return what it printed, if that is captured."""
    output = subprocess.PIPE if capture else None
    with started(command, stdout=output, cwd=directory, env=environment) as process:
        printed, _ = process.communicate()
    if process.returncode:
        raise DemoError(f"`{' '.join(command)}` failed with status {process.returncode}")
    return printed.decode() if printed else ""


@contextmanager
def emulator(environment: Mapping[str, str], log: Path, patience: float = 60.0) -> Iterator[str]:
    """Start the emulator, yield its URL as soon as it has printed it, and stop it at the end."""
    command = ["switchboard", "emulator", "--port", "0", "--quiet"]
    with log.open("wb") as output, started(command, stdout=output, env=environment) as process:
        yield _announced_url(process, log, patience)


@contextmanager
def started(
    command: Sequence[str],
    *,
    stdout: int | IO[bytes] | None,
    env: Mapping[str, str],
    cwd: Path | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a process that has ended when the block is left, whatever happens.

    It runs in a session of its own, so that Ctrl-C reaches it once, from us, and it can wind up properly.
    """
    with ExitStack() as stack:
        with _undisturbed():
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=stdout, cwd=cwd, env=env, start_new_session=True
            )
            stack.callback(end, process)
        yield process


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block."""
    pressed: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if pressed:
        raise KeyboardInterrupt


def end(process: "subprocess.Popen[bytes]") -> None:
    """Interrupt a process as Ctrl-C would, and kill its whole session if it does not end in time."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(GRACE)
        except BaseException as reason:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if not isinstance(reason, subprocess.TimeoutExpired):
                raise


def _announced_url(process: "subprocess.Popen[bytes]", log: Path, patience: float) -> str:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        ended = process.poll()
        printed = log.read_text()
        if found := re.search(r"(https?://\S+)\s", printed):
            return found[1].rstrip("/.,")
        if ended is not None:
            raise DemoError(f"the emulator ended with status {ended}:\n{printed}")
        time.sleep(0.02)
    raise DemoError(f"the emulator printed no URL within {patience:.0f} s:\n{log.read_text()}")
