"""A life of a stack: a few rounds from nothing to a destroy. Everything in it follows from its seed."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pulumi_switchboard.emulator import Emulator

from tests.engine.processes import end_all
from tests.engine.stack import Stack
from tests.soak.account import Account
from tests.soak.draw import Draw
from tests.soak.edits import edited_step
from tests.soak.program import Program
from tests.soak.report import FailedError, RoundReport
from tests.soak.round import Round
from tests.soak.session import Session
from tests.soak.settings import with_possible_policies
from tests.soak.step import Step

ROUNDS = 6
"""How many rounds a life has at most."""
NUMBERS_OF_A_ROUND = 1000
"""More than a round needs, so that no number comes twice in a life."""


@dataclass
class Life:
    """Plays rounds with one stack."""

    seed: int
    fresh: Path
    """The folder of an empty stack, which is copied."""
    tell: Callable[[RoundReport], None]
    """Called with the report of each round that has passed."""

    def play(self, rounds: int, go_on: Callable[[], bool] = lambda: True) -> Counter[str]:
        """Play this many rounds; returns how many commands, kills and faults there were.

        Raises:
            FailedError: Something that must hold did not.
        """
        draw = Draw(str(self.seed))
        operation_time = draw.number(10, 30) / 100
        with (
            tempfile.TemporaryDirectory(prefix="soak-") as folder,
            Emulator(operation_time=operation_time) as emulator,
        ):
            stack = Stack(Path(folder), emulator.url)
            shutil.copytree(self.fresh, stack.folder, dirs_exist_ok=True)
            account = Account.with_stack(stack, emulator, draw)
            session = Session(stack, emulator, account.prepared)
            try:
                self._play(Round(session, account, draw), rounds, go_on)
            finally:
                end_all(stack.folder)
        return session.counts

    def _play(self, round: Round, rounds: int, go_on: Callable[[], bool]) -> None:
        program = Program()
        for number in range(1, rounds + 1):
            is_last = number == rounds or not go_on()
            program = self._passed(round, self._step(round, program, number), number, is_last=is_last)
            if is_last:
                return

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
            raise FailedError(
                self.seed, number, step, session.told, session.emulator.journal[requests:]
            ) from error
        self.tell(
            RoundReport(self.seed, number, step.edits, list(session.told), destroys, time.monotonic() - began)
        )
        return Program() if destroys else _tidied(after, end)


def _tidied(program: Program, draw: Draw) -> Program:
    """The program at rest without what it needed only once; some aliases stay, as users leave them."""
    items = (replace(item, adopts=None, aliases=item.aliases if draw.chance(50) else ()) for item in program)
    return Program(tuple(items))
