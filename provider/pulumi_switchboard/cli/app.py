"""The command's options and subcommands."""

from importlib import import_module
from importlib.metadata import version as version_of
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

COMMANDS = {
    "import": "import_",
    "unmanaged": "unmanaged",
    "doctor": "doctor",
    "emulator": "emulator",
}
"""The module of each subcommand; its `app` has the subcommand alone."""


class LazyGroup(TyperGroup):
    """Loads a subcommand when it is used, because what it needs may take long to load."""

    # Any, as the classes are click's or, in newer versions of Typer, its own copies of them.
    def __init__(self, **options: Any) -> None:
        """Take the options; the names are for suggestions where a name is misspelled."""
        super().__init__(**{**options, "commands": dict.fromkeys(COMMANDS)})

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the same in every context
        """The names of the subcommands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the same in every context
        """The subcommand of this name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        return typer.main.get_command(import_module(f"pulumi_switchboard.cli.{COMMANDS[cmd_name]}").app)


app = typer.Typer(name="switchboard", cls=LazyGroup, no_args_is_help=True, pretty_exceptions_enable=False)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"switchboard {version_of('pulumi-switchboard')}")
        raise typer.Exit


@app.callback()
def switchboard(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Manage the configuration of conversational systems on Twilio and Ultravox with Pulumi."""
