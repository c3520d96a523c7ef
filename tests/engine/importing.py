"""The import of accounts as its user has it: the command, and what becomes of the program that it writes."""

from __future__ import annotations

import re
from pathlib import Path
from subprocess import CompletedProcess

from tests.cli.command import run
from tests.engine.stack import Stack


def import_(stack: Stack, *arguments: str, code: int = 0) -> CompletedProcess[str]:
    """Run `switchboard import` with the stack's environment; neither its output nor a file has a secret."""
    done = run("import", "--into", str(stack.folder), *arguments, **stack.settings())
    assert done.returncode == code, done.stdout + done.stderr
    stack.assert_clean(done.stdout + done.stderr)
    for path in programs(stack):
        stack.canary.assert_absent(path.read_text(), str(path))
    return done


def programs(stack: Stack) -> list[Path]:
    """The modules of the program."""
    return sorted(stack.folder.glob("*.py"))


def remove_imports(stack: Stack) -> int:
    """Remove each `import_`, as users may once all is adopted; returns how many there were."""
    return replace_in_program(stack, r'import_="[^"]*",?\s*', "")


def commands(said: str) -> list[str]:
    """The commands that the command says to be next."""
    first, *others = said.partition("Next:  ")[2].splitlines()
    lines = [first, *(line for line in others if line.startswith(" "))]
    return [line.strip().removesuffix(" &&") for line in lines]


def replace_in_program(stack: Stack, pattern: str, new: str) -> int:
    """Replace what the pattern matches in the program; returns how often it does."""
    count = 0
    for path in programs(stack):
        text, found = re.subn(pattern, new, path.read_text())
        path.write_text(text)
        count += found
    return count
