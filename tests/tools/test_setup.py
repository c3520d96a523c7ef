"""What the setup repeats, shares and misses."""

import threading
from pathlib import Path

import pytest

from tools.pulumi_cli.cache import filled
from tools.setup import missing
from tools.setup.stamps import Step, fingerprint


class Work:
    """Something a step makes, and how often it was made."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.times = 0

    def step(self, made_from: str) -> Step:
        return Step("work", self.place / "stamp", made_from, self.place.exists, self._do)

    def _do(self) -> str:
        self.times += 1
        self.place.mkdir(exist_ok=True)
        return "done"


def test_a_step_is_done_once(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    work.step("a").ensure()
    work.step("a").ensure()
    assert work.times == 1


def test_a_step_is_done_again_when_what_it_depends_on_changes(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    work.step("a").ensure()
    work.step("b").ensure()
    assert work.times == 2


def test_a_step_is_done_again_when_its_result_is_gone(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text("a")
    assert not Step("work", stamp, "a", lambda: False, str).is_done()


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


def test_a_cached_directory_is_filled_by_one_of_many(tmp_path: Path) -> None:
    fills: list[Path] = []

    def fill(directory: Path) -> None:
        fills.append(directory)
        (directory / "program").touch()

    directory = tmp_path / "cache" / "v3.259.0"
    threads = [threading.Thread(target=filled, args=(directory, fill)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fills) == 1
    assert [file.name for file in directory.iterdir()] == ["program"]


def test_a_failed_fill_leaves_no_directory(tmp_path: Path) -> None:
    def fill(directory: Path) -> None:
        (directory / "half").touch()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        filled(tmp_path / "cache", fill)
    assert not (tmp_path / "cache").exists()


def on_this_machine(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name in programs else None)


def test_an_old_python_is_named_with_a_newer_one_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    on_this_machine(monkeypatch, "python3.11", "apt-get")
    expected = "Python 3.10 or newer is needed, this is 3.9. Run: make setup PYTHON=python3.11"
    assert missing.old_python((3, 9)) == expected


def test_an_old_python_is_named_with_the_command_that_brings_a_newer_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_this_machine(monkeypatch, "dnf")
    assert missing.old_python((3, 9)).endswith("Run: sudo dnf install python3.12 python3.12-venv")


def test_a_missing_venv_module_is_named_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_this_machine(monkeypatch, "apt-get")
    expected = "Python 3.11 lacks its venv module. Run: sudo apt-get install python3.11-venv"
    assert missing.no_venv((3, 11)) == expected


def test_this_machine_misses_nothing() -> None:
    assert missing.missing() == ""
