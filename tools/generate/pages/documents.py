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

This page lists the pages of all types, each with the type's arguments, outputs and requests, and where these
facts come from.

The module of a type exports the types of its structures, too: `twilio.voice.CallNotification` is the value of
an output, and `twilio.voice.CallNotificationArgsDict` is an argument, which takes such an output as it is.

"""


def documents(types: Sequence[AnyDefinition]) -> dict[Path, str]:
    """The text of each document that follows from the definitions alone, by its path."""
    return {
        **{page_of(one): page(one) for one in types},
        FOLDER / "README.md": f"{INDEX}{_index(types)}\n",
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
    return f"{BEGIN}\n{_short_table(types)}\n{END}".join(parts)


def _index(types: Iterable[AnyDefinition]) -> str:
    rows = [
        (f"[`{one.name}`]({one.name}.md)", one.evidence.api, waits(one), ", ".join(sources(one.evidence)))
        for one in types
    ]
    return table(("type", "vendor's API", "waits", "evidence"), rows)


def _short_table(types: Iterable[AnyDefinition]) -> str:
    """The same in as few words as possible."""
    rows = [
        (
            f"[`{one.name}`](docs/types/{one.name}.md)",
            _short_api(one),
            waits(one) or "no",
            ", ".join(source.split()[-1] for source in sources(one.evidence)),
        )
        for one in types
    ]
    return table(("type", "API", "waits", "evidence"), rows)


def _short_api(definition: AnyDefinition) -> str:
    """The API without the vendor's name, which the type has, and without its part; its stage stays."""
    api = definition.evidence.api
    name = re.sub(r" \(.*", "", api.partition(",")[0]).removeprefix(f"{definition.vendor.name} ")
    return f"{name}, {stage[1]}" if (stage := re.search(r"\(([^)]*beta)\)", api)) else name
