"""The versions of programs and libraries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pulumi_switchboard.doctor.finding import Level
from pulumi_switchboard.doctor.installed import LANGUAGE_HOST, Installed, Program, Version, find_installed
from pulumi_switchboard.doctor.versions import OLDEST_CLI, OLDEST_PYTHON, OLDEST_SDK, check_versions

from tests.documents import ROOT
from tests.programs import write_program
from tools.pulumi_cli.programs import MINIMUM

CURRENT = Version(3, 259)
GOOD = Installed(
    cli=Program("/bin/pulumi", CURRENT),
    language_host=Program("/bin/host", CURRENT),
    sdk=Version(3, 272),
    python=Version(3, 12, 4),
    package="0.1.0",
)


def problems(installed: Installed, *, is_plain_host: bool = False) -> list[tuple[Level, str, str]]:
    found = check_versions(installed, is_plain_host=is_plain_host)
    assert all(one.remedy for one in found if one.level is not Level.OK)
    return [(one.level, one.subject, one.text) for one in found if one.level is not Level.OK]


def test_what_is_new_enough_is_one_line_and_one_for_the_language_host() -> None:
    found = check_versions(GOOD, is_plain_host=False)
    assert [(one.level, one.text) for one in found] == [
        (
            Level.OK,
            "pulumi 3.259.0, SDK 3.272.0, Python 3.12, pulumi-switchboard 0.1.0, host extensions on",
        ),
        (Level.OK, f"{LANGUAGE_HOST} 3.259.0"),
    ]


def test_what_is_missing_or_too_old_is_an_error_with_what_is_needed() -> None:
    for installed, subject, text in (
        (replace(GOOD, cli=None), "pulumi", "there is no `pulumi` on PATH"),
        (replace(GOOD, cli=Program("/bin/pulumi", None)), "pulumi", "does not tell its version"),
        (replace(GOOD, cli=Program("/bin/pulumi", Version(3, 253, 9))), "pulumi", "3.253.9, at least 3.254"),
        (replace(GOOD, sdk=Version(3, 215)), "SDK", "3.215.0, at least 3.216 is needed"),
        (replace(GOOD, python=Version(3, 9)), "Python", "3.9.0, at least 3.10 is needed"),
        (replace(GOOD, language_host=None), "language host", f"there is no {LANGUAGE_HOST}"),
    ):
        level, found, said = problems(installed)[0]
        assert (level, found) == (Level.ERROR, subject)
        assert text in said


def test_another_language_host_than_that_of_the_cli_is_a_warning_that_names_what_fails() -> None:
    [(level, subject, text)] = problems(replace(GOOD, language_host=Program("/bin/host", None)))
    assert (level, subject) == (Level.WARNING, "language host")
    assert "`virtualenv` and `toolchain` in Pulumi.yaml, and policy packs, do not work with it" in text
    assert "`virtualenv`" in (ROOT / "CONTRIBUTING.md").read_text()

    [(level, _, text)] = problems(replace(GOOD, language_host=Program("/bin/host", Version(3, 200))))
    assert level is Level.WARNING
    assert "is 3.200.0, and not of the version of the CLI, 3.259.0" in text
    assert problems(replace(GOOD, language_host=Program("/bin/host", Version(3, 259, 7)))) == []


def test_a_plain_host_is_a_warning() -> None:
    [(level, _, text)] = problems(GOOD, is_plain_host=True)
    assert level is Level.WARNING
    assert "SWITCHBOARD_PLAIN_HOST=1" in text
    assert "host extensions off" in check_versions(GOOD, is_plain_host=True)[0].text


def test_the_oldest_versions_are_those_that_the_package_asks_for() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    assert (*OLDEST_CLI,) == (*MINIMUM,)
    assert f'"pulumi>={OLDEST_SDK.major}.{OLDEST_SDK.minor},<4"' in project
    assert f'requires-python = ">={OLDEST_PYTHON.major}.{OLDEST_PYTHON.minor}"' in project


def test_programs_are_found_on_path_and_the_host_beside_the_cli_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = write_program(tmp_path / "cli/pulumi", "echo v3.260.1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'links'}:{tmp_path / 'host'}")
    (tmp_path / "links").mkdir()
    found = find_installed()
    assert (found.cli, found.language_host) == (None, None)

    (tmp_path / "links/pulumi").symlink_to(cli)
    assert find_installed().cli == Program(str(tmp_path / "links/pulumi"), Version(3, 260, 1))
    beside = write_program(tmp_path / "cli" / LANGUAGE_HOST, "exit 2")
    assert find_installed().language_host == Program(str(beside), None)
    tells = '[ "$1" = -version ] && echo 3.260.0'
    on_path = write_program(tmp_path / "host" / LANGUAGE_HOST, tells)
    assert find_installed().language_host == Program(str(on_path), Version(3, 260))
    cli.write_text("no program")
    assert find_installed().cli == Program(str(tmp_path / "links/pulumi"), None)
