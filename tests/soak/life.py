"""A life of a stack: a few rounds from nothing to a destroy. Everything in it follows from its seed."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.journal import JournalEntry

from tests.engine.processes import end_all
from tests.engine.stack import Stack
from tests.soak.account import Account
from tests.soak.draw import Draw
from tests.soak.edits import edited_step
from tests.soak.program import Program, source
from tests.soak.round import Round
from tests.soak.session import Session
from tests.soak.settings import with_possible_policies
from tests.soak.step import Step

ROUNDS = 6
"""How many rounds a life has at most."""
NUMBERS_OF_A_ROUND = 1000
"""More than a round needs, so that no number comes twice in a life."""
RULE = "=" * 100


@dataclass(frozen=True)
class RoundReport:
    """A round that has passed."""

    seed: int
    number: int
    edits: Sequence[str]
    told: Sequence[str]
    """The commands of the round and what went wrong in them."""
    is_destroyed: bool
    seconds: float

    def __str__(self) -> str:
        disturbances = [text for text in self.told if not text.startswith("$")]
        what = "; ".join(
            [", ".join(self.edits), *disturbances, *(["destroyed"] if self.is_destroyed else [])]
        )
        return f"seed {self.seed} round {self.number} passed in {self.seconds:.0f} s: {what}"


class FailedError(Exception):
    """A round has failed; the text tells everything about it."""

    def __init__(
        self, seed: int, number: int, step: Step, told: Sequence[str], journal: Sequence[JournalEntry]
    ) -> None:
        parts = {
            "program before": source(step.before),
            "program after": source(step.after),
            "commands": "\n".join([f"options: {step.options()}, targets: {step.targeted}", *told]),
            "journal of the round": "\n".join(map(_line, journal)),
        }
        head = f"seed {seed} round {number} failed: {', '.join(step.edits)}"
        again = f"to repeat it: make soak SEED={seed} ROUNDS={number}"
        body = "\n".join(f"{RULE}\n{title}\n{RULE}\n{text}" for title, text in parts.items())
        super().__init__(f"{head}\n{body}\n{RULE}\n{head}\n{again}")


@dataclass
class Life:
    """Plays rounds with one stack."""

    seed: int
    tell: Callable[[RoundReport], None]
    """Called with the report of each round that has passed."""

    def play(self, rounds: int, go_on: Callable[[], bool] = lambda: True) -> Counter[str]:
        """Play this many rounds; returns how many commands, kills and faults there were."""
        draw = Draw(str(self.seed))
        time_of_operations = draw.randint(10, 30) / 100
        with (
            tempfile.TemporaryDirectory(prefix="soak-") as folder,
            Emulator(operation_time=time_of_operations) as emulator,
        ):
            stack = Stack(Path(folder), emulator.url)
            stack.create()
            account = Account.with_stack(stack, emulator, draw)
            session = Session(stack, emulator, account.prepared)
            round, program = Round(session, account, draw), Program()
            try:
                for number in range(1, rounds + 1):
                    is_last = number == rounds or not go_on()
                    step = self._step(round, program, number)
                    program = self._passed(round, step, number, is_last=is_last)
                    if is_last:
                        break
            finally:
                end_all(stack.folder)
        return session.counts

    def _step(self, round: Round, program: Program, number: int) -> Step:
        """A random step from the program. What goes wrong later has no effect on it."""
        draw = Draw(f"{self.seed}/{number}/edits", NUMBERS_OF_A_ROUND * number)
        step = edited_step(program, draw)
        step = with_possible_policies(step, round.account.has)
        if program.items and draw.chance(15):
            step = replace(step, targeted=tuple(draw.some([item.number for item in step.after], most=3)))
        return step

    def _passed(self, round: Round, step: Step, number: int, *, is_last: bool) -> Program:
        """Play one round, and perhaps destroy everything; returns the program of the next round."""
        round.draw, end = Draw(f"{self.seed}/{number}/trouble"), Draw(f"{self.seed}/{number}/end")
        destroys = end.chance(10) or is_last
        session, began, requests = round.session, time.monotonic(), len(round.session.emulator.journal)
        session.told.clear()
        try:
            after = round.play(step)
            if destroys:
                round.destroy(after)
        except Exception as error:
            journal = session.emulator.journal[requests:]
            raise FailedError(self.seed, number, step, session.told, journal) from error
        seconds = time.monotonic() - began
        self.tell(RoundReport(self.seed, number, step.edits, list(session.told), destroys, seconds))
        return Program() if destroys else _tidied(after, end)


def _tidied(program: Program, draw: Draw) -> Program:
    """The program at rest without what it needed only once; some aliases stay, as users leave them."""
    items = (replace(item, adopts=None, aliases=item.aliases if draw.chance(50) else ()) for item in program)
    return Program(tuple(items))


def _line(entry: JournalEntry) -> str:
    place = f"{entry.method} {entry.host}{entry.path}"
    return f"{entry.time:.3f} {place} -> {entry.status} {entry.idempotency_key or ''}"
