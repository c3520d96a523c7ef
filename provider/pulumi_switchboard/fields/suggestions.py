"""What an unknown word was probably meant to be."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A question with the known word that resembles this one most, for the end of a message; else empty."""
    nearest = closest(word, known, 1)
    return f" (did you mean {nearest[0]}?)" if nearest else ""


def closest(word: str, known: Collection[str], most: int) -> list[str]:
    """The known words that resemble this one, at most so many, the most similar one first."""
    by_lower = {name.lower(): name for name in known}
    return [by_lower[name] for name in get_close_matches(word.lower(), by_lower, most)]
