"""Which Pythons are found, and what the environments of the pairs are made from."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.programs import write_program
from tools.pythons.__main__ import remove_others
from tools.pythons.interpreters import SUPPORTED, UNPROVEN, Interpreter, candidates, find, pyenv_versions
from tools.pythons.pairs import REQUIREMENTS, STAMP, Pair, environment, made, pairs, sdk_version
from tools.setup.steps import REQUIREMENTS as DEV
from tools.setup.steps import ROOT

MakePython = Callable[[str, str], Path]
OLDEST, NEWEST = REQUIREMENTS
GOOD = "echo 3.12.4; echo /opt/python"


@pytest.fixture
def python(tmp_path: Path) -> MakePython:
    """Make a script that takes the place of a Python and gives this answer."""

    def make(folder: str, answer: str) -> Path:
        return write_program(tmp_path / folder / "bin" / "python3.12", answer)

    return make


def test_a_python_is_what_it_answers_and_others_are_passed_over(python: MakePython) -> None:
    good = python("good", GOOD)
    assert find("python3.12", iter([])) is None
    for answer in ("exit 127", "echo nonsense", GOOD.replace("12", "1"), GOOD.replace("12", "11")):
        other = python(f"other {answer}".replace("/", "-"), answer)
        found = find("python3.12", iter([other, other.parent, other.with_name("nothing"), good]))
        assert found == Interpreter(good, "3.12.4", "/opt/python")


def test_pythons_are_looked_for_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert next(candidates(f"python3.{sys.version_info[1]}")) == Path(sys.executable)

    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", "/shims::/usr/bin")
    monkeypatch.setattr("sys.version_info", (3, 14))
    assert [*candidates("python3.12")] == [Path("/shims/python3.12"), Path("/usr/bin/python3.12")]
    for name in ("3.12.9", "3.12.10", "3.12.1t", "3.12-dev", "3.11.7"):
        (tmp_path / "versions" / name).mkdir(parents=True)
    assert [folder.name for folder in pyenv_versions("python3.12")] == ["3.12.10", "3.12.9"]


def test_pythons_and_sdks_are_those_that_the_package_admits_each_with_the_oldest_and_newest(
    tmp_path: Path,
) -> None:
    project = (ROOT / "pyproject.toml").read_text()
    oldest = re.search(r'"pulumi>=([\d.]+),', project)
    versions = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project)
    assert [f"python{version}" for version in versions] == list(SUPPORTED)
    assert oldest is not None
    assert sdk_version(OLDEST) == f"{oldest[1]}.0"
    newest, dev = ({*re.findall(r"(?m)^\S+==[^\s;]+", file.read_text())} for file in (NEWEST, DEV))
    assert newest <= dev

    one, other = (Interpreter(Path("python"), "3.12.4", prefix) for prefix in ("/opt/python", "/usr"))
    assert pairs({"python3.12": one}) == [Pair(one, OLDEST), Pair(one, NEWEST)]
    assert pairs(dict.fromkeys(UNPROVEN, other)) == [Pair(other, NEWEST)] * len(UNPROVEN)
    assert not set(UNPROVEN) & set(SUPPORTED)
    assert Pair(one, OLDEST).name == f"3.12.4-pulumi-{sdk_version(OLDEST)}"
    steps = [environment(Pair(interpreter, OLDEST)) for interpreter in (one, other)]
    assert steps[0].stamp == steps[1].stamp
    assert steps[0].fingerprint != steps[1].fingerprint
    (tmp_path / "empty.txt").touch()
    with pytest.raises(SystemExit, match="pins no pulumi"):
        sdk_version(tmp_path / "empty.txt")


def test_only_a_complete_environment_counts_and_others_are_removed(
    python: MakePython, tmp_path: Path
) -> None:
    for name in ("complete", "half", "bare"):
        command = python(name, GOOD)
        command.rename(command.with_name("python"))
    (tmp_path / "complete" / STAMP).touch()
    (tmp_path / "bare" / STAMP).touch()
    (tmp_path / "bare" / "bin" / "python").unlink()

    assert made(tmp_path) == {"complete": tmp_path / "complete" / "bin" / "python"}
    remove_others({"complete"}, tmp_path)
    assert [folder.name for folder in tmp_path.iterdir()] == ["complete"]
