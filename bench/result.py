"""What a benchmark has found, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Result:
    """One line of the table."""

    what: str
    found: str
    against: str
    budget: str
    kept: bool

    def __str__(self) -> str:
        """A row of a Markdown table."""
        verdict = "kept" if self.kept else "MISSED"
        return f"| {self.what} | {self.found} | {self.against} | {self.budget} | {verdict} |"


HEAD = "| what | found | against | budget | |\n|---|---|---|---|---|"


def seconds(work: Callable[[], object]) -> float:
    """How long this takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def in_turns(works: Iterable[Callable[[], object]], rounds: int) -> list[float]:
    """The median times of several works, done in turns so that a busy moment hits them all alike."""
    listed = list(works)
    times = [[seconds(work) for work in listed] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]
