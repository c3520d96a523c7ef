"""Names what this machine lacks, with the command that brings it. Python 3.7 and newer can read this file."""

from __future__ import annotations

import importlib.util
import shutil
import sys

MINIMUM = (3, 10)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.10")
MANAGERS = {
    "apt-get": "sudo apt-get install",
    "dnf": "sudo dnf install",
    "zypper": "sudo zypper install",
    "pacman": "sudo pacman -S",
    "apk": "sudo apk add",
    "brew": "brew install",
}


def missing() -> str:
    """Return what to do before the setup can run, or nothing."""
    version = (sys.version_info[0], sys.version_info[1])
    has_venv = all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))
    return old_python(version) or ("" if has_venv else no_venv(version))


def old_python(version: tuple[int, int]) -> str:
    """Return how to go on if this Python is too old: with a newer one that is there, or one to install."""
    if version >= MINIMUM:
        return ""
    installed = next((name for name in NEWER if shutil.which(name)), None)
    remedy = f"make setup PYTHON={installed}" if installed else install("python3.12", "python3.12-venv")
    return f"Python {dotted(MINIMUM)} or newer is needed, this is {dotted(version)}. Run: {remedy}"


def no_venv(version: tuple[int, int]) -> str:
    """Return how to get the standard library's venv module, which some distributions package separately."""
    return f"Python {dotted(version)} lacks its venv module. Run: {install(f'python{dotted(version)}-venv')}"


def install(*packages: str) -> str:
    """Return the command of this machine's package manager that installs the packages."""
    manager = next((name for name in MANAGERS if shutil.which(name)), "apt-get")
    return f"{MANAGERS[manager]} {' '.join(packages)}"


def dotted(version: tuple[int, int]) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))
