"""What the documents say: links, quoted messages, settings, and the tests that they name."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.cli.app import COMMANDS
from pulumi_switchboard.settings import KEYS, VARIABLES

from tests import summary
from tests.documents import (
    PAGES,
    PLACEHOLDER,
    README,
    ROOT,
    anchors,
    blocks,
    links,
    messages,
    names_of_tests,
    sections,
)
from tests.emulator.descriptions import OUTSIDE, methods
from tests.promises import KEYS as PROMISES
from tests.promises import proves
from tests.samples import by_type
from tools.generate.pages import coverage
from tools.generate.pages.left_out import LEFT_OUT, NOT_MANAGED
from tools.generate.pages.markdown import NOTE
from tools.picture.svg import svg
from tools.picture.terminal import last_frame

DOCS = ROOT / "docs"
WITH_TESTS = [DOCS / name for name in ("concepts.md", "errors.md", "existing-accounts.md", "limits.md")]
LONGEST_README = 80
"""Lines: one screen, with a picture and a table."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), target
        if anchor:
            assert anchor in anchors(place), target


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent == DOCS], ids=lambda page: page.name)
def test_every_page_begins_with_a_sentence_that_says_what_it_is_for(page: Path) -> None:
    title, _, text = page.read_text().partition("\n")
    assert title.startswith("# ")
    assert re.match(r"(This page|A local stand-in) ", text.strip().removeprefix(NOTE).strip())


def test_the_readme_is_one_screen() -> None:
    assert len(README.read_text().splitlines()) <= LONGEST_README


@pytest.mark.parametrize("page", WITH_TESTS, ids=lambda page: page.name)
def test_every_section_names_the_promises_or_tests_behind_it(page: Path) -> None:
    known = PROMISES | names_of_tests()
    for heading, text in sections(page).items():
        (named,) = re.findall(r"^Tests: (.+)$", text, re.MULTILINE)
        names = re.findall(r"`([^`]+)`", named)
        assert named == ", ".join(f"`{name}`" for name in names), heading
        assert {name for name in names if name not in known} == set(), heading


@proves("documents.errors")
def test_every_message_in_the_errors_is_one_that_the_package_has() -> None:
    known = "\n".join(messages())
    rows = re.findall(r"^\| `([^`]+)` \|", (DOCS / "errors.md").read_text(), re.MULTILINE)
    assert len(rows) > len(sections(DOCS / "errors.md"))
    assert [row for row in rows if row.strip(PLACEHOLDER + " ") not in known] == []


@proves("documents.settings")
def test_every_setting_is_explained() -> None:
    text = sections(DOCS / "concepts.md")["Credentials and settings"]
    assert [name for name in (*KEYS, *VARIABLES) if f"`{name}`" not in text] == []


def test_every_type_setting_command_and_example_is_in_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    examples = [f"examples/{folder.name}" for folder in (ROOT / "examples").iterdir() if folder.is_dir()]
    commands = [f"switchboard {name}" for name in COMMANDS]
    names = [*(one.name for one in definitions.every()), *KEYS, *commands, *examples]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_what_is_left_out_is_in_the_vendors_descriptions() -> None:
    if not OUTSIDE.exists():
        summary.not_run(f"what docs/coverage.md leaves out: {OUTSIDE} is not here")
        return
    left_out = [(host, path) for host, _, path in LEFT_OUT]
    for host, path in (*left_out, *((one.host, path) for one in NOT_MANAGED for path in one.paths)):
        assert methods(host, path.split("/")), path


def test_what_a_description_has_is_used_or_left_out_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    types, samples = list(definitions.every()), by_type()
    (operation,) = LEFT_OUT
    assert operation in coverage.described()
    monkeypatch.setattr(coverage, "LEFT_OUT", {})
    place = "tools/generate/pages/left_out.py"
    assert coverage.unexplained(types, samples) == [f"say in {place} why no type uses {' '.join(operation)}"]
    used = (operation[0], "GET", operation[2])
    monkeypatch.setattr(coverage, "LEFT_OUT", {operation: "", used: ""})
    assert coverage.unexplained(types, samples) == [f"a type uses {' '.join(used)}: remove that from {place}"]


def test_a_block_that_is_not_run_says_why() -> None:
    assert {block.reason.partition(":")[0] for block in blocks("sh", "python") if block.reason} == {
        "`make demo` is a test of its own, and `make test` is the run that this would be part of",
        "it runs until Ctrl-C; the tests of the command start it",
        "it makes an environment from the package index; the tests install the built wheel instead",
    }


def test_a_terminal_that_was_redrawn_becomes_a_picture_of_its_last_lines() -> None:
    last = "\x1b[1m\x1b[38;5;2m+ <one>\x1b[0m two"
    frame = last_frame(f"\x1b[?25lfirst\x1b[K\r\n\x1b[1Aone\x1b[K\r\n\x1b[1A{last} \x1b[K\r\n\r\n")
    assert frame == last

    picture = ET.fromstring(svg(f"$ up\n{frame}"))  # noqa: S314 - our own

    lines = picture.findall("{*}text")
    assert ["".join(line.itertext()) for line in lines] == ["$ up", "+ <one> two"]
    assert [part.get("font-weight") for part in lines[1]] == ["bold", None]
