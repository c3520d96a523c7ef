"""Chance: random choices that follow from a seed, and numbers that were never used before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw(random.Random):
    """Makes the random choices of one life of a stack; the same seed makes the same ones."""

    def __init__(self, seed: str, last: int = 0) -> None:
        super().__init__(seed)
        self.last = last

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """Up to this many of the choices, in a random order."""
        return self.sample(choices, self.randint(0, min(most, len(choices))))

    def chance(self, percent: int) -> bool:
        """Whether something happens that does so in this many of 100 cases."""
        return self.randrange(100) < percent

    def fresh(self) -> int:
        """A number that was not drawn before."""
        self.last += 1
        return self.last
