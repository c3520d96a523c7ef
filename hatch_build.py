"""The README as the package index shows it: nothing there can follow a link into the repository.

With an address under `Source` in `[project.urls]`, links into the repository become absolute. Without one,
they become plain text, and pictures are left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?!https?://)(?P<target>[^)]+)\)")
HIDDEN = re.compile(r"<!--.*?-->\n", re.DOTALL)
WHERE = "\nThe pages that are named here are in the source distribution.\n"


def for_the_index(readme: str, source: str, version: str) -> str:
    """The README without links that only work in the repository.

    Args:
        readme: The README of the repository.
        source: The address of the repository; empty if there is none.
        version: The version of the package, whose tag the links lead to.
    """

    def replaced(link: re.Match[str]) -> str:
        if not source:
            return "" if link["picture"] else link["text"]
        kind = "raw" if link["picture"] else "blob"
        return f"{link['picture']}[{link['text']}]({source}/{kind}/v{version}/{link['target']})"

    return LINK.sub(replaced, HIDDEN.sub("", readme)) + ("" if source else WHERE)


class ReadmeHook(MetadataHookInterface):
    """Gives the package its description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the description; hatchling calls this in each build."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        source = metadata.get("urls", {}).get("Source", "").rstrip("/")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": for_the_index(text, source, metadata["version"]),
        }
