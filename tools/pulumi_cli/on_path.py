"""The first source: programs that are on PATH already."""

from collections.abc import Sequence
from pathlib import Path

from tools.pulumi_cli.programs import (
    HOST,
    PROGRAMS,
    REMEDY,
    Toolchain,
    UnavailableError,
    Version,
    host_version,
    is_program,
    suitable_version,
)


def find_on_path(path: str, ignored: Path) -> Toolchain:
    """Return the first suitable command on PATH with its hosts beside it or elsewhere on PATH.

    The ignored directory is the one about to be filled: it must not be found in its own place.
    """
    directories = _directories(path, ignored)
    reasons = []
    for directory in directories:
        command = directory / PROGRAMS[0]
        if is_program(command):
            try:
                return _complete(command, directories)
            except UnavailableError as unsuitable:
                reasons.append(unsuitable.reason)
    raise UnavailableError("; ".join(reasons) or f"no {PROGRAMS[0]} on PATH", REMEDY)


def newer_host(path: str, ignored: Path, than: Version) -> tuple[Path, Version] | None:
    """Return the first language host on PATH that is newer than this version, and its own version."""
    for directory in _directories(path, ignored):
        host = directory / HOST
        version = host_version(host) if is_program(host) else None
        if version is not None and version > than:
            return host, version
    return None


def _directories(path: str, ignored: Path) -> list[Path]:
    entries = [Path(entry) for entry in path.split(":") if entry]
    return [entry for entry in entries if entry.resolve() != ignored.resolve()]


def _complete(command: Path, directories: Sequence[Path]) -> Toolchain:
    places = [command.parent, command.resolve().parent, *directories]
    hosts = []
    for name in PROGRAMS[1:]:
        host = next((place / name for place in places if is_program(place / name)), None)
        if host is None:
            raise UnavailableError(f"{command} has no {name} beside it or on PATH")
        hosts.append(host)
    return Toolchain(suitable_version(command), (command, *hosts))
