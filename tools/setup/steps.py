"""The steps of the setup, in their order."""

import os
import sys
from pathlib import Path

from tools.pulumi_cli.cache import locked
from tools.pulumi_cli.programs import MINIMUM, PROGRAMS, is_program
from tools.pulumi_cli.provide import SWITCH, pins_key, provide
from tools.setup.commands import run
from tools.setup.stamps import Step, fingerprint

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements" / "dev.txt"
PACKAGE = (ROOT / "pyproject.toml", ROOT / "provider" / "pulumi-plugin.json")
"""What an editable install of this package is made from."""


def main() -> None:
    """Do every step that is not done, one setup of this checkout at a time."""
    with locked(TOOLS / "setup.lock"):
        for step in (environment(), package(), command()):
            step.ensure()
    print(f"ready: {VENV.name}/bin and {TOOLS.name}/bin", flush=True)


def environment() -> Step:
    """The virtual environment with the hash-pinned requirements, made afresh when they change."""

    def do() -> str:
        run(sys.executable, "-m", "venv", "--clear", str(VENV))
        _pip("install", "--require-hashes", "--requirement", str(REQUIREMENTS))
        return f"Python {sys.version.split()[0]} with {REQUIREMENTS.relative_to(ROOT)}"

    made_from = fingerprint(str(VENV), sys.base_prefix, sys.version, REQUIREMENTS)
    return Step(".venv", VENV / "requirements.stamp", made_from, (VENV / "bin" / "python").exists, do)


def package() -> Step:
    """This package in the virtual environment, editable."""

    def do() -> str:
        _pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        return "installed, editable"

    return Step("pulumi-switchboard", VENV / "package.stamp", fingerprint(*PACKAGE), lambda: True, do)


def command() -> Step:
    """The Pulumi CLI and its Python hosts."""
    directory = TOOLS / "bin"
    made_from = fingerprint(str(MINIMUM), pins_key(), os.environ.get(SWITCH, ""))

    def present() -> bool:
        return all(is_program(directory / name) for name in PROGRAMS)

    return Step("Pulumi CLI", TOOLS / "pulumi.stamp", made_from, present, lambda: provide(directory))


def _pip(*arguments: str) -> None:
    run(str(VENV / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)
