"""What the setup repeats and shares, and what it says is missing."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.promises import proves
from tools.pulumi_cli.cache import filled
from tools.setup import missing
from tools.setup.stamps import Step, fingerprint


@proves("make.setup")
def test_a_step_is_done_once_and_again_when_it_has_to_be(tmp_path: Path) -> None:
    place, done = tmp_path / "work", list[str]()

    def step(made_from: str) -> None:
        def work() -> str:
            done.append(made_from)
            place.mkdir(exist_ok=True)
            return "done"

        Step("work", tmp_path / "stamp", made_from, place.exists, work).ensure()

    for made_from in ("a", "a", "b"):
        step(made_from)
    place.rmdir()
    step("b")

    assert done == ["a", "b", "b"]


def test_a_failed_step_counts_as_not_done(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text("a")

    def fail() -> str:
        raise SystemExit("no network")

    with pytest.raises(SystemExit):
        Step("work", stamp, "b", lambda: True, fail).ensure()
    assert not stamp.exists()


def test_a_fingerprint_tells_where_one_part_ends(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("b")
    assert fingerprint("a", file) == fingerprint("a", "b") != fingerprint("ab")


def test_a_cached_directory_is_filled_once_by_one_of_many_or_not_at_all(tmp_path: Path) -> None:
    fills: list[Path] = []

    def fill(directory: Path) -> None:
        fills.append(directory)
        (directory / "program").touch()

    def fail(directory: Path) -> None:
        (directory / "half").touch()
        raise RuntimeError

    directory = tmp_path / "cache" / "v3.259.0"
    with pytest.raises(RuntimeError):
        filled(directory, fail)
    assert not directory.exists()
    threads = [threading.Thread(target=filled, args=(directory, fill)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fills) == 1
    assert [file.name for file in directory.iterdir()] == ["program"]


@proves("make.setup")
@pytest.mark.parametrize(
    ("there", "said", "expected"),
    [
        (
            ["python3.11", "apt-get"],
            lambda: missing.old_python((3, 9)),
            "Python 3.10 or newer is needed, this is 3.9. Run: make setup PYTHON=python3.11",
        ),
        (
            ["dnf"],
            lambda: missing.old_python((3, 9)),
            "Python 3.10 or newer is needed, this is 3.9. Run: sudo dnf install python3.12 python3.12-venv",
        ),
        (
            ["apt-get"],
            lambda: missing.no_venv((3, 11)),
            "Python 3.11 lacks its venv module. Run: sudo apt-get install python3.11-venv",
        ),
    ],
    ids=["newer Python there", "no newer Python", "no venv"],
)
def test_what_is_missing_is_named_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, there: list[str], said: Callable[[], str], expected: str
) -> None:
    assert missing.missing() == ""
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name in there else None)
    assert said() == expected
