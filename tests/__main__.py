"""`python -m tests [TYPE | PATH…] [OPTION…]`: run the tests of one configuration type, these, or all.

A type is given by its key, `twilio/voice:ClientConfiguration`, or its class,
`twilio.voice.ClientConfiguration`. Its tests need no Python but the running one. `make test` calls this.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pulumi_switchboard import definitions

from tools.pythons.__main__ import main as make_pythons


def type_key(name: str) -> str:
    """The key of the type that is meant.

    Raises:
        LookupError: There is no such type.
    """
    known = [definition.key for definition in definitions.every()]
    keys = {spelling: key for key in known for spelling in (key, key.replace("/", ".").replace(":", "."))}
    if name not in keys:
        raise LookupError(f"{name} is neither a path nor a type; the types are {', '.join(known)}")
    return keys[name]


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """What pytest is told, without how many workers to use."""
    if is_type(given):
        return ["tests/conformance", "--type", type_key(given[0]), *given[1:]]
    return list(given)


def is_type(given: Sequence[str]) -> bool:
    """Whether a type is given, and not paths and options of pytest or nothing at all."""
    return bool(given) and not given[0].startswith("-") and not Path(given[0].partition("::")[0]).exists()


def main(given: Sequence[str]) -> None:
    """Become pytest."""
    try:
        arguments = pytest_arguments(given)
    except LookupError as error:
        sys.exit(str(error))
    if not is_type(given):
        make_pythons()
    workers = ["-n", "2" if is_type(given) else "auto", "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *workers, *arguments]
    os.execv(sys.executable, command)  # noqa: S606 - so that pytest hears Ctrl-C itself


if __name__ == "__main__":
    main(sys.argv[1:])
