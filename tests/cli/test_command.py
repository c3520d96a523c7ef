"""`switchboard` itself."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pulumi_switchboard.cli import main
from pulumi_switchboard.cli.app import COMMANDS

from tests.cli.accounts import export, settings_of
from tests.cli.command import COMMAND, Done, call, run
from tests.cli.stacks import stack_in
from tests.engine.account import Account


def test_it_prints_the_version_of_the_distribution(tmp_path: Path) -> None:
    metadata = tmp_path / "pulumi_switchboard-9.8.7.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: pulumi-switchboard\nVersion: 9.8.7\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = run("--version", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (0, "switchboard 9.8.7\n")


def test_it_shows_all_commands_when_nothing_is_asked_and_each_has_a_help() -> None:
    shown = call().stdout
    for name in COMMANDS:
        assert f" {name} " in shown
        done = call(name, "--help")
        assert (done.returncode, f"Usage: switchboard {name}" in done.stdout) == (0, True)


def test_a_misspelled_command_is_named_with_the_right_one() -> None:
    done = call("imprt")
    assert (done.returncode, "Did you mean 'import'?" in done.stderr) == (2, True), done.stderr


def test_colours_are_only_for_terminals_and_not_where_no_color_is_set() -> None:
    for environment in ({"NO_COLOR": "1", "FORCE_COLOR": ""}, {"TERM": "dumb"}):
        assert "\x1b" not in call("--help", **environment).stdout
        assert "\x1b" not in run("imprt", **environment).stderr


def completed(words: str, how: Callable[..., Done | subprocess.CompletedProcess[str]] = call) -> list[str]:
    """What a shell offers after these words, the last of which is not whole."""
    count = str(len(words.split()) - 1)
    return how(_SWITCHBOARD_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=count).stdout.split()


def test_commands_options_and_their_values_are_completed() -> None:
    assert completed("switchboard un", run) == ["unmanaged"]
    for words, expected in (
        ("import --dry", ["--dry-run"]),
        ("import --type vo", ["voice"]),
        ("doctor --vendor t", ["twilio"]),
        ("emulator --switch voice_create", [f"voice_create_status={status}" for status in (201, 200)]),
        ("emulator --switch orchestrator_la", ["orchestrator_lag="]),
    ):
        assert completed(f"switchboard {words}") == expected


def test_stacks_of_the_project_are_completed(project: Path, state: Path) -> None:
    stack_in(project, state, "prod").create()
    for words, expected in (
        (f"doctor --cwd {project} --stack p", ["prod"]),
        (f"unmanaged --cwd {project} --stack x", []),
        (f"unmanaged --cwd {project}/new --stack p", []),
        (f"import --into {project} --stack p", ["prod"]),
        (f"import --into {project}/new --stack p", []),
    ):
        assert completed(f"switchboard {words}") == expected


def test_a_command_needs_only_its_own_extra() -> None:
    code = "import sys; sys.modules['starlette'] = None; from pulumi_switchboard.cli import main; main()"
    command = [sys.executable, "-c", code, "import", "--help"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_without_its_extras_it_says_in_one_line_how_to_install_them() -> None:
    for missing in ("typer", "starlette"):
        code = f"import sys; sys.modules['{missing}'] = None; from pulumi_switchboard.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, "emulator"], capture_output=True, text=True, check=False
        )
        remedy = "install it with: pip install 'pulumi-switchboard[cli,emulator]'"
        assert done.returncode == 1
        assert done.stderr == f"switchboard: {missing} is not installed; {remedy}\n"


@pytest.mark.usefixtures("capsys")  # because the command sets up the output
def test_ctrl_c_ends_it_also_while_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importlib, "import_module", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_a_help_has_examples_and_cuts_nothing_in_a_usual_terminal() -> None:
    for name in COMMANDS:
        lines = call(name, "--help", COLUMNS="80").stdout.splitlines()
        assert not [line for line in lines if "…" in line]
        assert [line for line in lines if line.strip().startswith(f"switchboard {name} --")], name


def test_an_output_on_a_full_disk_is_one_clear_line(accounts: Account, tmp_path: Path) -> None:
    (tmp_path / "live.json").write_text(export())
    unmanaged, emulator = ["unmanaged", str(tmp_path / "live.json")], ["emulator", "--port", "0"]
    for arguments in (["doctor", "--json"], unmanaged, emulator):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [*COMMAND, *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
                env={**os.environ, **settings_of(accounts)},
            )
        assert done.returncode == 1
        assert done.stderr == "switchboard: the output can't be written: the disk is full\n"
