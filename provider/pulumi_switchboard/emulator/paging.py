"""Pages of a list."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from pulumi_switchboard.emulator.api import ApiRequest, Refused
from pulumi_switchboard.emulator.store import JsonObject

_DEFAULT_SIZE = 50
_MAX_SIZE = 1000


@dataclass(frozen=True)
class Page:
    """A page of a list, and the tokens of its neighbours."""

    size: int
    """How many items were requested."""

    items: list[JsonObject]
    next_token: str | None
    previous_token: str | None


def page(request: ApiRequest, objects: Iterable[JsonObject]) -> Page:
    """Return the page that a request asks for with `pageSize` and `pageToken`, in the order of the ids.

    A token contains an id, not a position. So no object appears twice or is skipped when others are created
    or deleted between two requests.

    Raises:
        Refused: The size or the token is wrong.
    """
    size = _read_size(request)
    token = request.query.get("pageToken")
    ordered = sorted(objects, key=lambda item: str(item["id"]))
    direction, limit = _decode(token) if token else ("after", "")
    if direction == "after":
        items = [item for item in ordered if item["id"] > limit][:size]
    else:
        items = [item for item in ordered if item["id"] < limit][-size:]
    if not items:
        return Page(size, [], None, None)
    first, last = items[0]["id"], items[-1]["id"]
    return Page(
        size,
        items,
        next_token=_encode("after", last) if last != ordered[-1]["id"] else None,
        previous_token=_encode("before", first) if first != ordered[0]["id"] else None,
    )


def _read_size(request: ApiRequest) -> int:
    text = request.query.get("pageSize", str(_DEFAULT_SIZE))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MAX_SIZE):
        raise Refused(400, f"pageSize: must be a number from 1 to {_MAX_SIZE}")
    return int(text)


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
        raise Refused(400, "pageToken: not a page token of this list")
    return direction, mark
