"""Type checkers accept generated programs."""

from __future__ import annotations

from pathlib import Path

from pulumi_switchboard.importer.program import program_of

from tests.importer.test_program import EVERYTHING, many
from tests.typing.test_typing import mypy, pyright


def test_mypy_and_pyright_have_nothing_to_say_about_a_program_with_every_type(tmp_path: Path) -> None:
    program = program_of([*EVERYTHING, *many(20)], prefix="imported_")
    short = program_of(EVERYTHING, main="short")
    paths = []
    for name, text in {**program.files, **short.files}.items():
        paths.append(tmp_path / name)
        paths[-1].write_text(text)
    assert len(paths) > 8
    assert mypy(tmp_path, *paths) == {}
    assert pyright(tmp_path, *paths) == {}
