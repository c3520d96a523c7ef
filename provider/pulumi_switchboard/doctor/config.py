"""Checks the settings themselves: which stack they are of, their names, and how they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pulumi_switchboard.doctor.finding import Finding, Level, failed
from pulumi_switchboard.errors import SettingsError
from pulumi_switchboard.runtime.call import on_destroy_override
from pulumi_switchboard.setting_problems import credentials_in_plain_text, misspellings
from pulumi_switchboard.settings import KEYS, VARIABLES

SUBJECT = "config"


@dataclass(frozen=True)
class StackSettings:
    """The configuration of a stack."""

    project: str
    name: str
    values: Mapping[str, str] = field(repr=False)
    """The values by key, secrets in plain text."""
    plain: frozenset[str]
    """The keys whose values are no secrets."""


NO_STACK = StackSettings("", "", {}, frozenset())
"""Where there is no stack, the settings come from the environment alone."""


def check_settings(stack: StackSettings, environment: Mapping[str, str]) -> list[Finding]:
    """One line for the settings that are read, and one for each problem."""
    keys = [key for key in KEYS if stack.values.get(key)]
    variables = [name for name in VARIABLES if environment.get(name)]
    given = (
        f"in the stack: {', '.join(keys) or 'nothing'}" if stack.name else "",
        f"in the environment: {', '.join(variables) or 'nothing'}",
    )
    summary = Finding(Level.OK, SUBJECT, "; ".join(filter(None, given)))
    return [summary, *_problems(stack, environment)]


def _problems(stack: StackSettings, environment: Mapping[str, str]) -> Iterator[Finding]:
    for wrong in misspellings(stack.values, environment, stack.project):
        level = Level.ERROR if wrong.is_error else Level.WARNING
        text = f"{wrong.name} in {wrong.place} is not read"
        yield Finding(level, SUBJECT, text, f"did you mean {wrong.meant}?")
    for plain in credentials_in_plain_text({key for key in stack.plain if stack.values[key]}):
        yield Finding(Level.WARNING, SUBJECT, plain.text, plain.remedy)
    for name in VARIABLES:
        if environment.get(name) == "":
            yield Finding(
                Level.WARNING,
                SUBJECT,
                f"{name} in the environment is empty, as if it was not set",
                "give it a value, or remove it from the environment",
            )
    try:
        on_destroy_override()
    except SettingsError as error:
        yield failed(SUBJECT, error)
