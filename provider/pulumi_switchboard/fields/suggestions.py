"""What an unknown word was probably meant to be."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A question with the known word that resembles this one most, for the end of a message; else empty."""
    by_lower = {name.lower(): name for name in known}
    nearest = get_close_matches(word.lower(), by_lower, n=1)
    return f" (did you mean {by_lower[nearest[0]]}?)" if nearest else ""
