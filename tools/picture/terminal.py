"""What a command shows on a terminal."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

COLUMNS, LINES = 110, 40
REDRAWS = re.compile(r"\x1b\[\d+A")
"""The cursor moves up, and what stands there is written again."""
UNSEEN = re.compile(r"\x1b\[(?:\?\d+[hl]|K)|\r")
"""Controls that neither show anything nor colour it."""


def on_terminal(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    """Run a command on a terminal of its own; returns everything that it writes there.

    Raises:
        CalledProcessError: The command has failed.
    """
    ours, its_own = pty.openpty()
    fcntl.ioctl(its_own, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    settings = {**environment, "TERM": "xterm-256color"}
    with subprocess.Popen(
        command, cwd=folder, env=settings, stdin=its_own, stdout=its_own, stderr=its_own
    ) as process:
        os.close(its_own)
        written = _everything(ours)
    os.close(ours)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, written)
    return written.decode()


def last_frame(written: str) -> str:
    """What is left on the screen once a command that redraws its lines has ended."""
    lines = UNSEEN.sub("", REDRAWS.split(written)[-1]).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _everything(terminal: int) -> bytes:
    """All that is written; Linux answers with an error once nobody holds the other side."""
    written = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:
            return written
        if not part:
            return written
        written += part
