"""The command's options and subcommands."""

from importlib.metadata import version as version_of
from typing import Annotated

import typer

from pulumi_switchboard.cli.doctor import doctor
from pulumi_switchboard.cli.emulator import emulator
from pulumi_switchboard.cli.import_ import import_
from pulumi_switchboard.cli.switch_help import CommandWithSwitches
from pulumi_switchboard.cli.unmanaged import unmanaged

app = typer.Typer(name="switchboard", no_args_is_help=True, pretty_exceptions_enable=False)
app.command(cls=CommandWithSwitches)(emulator)
app.command("import")(import_)
app.command()(unmanaged)
app.command()(doctor)


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
