"""Lists of objects, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pulumi_switchboard.errors import LostAnswerError
from pulumi_switchboard.fields.typed_values import member
from pulumi_switchboard.vendors.vendor import Client, Product

MOST_PAGES = 1000
"""More than the list of any account has."""


@dataclass(frozen=True)
class Pages:
    """How an API lists its objects."""

    items: str
    """The member of a page with the items."""
    token: str
    """The member of a page's `meta` with the token of the next page."""
    size: int = 100
    """How many items are asked for at once."""
    filters: tuple[str, ...] = ()
    """The arguments by which the API filters."""
    are_ids: bool = False
    """Whether the items are only the ids of the objects."""


def every_item(
    client: Client, product: Product, path: str, pages: Pages, filters: Mapping[str, str]
) -> Iterator[Any]:
    """All items of a list. An empty one may be null.

    Args:
        client: The client.
        product: The product.
        path: The path of the list.
        pages: How the API lists.
        filters: The filters, with the names of the API.

    Raises:
        LostAnswerError: An answer is not a page, or the list does not end. What is found so far is not all.
    """
    query, seen = {**filters, "pageSize": str(pages.size)}, set[str]()
    while len(seen) < MOST_PAGES:
        page = client.exchange("GET", product.name, f"{path}?{urlencode(query)}").json()
        if not isinstance(page, Mapping) or pages.items not in page:
            raise _no_page(path)
        found = page[pages.items] or []
        if not isinstance(found, list):
            raise _no_page(path)
        yield from found
        token = member(page, "meta").get(pages.token)
        if not isinstance(token, str) or not token:
            return
        if token in seen:
            break
        seen.add(token)
        query["pageToken"] = token
    raise LostAnswerError(f"the list {path} does not end: it was left after {len(seen)} pages")


def _no_page(path: str) -> LostAnswerError:
    return LostAnswerError(f"the answer is not a page of the list {path}")
