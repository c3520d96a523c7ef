"""The requests of a type, as its declared API says, and how they are shown on its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import getdoc
from typing import TypeAlias

from pulumi_switchboard.fields.models import Account
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.rest.account_setting import AccountSetting, Write
from pulumi_switchboard.rest.collection import Collection, Update

from tools.generate.pages.markdown import table

POLLS = "polls"
"""Instead of the method GET: an operation is asked for."""
UPDATES = {
    Update.PUT_REPLACES: "A `PUT` sends the whole object, including members that this package does not know.",
    Update.PATCH_MERGES: "A `PATCH` sends only the changes, and null for each value that is cleared.",
}
OWN_WAY = "write"
"""Instead of a method: the definition has a function that writes."""
SENT_AS = {POLLS: "GET", OWN_WAY: "POST"}
"""The methods of these requests."""


@dataclass(frozen=True)
class Request:
    """A request."""

    method: str
    path: str
    remark: str = ""
    until: str = ""
    """What it is repeated for."""

    def __str__(self) -> str:
        method = SENT_AS.get(self.method, self.method)
        until = f"until {self.until}" if self.until else ""
        return " ".join(filter(None, (f"`{method} {self.path}`", self.remark, until)))


Requests: TypeAlias = Mapping[str, Sequence[Request]]
"""The fewest requests, by the verb that sends them."""


def requests(definition: AnyDefinition) -> Requests:
    """The requests of a type.

    Raises:
        TypeError: The API is of a kind that has no page yet.
    """
    match definition.api:
        case Collection() as api:
            return _of_collection(api)
        case AccountSetting() as api:
            return _of_setting(api, shows_account=bool(fields_with(definition.state, Account)))
        case api:
            raise TypeError(f"{definition.name}: say in {__name__} what {type(api).__name__} requests")


def requests_table(definition: AnyDefinition) -> str:
    """The table of the requests."""
    rows = [(verb, ", then ".join(map(str, sent)) or "none") for verb, sent in requests(definition).items()]
    return table(("when", "requests"), rows)


def remarks(definition: AnyDefinition) -> list[str]:
    """What is special about the requests."""
    api = definition.api
    if not isinstance(api, Collection):
        return []
    texts = [UPDATES[api.update]]
    if api.has_idempotency_keys:
        texts.append(
            "A create sends an `Idempotency-Key` that is derived from the resource's identity, so that a "
            "later run finds what an interrupted run created. An update or a delete sends a random one."
        )
    if api.has_versions:
        texts.append("An update sends the `ETag` of its read as `If-Match`, and reads again after a 412.")
    if (pages := api.pages) is not None:
        kind = "ids" if pages.are_ids else "objects"
        texts.append(
            f"A list (`GET {api.path}`) has {kind} in `{pages.items}`, at most {pages.size} in a page. "
            f"The next page is found by `meta.{pages.token}`."
        )
        texts += [f"A list can be filtered by `{name}`." for name in pages.filters]
    if api.fixed:
        texts.append(
            f"Each body has {', '.join(f'`{name}`' for name in _paths(api.fixed))} besides the arguments."
        )
    return texts


def _of_collection(api: Collection) -> Requests:
    item = f"{api.path}/{{id}}"
    get, post = Request("GET", item), Request("POST", api.path)
    change, delete = Request(api.update.value, item), Request("DELETE", item)
    ready = get
    if api.readiness is not None:
        ready = replace(get, until=f"`{api.readiness.field}` is {api.readiness.ready}")
    sent = {
        "preview": [],
        "create": [*_look_up(api), post],
        "read": [get],
        "update": [get, change],
        "delete": [delete],
    }
    if api.operations is not None:
        polls = Request(POLLS, f"{api.operations.path}/{{id}}", until="it ends")
        gone = replace(get, until="it is gone")
        after = {"create": [polls, ready], "update": [polls, get], "delete": [polls, gone]}
    else:
        after = {"create": [ready]} if api.readiness is not None else {}
    return {verb: [*first, *after.get(verb, [])] for verb, first in sent.items()}


def _look_up(api: Collection) -> list[Request]:
    """The request that finds an object with which a create would conflict."""
    if not api.natural_key:
        return []
    if api.is_key_in_path:
        return [Request("GET", f"{api.path}/{{{api.natural_key}}}", "to see whether the name is taken")]
    each = f" and `GET {api.path}/{{id}}` for each" if api.pages is not None and api.pages.are_ids else ""
    return [Request("GET", api.path, f"{each} to see whether the `{api.natural_key}` is taken".strip())]


def _of_setting(api: AccountSetting, *, shows_account: bool) -> Requests:
    get, delete = Request("GET", api.path), Request("DELETE", api.path)
    first, later = _writes(api)
    back = "with what was there before" + (", or `DELETE` if there was nothing" if api.is_deletable else "")
    reset = delete if api.is_deletable else replace(later, remark="with empty values")
    return {
        "preview": [replace(get, remark="for a new resource")],
        "create": [get, first],
        "read": [get],
        "update": [get, later],
        "destroy with `restore`": [get, replace(later, remark=back)],
        "destroy with `reset`": [get, reset] if shows_account else [reset],
        "destroy with `retain`": [],
    }


def _writes(api: AccountSetting) -> tuple[Request, Request]:
    """How the setting is written where there is none, and where there is one."""
    if api.writes is Write.FORM_MERGES:
        form = Request("POST", api.path, "with a form")
        return form, form
    if api.writes is Write.PATCH_MERGES:
        return Request("POST", api.path, "(`PATCH` if there is one already)"), Request("PATCH", api.path)
    how, _, _ = (getdoc(api.writes) or "").partition("\n")
    own = Request(OWN_WAY, api.path, f"({how[:1].lower()}{how[1:].rstrip('.')})")
    return own, own


def _paths(members: Mapping[str, object], before: str = "") -> list[str]:
    return [
        path
        for name, value in members.items()
        for path in (_paths(value, f"{before}{name}.") if isinstance(value, Mapping) else [f"{before}{name}"])
    ]
