"""Pages of a list."""

import base64
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pulumi_switchboard.emulator.api import ApiRequest, Refused
from pulumi_switchboard.emulator.schema import Rule
from pulumi_switchboard.emulator.store import JsonObject

_DEFAULT_SIZE = 50
_SIZE = re.compile("[0-9]{1,9}")


@dataclass(frozen=True)
class Page:
    """The size of a page of a list, and the tokens of its neighbours."""

    size: int
    """How many items were requested."""
    length: int
    """How many there are."""
    next_token: str | None
    previous_token: str | None


def camel_meta(key: str, page: Page) -> JsonObject:
    """Return `meta` with `nextToken`; its size is the number of items."""
    tokens = {"previousToken": page.previous_token, "nextToken": page.next_token}
    return {"key": key, "pageSize": page.length, **_given(tokens)}


def snake_meta(key: str, page: Page) -> JsonObject:
    """Return `meta` with `next_token`; its size is the requested one."""
    tokens = {"next_token": page.next_token, "previous_token": page.previous_token}
    return {"direct_token": True, "list_key": key, "page_size": page.size, **_given(tokens)}


@dataclass(frozen=True)
class Pages:
    """How objects are listed."""

    key: str
    """The member of a page that has the items."""
    meta: Callable[[str, Page], JsonObject] = camel_meta
    """Returns the member `meta` from the key and the page."""
    most: int = 1000
    """The largest page."""
    filters: Mapping[str, Rule] = field(default_factory=dict)
    """Query parameters that the member of the same name must be equal to, and what they must look like."""
    newest_first: bool = False
    """Whether the order can be chosen with `orderBy`, and is DESC if it is not."""
    only_ids: bool = False
    """Whether the items are ids instead of objects."""

    @property
    def query(self) -> frozenset[str]:
        """The query parameters of a list."""
        order = {"orderBy"} if self.newest_first else set()
        return frozenset({"pageSize", "pageToken", *self.filters, *order})


def list_page(pages: Pages, request: ApiRequest, read: Callable[[], Mapping[str, JsonObject]]) -> JsonObject:
    """Return the page of a list that a request asks for, in the order of the ids.

    A token contains an id, not a position. So no object appears twice or is skipped when others are created
    or deleted between two requests.
    """
    wanted = {name: request.query[name] for name in pages.filters if name in request.query}
    for name, value in wanted.items():
        if complaint := pages.filters[name](value):
            raise Refused(400, f"{name}: {complaint}")
    is_descending = pages.newest_first and _is_descending(request)
    size = _read_size(request, pages.most)
    mark = _decode(request.query.get("pageToken", ""))
    objects = {
        identifier: shown
        for identifier, shown in read().items()
        if all(shown[name] == value for name, value in wanted.items())
    }
    ordered = sorted(objects, reverse=is_descending)
    start, end = _bounds(ordered, size, mark, is_descending=is_descending)
    ids = ordered[start:end]
    page = Page(
        size,
        len(ids),
        next_token=_encode("after", ids[-1]) if ids and end < len(ordered) else None,
        previous_token=_encode("before", ids[0]) if ids and start > 0 else None,
    )
    items = ids if pages.only_ids else [objects[identifier] for identifier in ids]
    return {pages.key: items, "meta": pages.meta(pages.key, page)}


def _bounds(
    ids: Sequence[str], size: int, mark: tuple[str, str] | None, *, is_descending: bool
) -> tuple[int, int]:
    """Return where a page begins and ends: at the beginning of the list, or before or after a marked id."""
    if mark is None:
        return 0, size
    # The marked id may be gone, so its place is the number of ids that are in front of it.
    direction, marked = mark
    is_before = operator.gt if is_descending else operator.lt
    if direction == "before":
        end = sum(is_before(each, marked) for each in ids)
        return max(0, end - size), end
    start = sum(not is_before(marked, each) for each in ids)
    return start, start + size


def _is_descending(request: ApiRequest) -> bool:
    order = request.query.get("orderBy", "DESC")
    if order not in {"ASC", "DESC"}:
        raise Refused(400, "orderBy: must be ASC or DESC")
    return order == "DESC"


def _read_size(request: ApiRequest, most: int) -> int:
    text = request.query.get("pageSize", str(_DEFAULT_SIZE))
    if not (_SIZE.fullmatch(text) and 1 <= int(text) <= most):
        raise Refused(400, f"pageSize: must be a number from 1 to {most}")
    return int(text)


def _given(tokens: Mapping[str, str | None]) -> JsonObject:
    return {name: token for name, token in tokens.items() if token is not None}


def _encode(direction: str, marked: str) -> str:
    return base64.urlsafe_b64encode(f"{direction}:{marked}".encode()).decode().rstrip("=")


def _decode(token: str) -> tuple[str, str] | None:
    if not token:
        return None
    padded = token + "=" * (-len(token) % 4)
    try:
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except ValueError:
        text = ""
    direction, colon, marked = text.partition(":")
    if not colon or direction not in {"after", "before"}:
        raise Refused(400, "pageToken: not a page token of this list")
    return direction, marked
