"""Finds misspelled names of settings.

A misspelled setting has no effect, so a program could reach the real vendor by mistake.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.config import CONFIG
from pulumi.runtime.settings import get_monitor

from pulumi_switchboard.program.text import harmless
from pulumi_switchboard.settings import KEYS, VARIABLES

_OWN = ("switchboard:", "SWITCHBOARD_")
"""How a name begins that no other package uses."""

_SIMILAR_OWNER = 0.9
_SIMILAR_NAME = 0.8
_LARGEST_DIFFERENCE = 2
"""How many letters longer or shorter a misspelling may be, for a name that other packages may use too.

`TWILIO_API_KEY_SID` is not a misspelling of `TWILIO_API_KEY`.
"""

_errors: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
"""The error of each run; empty if there is none."""


def refuse_misspelled_settings() -> None:
    """End the program if one of our names is misspelled; only warn if other packages may use the name.

    Raises:
        pulumi.RunError: A setting is misspelled.
    """
    run = get_monitor()
    if run not in _errors:
        problems = _problems()
        for name, problem in problems.items():
            if not name.startswith(_OWN):
                pulumi.warn(problem)
        errors = [problem for name, problem in problems.items() if name.startswith(_OWN)]
        _errors[run] = "\n".join([*errors, "What to do: correct the name, or remove it"]) if errors else ""
    if _errors[run]:
        raise pulumi.RunError(_errors[run])


def _problems() -> dict[str, str]:
    """The problems of names in the stack's configuration and in the environment, by name."""
    project = pulumi.get_project()
    keys = {key for key in (*pulumi.runtime.get_config_env(), *CONFIG.get()) if _owner(key, ":") != project}
    sources = {
        "the stack's configuration": _misspelled(keys, KEYS, ":"),
        "the environment": _misspelled(os.environ, VARIABLES, "_"),
    }
    return {
        name: f"pulumi-switchboard does not read {harmless(name)} in {source}; did you mean {meant}?"
        for source, found in sources.items()
        for name, meant in found.items()
    }


def _misspelled(names: Iterable[str], known: Iterable[str], separator: str) -> dict[str, str]:
    """The known name that each misspelled name stands for, in a fixed order."""
    owners: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in known:
        owners[_letters(_owner(name, separator))][_letters(name.partition(separator)[2])] = name
    given = {name: _meant(name, owners, separator) for name in sorted({*names} - {*known})}
    return {name: meant for name, meant in given.items() if meant}


def _meant(name: str, owners: Mapping[str, Mapping[str, str]], separator: str) -> str | None:
    """The known name that this name is a misspelling of; None if it is a different name."""
    owner, _, rest = (_letters(part) for part in name.partition(separator))
    for similar_owner in get_close_matches(owner, owners, 1, _SIMILAR_OWNER):
        for similar in get_close_matches(rest, owners[similar_owner], 1, _SIMILAR_NAME):
            if name.startswith(_OWN) or abs(len(similar) - len(rest)) <= _LARGEST_DIFFERENCE:
                return owners[similar_owner][similar]
    return None


def _owner(name: str, separator: str) -> str:
    return name.partition(separator)[0]


def _letters(text: str) -> str:
    """The text in lower case and without punctuation, to compare spellings."""
    return "".join(filter(str.isalnum, text.lower()))
