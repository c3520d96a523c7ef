"""Chance: random choices that follow from a seed, and texts that were never used before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Draw:
    """Makes the random choices of one life of a stack; the same seed makes the same ones."""

    seed: str
    last: int = 0
    """The number that was drawn last."""
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - no secret

    def one(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return self._random.choice(choices)

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """Up to this many of the choices, in a random order."""
        count = self.number(0, min(most, len(choices)))
        return self._random.sample(choices, count)

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """All choices in a random order."""
        return self._random.sample(choices, len(choices))

    def number(self, least: int, most: int) -> int:
        """A number; both ends are possible."""
        return self._random.randint(least, most)

    def chance(self, percent: int) -> bool:
        """Whether something happens that does so in this many of 100 cases."""
        return self._random.randrange(100) < percent

    def fresh(self) -> int:
        """A number that was not drawn before."""
        self.last += 1
        return self.last
