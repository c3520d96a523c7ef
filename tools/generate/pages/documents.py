"""Where the pages are, their index, and the table of types in the README."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pulumi_switchboard.resource.definition import AnyDefinition

from tools.generate.pages.markdown import NOTE, table
from tools.generate.pages.page import page, sources, waits

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs/types"
README = ROOT / "README.md"
BEGIN, END = "<!-- types: written by `make generate` -->", "<!-- end of types -->"
INDEX = f"""\
# Configuration types

{NOTE}

One page for each type: its arguments and outputs, its requests, what is waited for, what a destroy does, and
where these facts come from. No type was ever tried with an account of a vendor.

The module of a type exports the types of its structures, too: `twilio.voice.CallNotification` is the value of
an output, and `twilio.voice.CallNotificationArgsDict` is an argument, which takes such an output as it is.

"""


def documents(types: Sequence[AnyDefinition]) -> dict[Path, str]:
    """The text of each document, by its path."""
    return {
        **{page_of(one): page(one) for one in types},
        FOLDER / "README.md": f"{INDEX}{_table(types, '')}\n",
        README: with_types(README.read_text(), types),
    }


def page_of(definition: AnyDefinition) -> Path:
    """The path of the page of a type."""
    return FOLDER / f"{definition.name}.md"


def with_types(readme: str, types: Iterable[AnyDefinition]) -> str:
    """The README with the table of these types between the two marks.

    Raises:
        ValueError: A mark is missing.
    """
    parts = re.split(f"{re.escape(BEGIN)}.*?{re.escape(END)}", readme, flags=re.DOTALL)
    if len(parts) != len(("before", "after")):
        raise ValueError(f"README.md has to have {BEGIN} and {END} once")
    return f"{BEGIN}\n{_table(types, 'docs/types/')}\n{END}".join(parts)


def _table(types: Iterable[AnyDefinition], folder: str) -> str:
    rows = [
        (
            f"[`{one.name}`]({folder}{one.name}.md)",
            one.evidence.api,
            waits(one),
            ", ".join(sources(one.evidence)),
        )
        for one in types
    ]
    return table(("type", "vendor's API", "waits", "evidence"), rows)
