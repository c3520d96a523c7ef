"""Which Pythons are found, and what the environments of the pairs are made from."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.pythons.__main__ import remove_others
from tools.pythons.interpreters import SUPPORTED, Interpreter, candidates, find, pyenv_versions
from tools.pythons.pairs import REQUIREMENTS, STAMP, Pair, environment, made, pairs, sdk_version
from tools.setup.steps import REQUIREMENTS as DEV
from tools.setup.steps import ROOT

MakePython = Callable[[str, str], Path]
OLDEST, NEWEST = REQUIREMENTS


@pytest.fixture
def python(tmp_path: Path) -> MakePython:
    """Make a stand-in for a Python that answers so."""

    def make(folder: str, answer: str) -> Path:
        command = tmp_path / folder / "bin" / "python3.12"
        command.parent.mkdir(parents=True)
        command.write_text(f"#!/bin/sh\n{answer}\n")
        command.chmod(0o755)
        return command

    return make


def answering(version: str) -> str:
    return f"echo {version}; echo /opt/python"


def test_a_python_is_what_it_answers(python: MakePython) -> None:
    command = python("good", answering("3.12.4"))
    assert find("python3.12", iter([command])) == Interpreter(command, "3.12.4", "/opt/python")


@pytest.mark.parametrize("answer", ["exit 127", "echo nonsense", answering("3.1.2"), answering("3.11.7")])
def test_what_does_not_answer_as_this_python_is_passed_over(python: MakePython, answer: str) -> None:
    shim, good = python("shim", answer), python("good", answering("3.12.4"))
    found = find("python3.12", iter([shim, shim.parent, shim.with_name("nothing"), good]))
    assert found is not None
    assert found.command == good


def test_a_python_that_is_not_there_is_none() -> None:
    assert find("python3.12", iter([])) is None


def test_releases_of_pyenv_are_found_the_newest_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("3.12.9", "3.12.10", "3.12.1t", "3.12-dev", "3.11.7"):
        (tmp_path / "versions" / name).mkdir(parents=True)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert [folder.name for folder in pyenv_versions("python3.12")] == ["3.12.10", "3.12.9"]


def test_every_place_on_path_is_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", "/shims::/usr/bin")
    monkeypatch.setattr("sys.version_info", (3, 14))
    expected = [Path("/shims/python3.12"), Path("/usr/bin/python3.12")]
    assert list(candidates("python3.12")) == expected


def test_the_running_python_comes_first() -> None:
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    assert next(candidates(name)) == Path(sys.executable)


def test_the_supported_pythons_are_those_of_the_package() -> None:
    classifiers = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project())
    assert [f"python{version}" for version in classifiers] == list(SUPPORTED)


def test_each_python_comes_with_the_oldest_and_the_newest_sdk() -> None:
    one = Interpreter(Path("python"), "3.12.4", "/opt/python")
    assert pairs([one]) == [Pair(one, OLDEST), Pair(one, NEWEST)]
    assert Pair(one, OLDEST).name == f"3.12.4-pulumi-{sdk_version(OLDEST)}"


def test_the_oldest_sdk_is_the_oldest_that_the_package_admits() -> None:
    admitted = re.search(r'"pulumi>=([\d.]+),', project())
    assert admitted is not None
    assert sdk_version(OLDEST) == f"{admitted[1]}.0"


def test_the_newest_requirements_are_those_of_the_development() -> None:
    assert pins(NEWEST) <= pins(DEV)


def test_requirements_without_an_sdk_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(SystemExit, match="pins no pulumi"):
        sdk_version(tmp_path / "empty.txt")


def test_another_installation_of_the_same_version_is_another_environment() -> None:
    steps = [
        environment(Pair(Interpreter(Path("python"), "3.12.4", base), OLDEST)) for base in ("/opt", "/usr")
    ]
    assert steps[0].stamp == steps[1].stamp
    assert steps[0].fingerprint != steps[1].fingerprint


def test_only_a_complete_environment_counts(python: MakePython, tmp_path: Path) -> None:
    for name in ("complete", "half", "bare"):
        command = python(name, answering("3.12.4"))
        command.rename(command.with_name("python"))
    (tmp_path / "complete" / STAMP).touch()
    (tmp_path / "bare" / STAMP).touch()
    (tmp_path / "bare" / "bin" / "python").unlink()
    assert made(tmp_path) == {"complete": tmp_path / "complete" / "bin" / "python"}


def test_the_environments_of_other_pairs_are_removed(tmp_path: Path) -> None:
    for name in ("3.12.4-pulumi-3.216.0", "3.12.4-pulumi-3.271.0"):
        (tmp_path / name / "bin").mkdir(parents=True)
    remove_others({"3.12.4-pulumi-3.216.0"}, tmp_path)
    assert [folder.name for folder in tmp_path.iterdir()] == ["3.12.4-pulumi-3.216.0"]


def project() -> str:
    return (ROOT / "pyproject.toml").read_text()


def pins(requirements: Path) -> set[str]:
    return set(re.findall(r"^\S+==[^\s;]+", requirements.read_text(), re.MULTILINE))
