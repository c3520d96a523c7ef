"""The documents of the repository: the code that they show, their links, and the messages that they quote."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pulumi_switchboard

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
EMULATOR = ROOT / "docs" / "emulator.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
PACKAGE = Path(pulumi_switchboard.__file__).parent
BLOCK = re.compile(
    r"(?:<!-- not run: (?P<reason>.+?) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)
PLACEHOLDER = "…"


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    language: str
    text: str
    reason: str
    """Why it is not run; empty if it is run."""


def blocks(*languages: str) -> list[Block]:
    """The fenced blocks of all pages in these languages."""
    found = [
        Block(page, match["language"], match["text"], match["reason"] or "")
        for page in PAGES
        for match in BLOCK.finditer(page.read_text())
    ]
    return [block for block in found if block.language in languages]


def sections(page: Path) -> dict[str, str]:
    """The text of each section of the second level, by its heading."""
    _, *parts = re.split(r"^## (.+)\n", page.read_text(), flags=re.M)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def links(page: Path) -> list[str]:
    """The targets of the links of a page that lead to files of the repository."""
    text = BLOCK.sub("", page.read_text())
    return [target for target in LINK.findall(text) if not target.startswith(("https://", "http://"))]


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(page.read_text())
    }


def messages() -> Iterator[str]:
    """The texts in the code of the package, with `…` for each value that is put into one."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.JoinedStr(values=parts):
                    yield "".join(_constant(part) for part in parts)
                case ast.Constant(value=str(text)):
                    yield text


def _constant(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else PLACEHOLDER


def names_of_tests() -> set[str]:
    """The names of all test functions."""
    texts = (path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
