"""How the Pulumi CLI is found."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.programs import write_program
from tests.promises import proves
from tools.pulumi_cli import go_build, provide
from tools.pulumi_cli.on_path import find_on_path
from tools.pulumi_cli.programs import HOST, MINIMUM, PINNED, PROGRAMS, Toolchain, UnavailableError, Version
from tools.pulumi_cli.provide import SWITCH, Source, admitted, first_available, link, with_newer_host

MakePrograms = Callable[..., Path]


@pytest.fixture
def programs(tmp_path: Path) -> MakePrograms:
    """Make a directory of scripts that take the place of the programs."""

    def make(name: str, *, version: str = "v3.259.0", only: tuple[str, ...] = PROGRAMS) -> Path:
        directory = tmp_path / name
        directory.mkdir()
        for program in only:
            write_program(directory / program, f"echo {version}")
        return directory

    return make


def unavailable() -> Toolchain:
    raise UnavailableError("it is not there", "apt-get install it")


def test_versions_are_found_in_texts_and_compare_by_number() -> None:
    texts = {"v3.300.1-dev.0": (3, 300, 1), "go1.26": (1, 26, 0), "go1.26.8": (1, 26, 8), "no": None}
    assert {text: Version.find(text) for text in texts} == texts
    assert Version(3, 99) < MINIMUM < Version(3, 1000)

    pins = (go_build.PINS / "cli" / "go.mod").read_text()
    pinned = re.findall(r"github.com/pulumi/pulumi/(?:pkg|sdk)/v3 v(\S+)", pins)
    assert pinned == [str(PINNED)] * 2


@proves("make.setup")
def test_a_complete_and_recent_cli_on_path_is_taken_and_others_are_refused_with_the_reason(
    programs: MakePrograms, tmp_path: Path
) -> None:
    own, old, good = programs("bin"), programs("old", version="v3.200.0"), programs("good")
    command, hosts = programs("command", only=PROGRAMS[:1]), programs("hosts", only=PROGRAMS[1:])

    found = find_on_path(f"/nowhere:{old}:{good}", own)
    assert found == Toolchain(Version(3, 259, 0), tuple(good / name for name in PROGRAMS))
    apart = find_on_path(f"{command}:{hosts}", own)
    assert apart.paths == (command / PROGRAMS[0], *(hosts / name for name in PROGRAMS[1:]))
    for path, reason in {
        f"{old}": r"is 3\.200\.0, at least 3\.254\.0 is needed",
        f"{command}": "has no pulumi-language-python beside it or on PATH",
        f"{own}/../bin:": "no pulumi on PATH",
    }.items():
        with pytest.raises(UnavailableError, match=reason):
            find_on_path(path, own)


@proves("make.setup")
def test_a_newer_language_host_on_path_takes_the_place_of_the_one_that_go_has_built(
    programs: MakePrograms, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned = re.findall(r"pulumi/sdk/v3 v(\S+)", (go_build.PINS / "python_host" / "go.mod").read_text())
    assert pinned == [str(go_build.HOST_VERSION)]

    own, built = programs("bin"), Toolchain.in_directory(programs("built"))
    same, newer = programs("same", version="v3.78.0"), programs("newer", version="v3.258.0", only=(HOST,))
    mute = programs("mute", only=(HOST,))
    write_program(mute / HOST, "echo flag provided but not defined: -version >&2\nexit 2")

    monkeypatch.setenv("PATH", f"{own}:{same}:{mute}:{newer}")
    found = with_newer_host(built, own)
    assert found.paths == (built.paths[0], newer / HOST, *built.paths[2:])
    assert found.remark == f"Its Python host is 3.258.0 ({newer / HOST})."

    monkeypatch.setenv("PATH", f"{own}:{same}:{mute}")
    kept = with_newer_host(built, own)
    assert kept.paths == built.paths
    assert "`virtualenv`, `toolchain` and policy packs do not work with it" in kept.remark

    monkeypatch.setattr(provide, "all_sources", lambda _ignored: [Source("go", lambda: kept)])
    monkeypatch.delenv(SWITCH, raising=False)
    assert provide.provide(own.parent / "linked").endswith(
        f"from go ({built.paths[0].parent}). {kept.remark}"
    )


def test_links_replace_what_was_there(programs: MakePrograms, tmp_path: Path) -> None:
    for source in ("first", "second"):
        link(Toolchain.in_directory(programs(source)), tmp_path / "bin")

    linked = {place.resolve() for place in (tmp_path / "bin").iterdir()}
    assert linked == {tmp_path / "second" / name for name in PROGRAMS}


@proves("make.setup")
def test_sources_are_tried_in_order_or_the_one_that_is_asked_for_and_without_any_each_reason_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    toolchain = Toolchain(PINNED, ())
    path, installer = Source("path", unavailable), Source("installer", unavailable, ready=False)
    go = Source("go", lambda: toolchain)
    assert admitted([path, installer, go], "") == [path, go, installer]
    assert admitted([path, go], "go") == [go]
    with pytest.raises(SystemExit, match="PULUMI_CLI_SOURCE=brew is not one of path, go"):
        admitted([path, go], "brew")
    assert first_available([path, go]) == ("go", toolchain)

    with pytest.raises(SystemExit) as stopped:
        first_available([path])
    said = "There is no Pulumi CLI >= 3.254.0:\n  path: it is not there\n"
    assert str(stopped.value) == f"{said}Any one of these brings it:\n  apt-get install it"
    monkeypatch.setattr("shutil.which", lambda _name, **_options: None)
    with pytest.raises(UnavailableError, match=r"no Go, at least 1\.26") as refusal:
        go_build.find_go()
    assert refusal.value.remedy.startswith("curl -fsSL https://go.dev/dl/go1.26.0.")
