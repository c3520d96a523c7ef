"""Checks the stack's configuration and the environment: misspelled names, and secrets in plain text."""

from __future__ import annotations

import os
from dataclasses import replace

import pulumi
from pulumi.runtime.config import CONFIG, is_config_secret

from pulumi_switchboard.program.engine import once_per_run
from pulumi_switchboard.program.text import harmless
from pulumi_switchboard.setting_problems import (
    CORRECT_THE_NAME,
    Misspelling,
    credentials_in_plain_text,
    misspellings,
)


def check_settings() -> None:
    """Check the settings of the program, once in a run.

    Raises:
        pulumi.RunError: One of our own names is misspelled. If other packages may use it, that is a warning.
    """
    if error := _error():
        raise pulumi.RunError(error)


@once_per_run
def _error() -> str:
    """Warn of what is only a warning, and return the error; empty if there is none."""
    found = _misspellings()
    warnings = [one.text for one in found if not one.is_error]
    for warning in (*warnings, *_credentials_in_plain_text()):
        pulumi.warn(warning)
    errors = [one.text for one in found if one.is_error]
    return "\n".join([*errors, f"What to do: {CORRECT_THE_NAME}"]) if errors else ""


def _misspellings() -> list[Misspelling]:
    """The misspelled names in the stack's configuration and in the environment, each safe to show."""
    keys = (*pulumi.runtime.get_config_env(), *CONFIG.get())
    found = misspellings(keys, os.environ, pulumi.get_project())
    return [replace(one, name=harmless(one.name)) for one in found]


def _credentials_in_plain_text() -> list[str]:
    """A warning for each credential that the stack's configuration holds in plain text."""
    plain = [key for key, value in CONFIG.get().items() if value and not is_config_secret(key)]
    return [f"{one.text}: {one.remedy}" for one in credentials_in_plain_text(plain)]
