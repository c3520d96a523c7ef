"""What the soak tells: a line for each round, and everything about one that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pulumi_switchboard.emulator.journal import JournalEntry

from tests.soak.program import source
from tests.soak.step import Step

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


def summary(counts: Counter[str], rounds: int, seconds: float) -> str:
    """What a run has done."""
    lines = [f"{rounds} round{'s' * (rounds != 1)} passed in {seconds:.0f} s"]
    return "\n".join([*lines, *(f"  {count:5} {name}" for name, count in sorted(counts.items()))])


def _line(entry: JournalEntry) -> str:
    place = f"{entry.method} {entry.host}{entry.path}"
    return f"{entry.time:.3f} {place} -> {entry.status} {entry.idempotency_key or ''}"
