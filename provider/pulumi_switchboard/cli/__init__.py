"""The `switchboard` command."""

import errno
import importlib
import io
import sys

_FROM_EXTRAS = {"click", "rich", "starlette", "typer", "uvicorn", "yaml"}


def main() -> None:
    """Run the command; without its libraries, say in one line how to install them.

    What the encoding of the output cannot show is escaped, as the standard error has it anyway.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        importlib.import_module(f"{__name__}.app").app(prog_name="switchboard")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit("switchboard: the output can't be written: the disk is full")
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in _FROM_EXTRAS:
            raise
        sys.exit(
            f"switchboard: {library} is not installed; "
            "install it with: pip install 'pulumi-switchboard[cli,emulator]'"
        )
