"""The first source: programs that are on PATH already."""

from collections.abc import Sequence
from pathlib import Path

from tools.pulumi_cli.programs import (
    PROGRAMS,
    REMEDY,
    Toolchain,
    UnavailableError,
    is_program,
    suitable_version,
)


def find_on_path(path: str, ignored: Path) -> Toolchain:
    """Return the first suitable command on PATH with its hosts beside it or elsewhere on PATH.

    The ignored directory is the one about to be filled: it must not be found in its own place.
    """
    directories = [
        Path(entry) for entry in path.split(":") if entry and Path(entry).resolve() != ignored.resolve()
    ]
    reasons = []
    for directory in directories:
        command = directory / PROGRAMS[0]
        if is_program(command):
            try:
                return _complete(command, directories)
            except UnavailableError as unsuitable:
                reasons.append(unsuitable.reason)
    raise UnavailableError("; ".join(reasons) or f"no {PROGRAMS[0]} on PATH", REMEDY)


def _complete(command: Path, directories: Sequence[Path]) -> Toolchain:
    places = [command.parent, command.resolve().parent, *directories]
    hosts = []
    for name in PROGRAMS[1:]:
        host = next((place / name for place in places if is_program(place / name)), None)
        if host is None:
            raise UnavailableError(f"{command} has no {name} beside it or on PATH")
        hosts.append(host)
    return Toolchain(suitable_version(command), (command, *hosts))
