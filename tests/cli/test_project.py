"""Projects: their files, and the files that an import adds to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pulumi_switchboard.cli.project import project_in, remove, write_files
from pulumi_switchboard.cli.project_file import ProjectFile, file_for, read_file
from pulumi_switchboard.errors import ConflictError, SettingsError


@pytest.mark.parametrize(
    ("file", "text", "shown"),
    [
        ("Pulumi.yaml", "runtime: python\nname: desk # ours\n", ProjectFile("desk", "python", ".")),
        (
            "Pulumi.yml",
            "{name: 'my-desk', main: src, runtime: {name: go}}",
            ProjectFile("my-desk", "go", "src"),
        ),
        (
            "Pulumi.json",
            '{\n\t"name": "désk",\n\t"runtime": "python"\n}',
            ProjectFile("désk", "python", "."),
        ),
    ],
)
def test_the_file_of_a_project_is_read_in_each_form(
    tmp_path: Path, file: str, text: str, shown: ProjectFile
) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    (tmp_path / "src" / "desk").mkdir(parents=True)
    assert file_for(tmp_path / "src" / "desk") == tmp_path / file
    assert read_file(tmp_path / file) == shown


@pytest.mark.parametrize("text", ["", "name: [", "name: desk", "- name", "runtime: python", "\x00"])
def test_what_is_not_the_file_of_a_project_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "Pulumi.yaml").write_text(text)
    with pytest.raises(SettingsError, match=r"Pulumi\.yaml is not the file of a Pulumi project"):
        read_file(tmp_path / "Pulumi.yaml")


def test_a_new_module_has_the_name_of_no_module_and_no_package(tmp_path: Path, state: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: desk\nruntime: python\nmain: src/__main__.py\n")
    assert project_in(tmp_path, "").main == "imported"
    (tmp_path / "src" / "imported").mkdir(parents=True)
    (tmp_path / "src" / "imported_2.pyi").touch()
    assert project_in(tmp_path, "").main == "imported_3"


def test_a_new_project_is_named_after_its_folder_however_that_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = tmp_path / "my desk" / "below"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    for folder, name in ((".", "below"), ("..", "my-desk"), ("../new", "new"), ("/", "imported")):
        assert project_in(Path(folder), "").name == name


class Interrupted(dict[Path, str]):
    """Files of which the user writes no more after the first."""

    def items(self) -> object:  # type: ignore[override]
        yield next(iter(super().items()))
        raise KeyboardInterrupt


def test_files_are_all_written_or_none(tmp_path: Path) -> None:
    files = {tmp_path / name: name for name in ("a.py", "b.py")}
    with pytest.raises(KeyboardInterrupt):
        write_files(Interrupted(files))
    (tmp_path / "dangling.py").symlink_to(tmp_path / "nothing")
    with pytest.raises(SettingsError, match=r"dangling\.py can't be written: File exists; nothing was"):
        write_files({**files, tmp_path / "dangling.py": "c"})
    assert {path.name for path in tmp_path.iterdir()} == {"dangling.py"}
    new = tmp_path / "new"
    with pytest.raises(KeyboardInterrupt):
        write_files(Interrupted({new / "below/a.py": "a"}))
    assert not new.exists()
    assert write_files(files) == list(files)
    with pytest.raises(ConflictError, match=r"a\.py, .*b\.py would be overwritten; nothing was written"):
        write_files(files)


def test_what_was_made_is_removed_and_what_was_there_or_has_come_since_stays(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    made = write_files(
        {tmp_path / "old/desk/a.py": "a", tmp_path / "old/b.py": "b", tmp_path / "new/c.py": "c"}
    )
    (tmp_path / "new/theirs.py").touch()
    remove(made)
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "new", tmp_path / "new/theirs.py", tmp_path / "old"]
