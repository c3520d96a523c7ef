"""Pieces of generated modules."""

from __future__ import annotations

from textwrap import indent, wrap

LONGEST_LINE = 90


def quoted(docstring: str) -> str:
    """A docstring in quotes. A long one has its first sentence on the first line."""
    first, _, rest = docstring.partition(". ")
    if len(docstring) <= LONGEST_LINE or not rest:
        return f'"""{docstring}"""'
    return "\n".join([f'"""{first}.', "", *wrap(rest, LONGEST_LINE), '"""'])


def described(argument: str, text: str) -> list[str]:
    """What a docstring says of an argument."""
    return wrap(f"{argument}: {text}", LONGEST_LINE, initial_indent="    ", subsequent_indent="        ")


def class_text(head: str, doc: str, body: list[str]) -> str:
    """A class with a docstring."""
    end = "\n" if "\n" in doc else ""
    return f"class {head}:\n" + indent("\n\n".join([f'"""{doc.strip()}{end}"""', *body]), "    ")
