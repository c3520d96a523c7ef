"""How the Pulumi CLI is found."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.pulumi_cli import go_build
from tools.pulumi_cli.on_path import find_on_path
from tools.pulumi_cli.programs import MINIMUM, PINNED, PROGRAMS, Toolchain, UnavailableError, Version
from tools.pulumi_cli.provide import Source, admitted, first_available, link

MakePrograms = Callable[..., Path]


@pytest.fixture
def programs(tmp_path: Path) -> MakePrograms:
    """Make a directory of stand-ins for the programs."""

    def make(name: str, *, version: str = "v3.259.0", only: tuple[str, ...] = PROGRAMS) -> Path:
        directory = tmp_path / name
        directory.mkdir()
        for program in only:
            (directory / program).write_text(f"#!/bin/sh\necho {version}\n")
            (directory / program).chmod(0o755)
        return directory

    return make


def unavailable() -> Toolchain:
    raise UnavailableError("it is not there", "apt-get install it")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("v3.259.0", (3, 259, 0)),
        ("v3.300.1-dev.0", (3, 300, 1)),
        ("go1.26", (1, 26, 0)),
        ("go1.26.8", (1, 26, 8)),
        ("nonsense", None),
    ],
)
def test_a_version_is_found_in_what_a_program_says(text: str, version: tuple[int, ...] | None) -> None:
    assert Version.find(text) == version


def test_versions_compare_by_number() -> None:
    assert Version(3, 99) < MINIMUM < Version(3, 1000)


def test_the_pinned_version_is_that_of_the_pinned_modules() -> None:
    pins = (go_build.PINS / "cli" / "go.mod").read_text()
    versions = re.findall(r"github.com/pulumi/pulumi/(?:pkg|sdk)/v3 v(\S+)", pins)
    assert versions == [str(PINNED)] * 2


def test_a_complete_directory_on_path_is_taken(programs: MakePrograms, tmp_path: Path) -> None:
    good = programs("good")
    found = find_on_path(f"/nowhere:{good}", tmp_path / "bin")
    assert found == Toolchain(Version(3, 259, 0), tuple(good / name for name in PROGRAMS))


def test_hosts_may_be_elsewhere_on_path(programs: MakePrograms, tmp_path: Path) -> None:
    command, hosts = programs("command", only=PROGRAMS[:1]), programs("hosts", only=PROGRAMS[1:])
    found = find_on_path(f"{command}:{hosts}", tmp_path / "bin")
    assert found.paths == (command / PROGRAMS[0], *(hosts / name for name in PROGRAMS[1:]))


def test_an_old_one_is_passed_over(programs: MakePrograms, tmp_path: Path) -> None:
    old, good = programs("old", version="v3.200.0"), programs("good")
    assert find_on_path(f"{old}:{good}", tmp_path / "bin").paths[0].parent == good


def test_an_old_one_alone_is_refused_with_both_versions(programs: MakePrograms, tmp_path: Path) -> None:
    old = programs("old", version="v3.200.0")
    with pytest.raises(UnavailableError, match=r"is 3\.200\.0, at least 3\.254\.0 is needed"):
        find_on_path(str(old), tmp_path / "bin")


def test_a_missing_host_is_named(programs: MakePrograms, tmp_path: Path) -> None:
    lonely = programs("lonely", only=PROGRAMS[:1])
    with pytest.raises(UnavailableError, match="has no pulumi-language-python beside it or on PATH"):
        find_on_path(str(lonely), tmp_path / "bin")


def test_the_directory_to_fill_is_not_searched(programs: MakePrograms) -> None:
    own = programs("bin")
    with pytest.raises(UnavailableError, match="no pulumi on PATH"):
        find_on_path(f"{own}/../bin:", own)


def test_links_replace_what_was_there(programs: MakePrograms, tmp_path: Path) -> None:
    for source in ("first", "second"):
        link(Toolchain.in_directory(programs(source)), tmp_path / "bin")
    assert {place.resolve() for place in (tmp_path / "bin").iterdir()} == {
        tmp_path / "second" / name for name in PROGRAMS
    }


def test_what_is_ready_comes_before_what_must_be_fetched() -> None:
    sources = [
        Source("path", unavailable),
        Source("installer", unavailable, ready=False),
        Source("go", unavailable, ready=True),
    ]
    assert [source.name for source in admitted(sources, "")] == ["path", "go", "installer"]


def test_one_source_can_be_asked_for() -> None:
    sources = [Source("path", unavailable), Source("go", unavailable)]
    assert [source.name for source in admitted(sources, "go")] == ["go"]
    with pytest.raises(SystemExit, match="PULUMI_CLI_SOURCE=brew is not one of path, go"):
        admitted(sources, "brew")


def test_the_first_source_that_has_the_programs_serves() -> None:
    toolchain = Toolchain(PINNED, ())
    sources = [Source("path", unavailable), Source("go", lambda: toolchain)]
    assert first_available(sources) == ("go", toolchain)


def test_without_any_source_each_reason_and_remedy_is_named() -> None:
    with pytest.raises(SystemExit) as stopped:
        first_available([Source("path", unavailable)])
    assert str(stopped.value).splitlines() == [
        "There is no Pulumi CLI >= 3.254.0:",
        "  path: it is not there",
        "Any one of these brings it:",
        "  apt-get install it",
    ]


def test_a_missing_go_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name, **_options: None)
    with pytest.raises(UnavailableError, match=r"no Go, at least 1\.26") as refusal:
        go_build.find_go()
    assert refusal.value.remedy.startswith("curl -fsSL https://go.dev/dl/go1.26.0.")
