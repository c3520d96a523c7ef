"""Lists in pages."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from pulumi_switchboard.emulator.store import JsonObject


@dataclass(frozen=True)
class Page:
    """A part of a list, and the tokens that lead to its neighbours."""

    items: list[JsonObject]
    next_token: str | None
    previous_token: str | None


def page(objects: Iterable[JsonObject], *, size: int, token: str | None) -> Page:
    """Cut a page out of objects, which it orders by `id`.

    A token names the last id seen, not a position: objects that come and go between two requests make no
    other object appear twice or not at all.

    Raises:
        ValueError: The token is none of ours.
    """
    ordered = sorted(objects, key=lambda item: str(item["id"]))
    direction, mark = _decode(token) if token else ("after", "")
    if direction == "after":
        items = [item for item in ordered if item["id"] > mark][:size]
    else:
        items = [item for item in ordered if item["id"] < mark][-size:]
    if not items:
        return Page([], None, None)
    first, last = items[0]["id"], items[-1]["id"]
    return Page(
        items,
        next_token=_encode("after", last) if last != ordered[-1]["id"] else None,
        previous_token=_encode("before", first) if first != ordered[0]["id"] else None,
    )


def _encode(direction: str, mark: str) -> str:
    return base64.urlsafe_b64encode(f"{direction}:{mark}".encode()).decode().rstrip("=")


def _decode(token: str) -> tuple[str, str]:
    padded = token + "=" * (-len(token) % 4)
    try:
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        text = ""
    direction, colon, mark = text.partition(":")
    if not colon or direction not in {"after", "before"}:
        raise ValueError("not a page token of this list")
    return direction, mark
