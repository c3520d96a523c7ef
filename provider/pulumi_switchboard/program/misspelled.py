"""Settings with a misspelled name, which would have no effect: a program could reach the real vendor."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.config import CONFIG
from pulumi.runtime.settings import get_monitor

from pulumi_switchboard.settings import KEYS, VARIABLES

_OWN = ("switchboard:", "SWITCHBOARD_")
"""What begins a name that no other package uses."""

_CLOSE_OWNER = 0.9
_CLOSE_NAME = 0.8
_MOST_LETTERS_APART = 2
"""In names that others may use: `TWILIO_API_KEY_SID` is no misspelling of `TWILIO_API_KEY`."""

_errors: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
"""The error of each run, empty if it has none."""


def refuse_misspelled_settings() -> None:
    """End the program if a name is misspelled that no other package uses; warn once of others.

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
    """What is wrong with the names in the stack's configuration and in the environment, by these names."""
    project = pulumi.get_project()
    keys = {key for key in (*pulumi.runtime.get_config_env(), *CONFIG.get()) if _owner(key, ":") != project}
    sources = {
        "the stack's configuration": _misspelled(keys, KEYS, ":"),
        "the environment": _misspelled(os.environ, VARIABLES, "_"),
    }
    return {
        name: f"pulumi-switchboard does not read {_shown(name)} in {source}; did you mean {meant}?"
        for source, found in sources.items()
        for name, meant in found.items()
    }


def _misspelled(names: Iterable[str], known: Iterable[str], separator: str) -> dict[str, str]:
    """The known names that are meant, by the names that are given, in a fixed order."""
    owners: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in known:
        owners[_letters(_owner(name, separator))][_letters(name.partition(separator)[2])] = name
    given = {name: _meant(name, owners, separator) for name in sorted({*names} - {*known})}
    return {name: meant for name, meant in given.items() if meant}


def _meant(name: str, owners: Mapping[str, Mapping[str, str]], separator: str) -> str | None:
    """The known name that a name is a misspelling of, None if it is another name altogether."""
    owner, _, rest = (_letters(part) for part in name.partition(separator))
    for close_owner in get_close_matches(owner, owners, 1, _CLOSE_OWNER):
        for close in get_close_matches(rest, owners[close_owner], 1, _CLOSE_NAME):
            if name.startswith(_OWN) or abs(len(close) - len(rest)) <= _MOST_LETTERS_APART:
                return owners[close_owner][close]
    return None


def _owner(name: str, separator: str) -> str:
    return name.partition(separator)[0]


def _letters(text: str) -> str:
    """The text without case and punctuation, by which spellings of one name differ."""
    return "".join(filter(str.isalnum, text.lower()))


def _shown(name: str) -> str:
    """The name without characters that a terminal or the engine takes for more than text."""
    return re.sub(r"[^\w:.-]", "?", name, flags=re.ASCII)
