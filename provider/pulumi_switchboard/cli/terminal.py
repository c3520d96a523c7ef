"""What a command shows: lines on the two outputs, progress, errors without a traceback, and exit codes."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.runtime.bugs import bug_report
from pulumi_switchboard.transport.text import safe_text


class ExitCode(IntEnum):
    """How a command has ended. 2 is a usage error, which Typer reports."""

    COMPLETE = 0
    FAILED = 1
    PARTIAL = 3
    INTERRUPTED = 130


def output() -> Console:
    """The standard output. A line is never folded, so that commands in it can be copied."""
    return Console(soft_wrap=True, highlight=False, markup=False, emoji=False)


def messages() -> Console:
    """The standard error."""
    return Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


def show_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, indent=2))


@contextmanager
def progress_shown() -> Iterator[Callable[[str], None]]:
    """Gives a function that shows a line on a terminal until the next one comes."""
    console = messages()
    if not console.is_terminal:
        yield lambda _text: None
        return
    with console.status("") as status:
        yield lambda text: status.update(Text(text))


@contextmanager
def errors_reported(safe: Callable[[str], str] = safe_text) -> Iterator[None]:
    """Report an error as a message, and end the command with its exit code.

    Args:
        safe: Removes from a text what must not be shown.
    """
    try:
        yield
    except SwitchboardError as error:
        messages().print(f"switchboard: {safe(str(error))}")
        raise typer.Exit(ExitCode.FAILED) from None
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        messages().print("switchboard: interrupted")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise  # `main` reports it: the output can't be written any more
        messages().print(f"switchboard: {safe(_unexpected(error))}")
        raise typer.Exit(ExitCode.FAILED) from None


def _unexpected(error: Exception) -> str:
    """What is said of an error that no code expects: a file that can't be used, or a bug of ours."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename} can't be used: {error.strerror}"
    if isinstance(error, FileNotFoundError):  # no file is named only if the current folder is asked for
        return "the current folder does not exist any more"
    return bug_report(error)
