"""Rules for texts in requests, see `pulumi_switchboard.emulator.schema.text`."""

import re
from urllib.parse import urlsplit

from pulumi_switchboard.emulator.schema import Rule


def web_url(value: str) -> str | None:
    """Ask for an http or https URL."""
    try:
        parts = urlsplit(value)
        valid = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, value))
        )
    except ValueError:
        valid = False
    return None if valid else "must be an http or https URL"


def at_most(length: int) -> Rule:
    """Ask for a text that is not longer."""
    return lambda value: None if len(value) <= length else f"must have at most {length} characters"


def matching(pattern: str) -> Rule:
    """Ask for a text that a regular expression matches as a whole."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: None if compiled.fullmatch(value) else f"must match ^{pattern}$"


def both(first: Rule, second: Rule) -> Rule:
    """Ask for a text that follows both rules."""
    return lambda value: first(value) or second(value)
