"""What the user reads about an error that this package does not expect."""

from __future__ import annotations

import traceback
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
PLACES = 8
"""How many of the innermost places a report names."""


def bug_report(error: Exception) -> str:
    """The kind of an error, and where it happened. Its own text may contain values, so it is left out."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    places = [
        f"{Path(frame.filename).relative_to(PACKAGE)}:{frame.lineno} in {frame.name}"
        for frame in frames[-PLACES:]
    ]
    where = " < ".join([type(error).__name__, *reversed(places)])
    return f"this is a bug in pulumi-switchboard, please report it: {where}"
