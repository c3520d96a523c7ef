"""The parts of a page in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by `make generate` from the definitions. Change the definitions, not this page. -->"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table. A column in which every row is empty is left out."""
    cells = [heads, *rows]
    columns = [n for n in range(len(heads)) if any(row[n] for row in cells[1:])]
    lines = ["".join(f"| {_cell(row[n])} " for n in columns) + "|" for row in cells]
    return "\n".join([lines[0], "|---" * len(columns) + "|", *lines[1:]])


def items(texts: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {text}" for text in texts)


def sentence(text: str) -> str:
    """A text with a capital letter at its beginning and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
