"""Checks the versions of what is installed."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_switchboard.doctor.finding import Finding, Level
from pulumi_switchboard.doctor.installed import LANGUAGE_HOST, Installed, Version
from pulumi_switchboard.settings import PLAIN_HOST_VARIABLE

OLDEST_CLI = Version(3, 254)
OLDEST_SDK = Version(3, 216)
OLDEST_PYTHON = Version(3, 10)
INSTALL = "install the Pulumi CLI as https://www.pulumi.com/docs/install/ says"
HOST = "language host"
"""The subject of findings about Pulumi's language host."""


def check_versions(installed: Installed, *, is_plain_host: bool) -> list[Finding]:
    """One line if all is well; a line for each problem in addition.

    Args:
        installed: What is installed.
        is_plain_host: Whether the extensions of Pulumi's host are switched off.
    """
    cli = installed.cli
    problems = [*_missing_or_old(installed), *_host_problems(installed)]
    if is_plain_host:
        problems.append(
            Finding(
                Level.WARNING,
                "versions",
                f"{PLAIN_HOST_VARIABLE}=1 switches the host extensions off: only four calls run at once, and "
                "errors come with tracebacks",
                f"remove {PLAIN_HOST_VARIABLE} from the environment",
            )
        )
    parts = (
        f"pulumi {cli.version}" if cli and cli.version else "",
        f"SDK {installed.sdk}" if installed.sdk else "",
        f"Python {installed.python.major}.{installed.python.minor}",
        f"pulumi-switchboard {installed.package}",
        f"host extensions {'off' if is_plain_host else 'on'}",
    )
    return [Finding(Level.OK, "versions", ", ".join(filter(None, parts))), *problems]


def _missing_or_old(installed: Installed) -> Iterator[Finding]:
    cli = installed.cli
    if cli is None:
        yield Finding(Level.ERROR, "pulumi", "there is no `pulumi` on PATH", INSTALL)
    elif cli.version is None:
        yield Finding(Level.ERROR, "pulumi", f"{cli.path} does not tell its version", INSTALL)
    found = (
        ("pulumi", "the Pulumi CLI", cli.version if cli else None, OLDEST_CLI, INSTALL),
        ("SDK", "Pulumi's SDK", installed.sdk, OLDEST_SDK, "run `pip install --upgrade pulumi`"),
        ("Python", "Python", installed.python, OLDEST_PYTHON, "use a newer Python"),
    )
    for subject, name, version, oldest, remedy in found:
        if version is not None and version < oldest:
            text = f"{name} is {version}, at least {oldest.major}.{oldest.minor} is needed"
            yield Finding(Level.ERROR, subject, text, remedy)


def _host_problems(installed: Installed) -> Iterator[Finding]:
    """What is wrong with the language host; the CLI has one of its own version with it."""
    cli, host = installed.cli, installed.language_host
    if cli is None:
        return
    remedy = f"{INSTALL}: it has its own {LANGUAGE_HOST}, which has to be the first on PATH"
    if host is None:
        text = f"there is no {LANGUAGE_HOST} on PATH or beside pulumi, so that no Python program runs"
        yield Finding(Level.ERROR, HOST, text, remedy)
    elif host.version is None:
        text = (
            f"{host.path} is too old to tell its version: `virtualenv` and `toolchain` in Pulumi.yaml, and "
            "policy packs, do not work with it"
        )
        yield Finding(Level.WARNING, HOST, text, remedy)
    elif cli.version is not None and host.version[:2] != cli.version[:2]:
        text = f"{host.path} is {host.version}, and not of the version of the CLI, {cli.version}"
        yield Finding(Level.WARNING, HOST, text, remedy)
    else:
        yield Finding(Level.OK, HOST, f"{LANGUAGE_HOST} {host.version}")
