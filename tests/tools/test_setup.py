"""What the setup repeats and shares, and what it says is missing."""

import threading
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


def test_a_failed_step_counts_as_not_done_and_a_fingerprint_tells_where_one_part_ends(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text("b")
    assert fingerprint("a", stamp) == fingerprint("a", "b") != fingerprint("ab")

    def fail() -> str:
        raise SystemExit("no network")

    with pytest.raises(SystemExit):
        Step("work", stamp, "c", lambda: True, fail).ensure()
    assert not stamp.exists()


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
def test_what_is_missing_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing.missing() == ""
    old, lacks = "3.10 or newer is needed, this is 3.9. Run:", "3.11 lacks its venv module. Run:"
    for there, said, expected in (
        (["python3.11", "apt-get"], missing.old_python, f"{old} make setup PYTHON=python3.11"),
        (["dnf"], missing.old_python, f"{old} sudo dnf install python3.12 python3.12-venv"),
        (["apt-get"], missing.no_venv, f"{lacks} sudo apt-get install python3.11-venv"),
    ):
        monkeypatch.setattr("shutil.which", lambda name, there=there: name if name in there else None)
        assert said((3, 9) if said is missing.old_python else (3, 11)) == f"Python {expected}"
