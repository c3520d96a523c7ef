"""The options of `switchboard emulator`, without a process."""

import pytest
from pulumi_switchboard.cli.app import app
from typer.testing import CliRunner

RUNNER = CliRunner(env={"COLUMNS": "300"})


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (["--account", "hunter2"], "", "SID:SECRET or as an Ultravox API key"),
        (["--account", "abcd1234.hunter2"], "", "SID:SECRET or as an Ultravox API key"),
        ([], "hunter2", "SWITCHBOARD_EMULATOR_ACCOUNTS"),
        (["--account", "AC1:hunter2"], "", "'AC1' is not a user name of any vendor"),
        (["--switch", "nothing=on"], "", "there is no switch 'nothing'"),
        (["--port", "65536"], "", "--port"),
        (["--operation-time", "2h"], "", "'2h' is not a time; write 500ms, 2s, 1m or a number of seconds"),
        (["--operation-polls", "0"], "", "--operation-polls"),
        (["--operation-polls", "2", "--operation-time", "2s"], "", "give only one of them"),
        (["--retry-after", "-1"], "", "--retry-after"),
        (["--allow-host", "*"], "", "--allow-host: '*' is not a host; write NAME or NAME:PORT"),
    ],
)
def test_a_wrong_option_is_explained_without_its_secret(
    arguments: list[str], environment: str, message: str
) -> None:
    result = RUNNER.invoke(app, ["emulator", *arguments], env={"SWITCHBOARD_EMULATOR_ACCOUNTS": environment})
    assert result.exit_code == 2
    assert message in result.output
    assert "hunter2" not in result.output


def test_the_help_says_where_to_put_a_secret() -> None:
    assert "SWITCHBOARD_EMULATOR_ACCOUNTS" in RUNNER.invoke(app, ["emulator", "--help"]).output
