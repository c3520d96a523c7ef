"""Finds the setting that a misspelled name stands for.

A misspelled setting has no effect, so a program could reach the real vendor by mistake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

OWN = ("switchboard:", "SWITCHBOARD_")
"""How a name begins that no other package uses."""

_SIMILAR_OWNER = 0.9
_SIMILAR_NAME = 0.8
_LARGEST_DIFFERENCE = 2
"""How many letters longer or shorter a misspelling may be, for a name that other packages may use too.

`TWILIO_API_KEY_SID` is not a misspelling of `TWILIO_API_KEY`.
"""


def misspelled(names: Iterable[str], known: Iterable[str], separator: str) -> dict[str, str]:
    """The known name that each misspelled name stands for, in a fixed order.

    Args:
        names: The names that are given.
        known: The names that have a meaning.
        separator: What follows the owner in a name: `:` in `twilio:region`, `_` in `TWILIO_REGION`.
    """
    owners: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in known:
        owners[_letters(owner_of(name, separator))][_letters(name.partition(separator)[2])] = name
    given = {name: _meant(name, owners, separator) for name in sorted({*names} - {*known})}
    return {name: meant for name, meant in given.items() if meant}


def owner_of(name: str, separator: str) -> str:
    """The part of a name that says whose it is: `twilio` in `twilio:region`."""
    return name.partition(separator)[0]


def _meant(name: str, owners: Mapping[str, Mapping[str, str]], separator: str) -> str | None:
    """The known name that this name is a misspelling of; None if it is a different name."""
    owner, _, rest = (_letters(part) for part in name.partition(separator))
    for similar_owner in get_close_matches(owner, owners, 1, _SIMILAR_OWNER):
        for similar in get_close_matches(rest, owners[similar_owner], 1, _SIMILAR_NAME):
            if name.startswith(OWN) or abs(len(similar) - len(rest)) <= _LARGEST_DIFFERENCE:
                return owners[similar_owner][similar]
    return None


def _letters(text: str) -> str:
    """The text in lower case and without punctuation, to compare spellings."""
    return "".join(filter(str.isalnum, text.lower()))
