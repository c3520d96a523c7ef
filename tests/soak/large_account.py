"""A large account is imported, adopted, looked at again and removed with the real CLI; each step is timed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.importing import import_, programs, remove_imports
from tests.engine.processes import assert_no_provider_is_left, end_all
from tests.engine.programs import ALL_AT_ONCE, VOICE
from tests.engine.stack import Stack
from tests.samples.twilio.voice import client_configuration
from tests.typing.test_typing import mypy, pyright

FEW = 20
"""Requests that do not depend on the number of objects: single looks before a list is used, other types."""
PAGE = 100
"""How many objects are on a page of a list."""
SECRETS_EVERY = 100
"""Of so many objects one has a secret. Each secret is a command of the CLI."""
CHECKERS = [mypy, pyright]
WITHOUT_CHECKPOINTS = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
"""The CLI writes local state once. Writing all of it before and after each resource takes it minutes."""


@dataclass(frozen=True)
class LargeAccount:
    """An account, and the stack that is to adopt it."""

    account: Account
    stack: Stack
    objects: int
    tell: Callable[[str], None]

    @contextmanager
    def step(self, name: str, requests: int) -> Iterator[None]:
        """Time a step, which only reads, and with no more requests than these and a few."""
        began = time.monotonic()
        yield
        steps = self.account.new_steps()
        assert {*steps} <= {"GET"}
        assert len(steps) <= requests + FEW, f"{name} needs {len(steps)} requests"
        self.tell(f"{name:30} {time.monotonic() - began:6.1f} s {len(steps):6} requests")

    def fill(self) -> None:
        """Make the objects."""
        for number in range(self.objects):
            query = "" if number % SECRETS_EVERY else "?key=parameter-of-a-url"
            url = f"https://desk.example.com/{number}{query}"
            name = f"desk-{number % 7}.{number}"
            self.account.add(
                client_configuration.sample, {"unique_name": name, client_configuration.URL: url}
            )
        self.account.new_steps()

    def play(self) -> None:
        """Do all that a user does, one after the other."""
        objects, stack = self.objects, self.stack
        pages = objects // PAGE + 1
        with self.step("import", objects + pages):
            import_(stack, "--stack", stack.name)
        for check in CHECKERS:
            with self.step(check.__name__, 0):
                assert check(stack.folder, *programs(stack)) == {}
        with self.step("up, which adopts", objects + pages):
            stack.up(None, *ALL_AT_ONCE)
        with self.step("preview", 0):
            stack.assert_settled()
        with self.step("refresh", objects):
            stack.refresh("--expect-no-changes", *ALL_AT_ONCE)
        assert remove_imports(stack) == objects + len(["the webhooks"])
        with self.step("preview without import_", 0):
            stack.assert_settled()
        stack.run("state", "unprotect", "--all", "--yes")
        began = time.monotonic()
        stack.destroy(*ALL_AT_ONCE)
        assert self.account.new_writes() == ["DELETE"] * objects
        assert self.account.objects(VOICE) == {}
        self.tell(f"{'destroy':30} {time.monotonic() - began:6.1f} s")


def play(objects: int, tell: Callable[[str], None]) -> None:
    """Play it with an account of this many objects."""
    size = 20 * objects + 1000
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, Emulator(journal_size=size) as emulator:
        (Path(folder) / "state").mkdir()
        stack = Stack(Path(folder), emulator.url, project="large", environment=dict(WITHOUT_CHECKPOINTS))
        large = LargeAccount(Account(emulator), stack, objects, tell)
        stack.secret("parameter-of-a-url")
        try:
            large.fill()
            large.play()
            assert_no_provider_is_left(stack.folder)
        finally:
            end_all(stack.folder)
        assert emulator.journal_dropped == 0
