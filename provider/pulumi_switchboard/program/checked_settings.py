"""Checks the stack's configuration and the environment: misspelled names, and secrets in plain text."""

from __future__ import annotations

import os
from typing import Any
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.config import CONFIG, is_config_secret
from pulumi.runtime.settings import get_monitor

from pulumi_switchboard.program.text import harmless
from pulumi_switchboard.settings import GROUPS, KEYS, VARIABLES
from pulumi_switchboard.similar_names import OWN, misspelled, owner_of

_errors: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
"""The error of each run; empty if there is none."""


def check_settings() -> None:
    """Check the settings of the program, once in a run.

    Raises:
        pulumi.RunError: One of our own names is misspelled. If other packages may use it, that is a warning.
    """
    run = get_monitor()
    if run not in _errors:
        problems = _misspelled_names()
        warnings = [problem for name, problem in problems.items() if not name.startswith(OWN)]
        for warning in (*warnings, *_secrets_in_plain_text()):
            pulumi.warn(warning)
        errors = [problem for name, problem in problems.items() if name.startswith(OWN)]
        _errors[run] = "\n".join([*errors, "What to do: correct the name, or remove it"]) if errors else ""
    if _errors[run]:
        raise pulumi.RunError(_errors[run])


def _misspelled_names() -> dict[str, str]:
    """The problems of names in the stack's configuration and in the environment, by name."""
    project = pulumi.get_project()
    keys = {key for key in (*pulumi.runtime.get_config_env(), *CONFIG.get()) if owner_of(key, ":") != project}
    sources = {
        "the stack's configuration": misspelled(keys, KEYS, ":"),
        "the environment": misspelled(os.environ, VARIABLES, "_"),
    }
    return {
        name: f"pulumi-switchboard does not read {harmless(name)} in {source}; did you mean {meant}?"
        for source, found in sources.items()
        for name, meant in found.items()
    }


def _secrets_in_plain_text() -> list[str]:
    """A warning for each credential that the stack's configuration holds in plain text."""
    keys = [setting.config for group in GROUPS for setting in group if setting.secret]
    return [
        f"{key} is in plain text in the stack's configuration. Run `pulumi config set --secret {key}` to "
        "encrypt it; if others can read the file, also replace the credential at the vendor"
        for key in keys
        if CONFIG.get().get(key) and not is_config_secret(key)
    ]
