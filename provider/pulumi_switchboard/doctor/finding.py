"""What a check has found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.transport.text import in_one_line


class Level(Enum):
    """How serious a finding is. Only an error fails the command."""

    OK = "ok"
    SKIPPED = "skipped"
    """It was not checked, and that is no problem by itself."""
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One line for the user."""

    level: Level
    subject: str
    """What was checked, in one or two words."""
    text: str
    remedy: str = ""
    """What to do about it."""

    def safe(self, safe: Callable[[str], str]) -> Finding:
        """The finding with texts of one line that a terminal can show."""
        return Finding(self.level, self.subject, in_one_line(safe(self.text)), in_one_line(safe(self.remedy)))


def failed(subject: str, error: SwitchboardError) -> Finding:
    """An error as a finding."""
    return Finding(Level.ERROR, subject, ". ".join([error.summary, *error.facts]), error.remedy)


def has_errors(findings: list[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.level is Level.ERROR for finding in findings)
