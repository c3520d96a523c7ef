"""What a shell completes after an option."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def completing(values: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """The completion of an option that takes one of these values."""

    def complete(incomplete: str) -> list[str]:
        return [value for value in values() if value.startswith(incomplete)]

    return complete
