"""How long operations take."""

import re
from dataclasses import dataclass

_DURATION = re.compile(r"(?P<number>\d+(\.\d+)?|\.\d+)(?P<unit>ms|s|m)?", re.ASCII)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 1.0}


@dataclass(frozen=True)
class Pace:
    """When an operation is over.

    Raises:
        ValueError: A number is not one that can be, or both a time and a number of polls are given.
    """

    seconds: float = 0.0
    """How long after the write."""

    polls: int | None = None
    """At which GET of the operation, whatever the time; None if time alone decides."""

    def __post_init__(self) -> None:
        if not 0 <= self.seconds < float("inf"):
            raise ValueError("the time of an operation must be 0 seconds or more")
        if self.polls is not None and self.polls < 1:
            raise ValueError("the polls of an operation must be 1 or more")
        if self.polls is not None and self.seconds:
            raise ValueError("an operation is over after a time or after some polls; give only one of them")


def parse_duration(text: str) -> float:
    """Read `500ms`, `2s`, `1m` or a plain number of seconds.

    Raises:
        ValueError: It has another form.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a time; write 500ms, 2s, 1m or a number of seconds")
    return float(match["number"]) * _SECONDS[match["unit"]]
