"""Foreign text in messages of the program."""

from __future__ import annotations

import re

LONGEST = 200


def harmless(text: str) -> str:
    """The text on one line, shortened, and without what a terminal or Pulumi's CLI would obey."""
    line = " ".join(text[:LONGEST].split())
    return re.sub(r"[^ -~]|[<>{}]", "?", line)
