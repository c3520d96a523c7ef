"""Puts what is sent onto what the vendor shows, so that a full replacement drops nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def onto(
    shown: Mapping[str, Any], sent: Mapping[str, Any], *, without: Collection[str] = ()
) -> dict[str, Any]:
    """What is sent, and beside it each member of the shown object that it does not mention.

    Args:
        shown: The object as the vendor shows it.
        sent: The members to be sent; a list replaces a list, an object is looked into.
        without: The members of the shown object that the vendor does not take back.
    """
    kept = {name: value for name, value in shown.items() if name not in sent and name not in without}
    return {
        **kept,
        **{
            name: onto(shown[name], value)
            if isinstance(value, Mapping) and isinstance(shown.get(name), Mapping)
            else value
            for name, value in sent.items()
        },
    }
