"""Twilio Conversations v1: the account's one configuration of webhooks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from pulumi_switchboard.emulator.api import Api, ApiDefinition, ApiRequest, Handler, Reply, Route
from pulumi_switchboard.emulator.collection import Collection, Update, Written, collection_api
from pulumi_switchboard.emulator.request_body import EMPTY, FORM
from pulumi_switchboard.emulator.schema import Check, array, clearable, once, one_of, record, text, web_url
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO


@dataclass(frozen=True)
class WebhookSwitches:
    """The switches of Twilio Conversations v1."""

    conversations_unknown_filters: Literal["accept", "refuse"] = "accept"
    """D-27: filters that are not among the 23 of the newest description are accepted, or refused with 400."""
    conversations_filter_order: Literal["kept", "sorted", "reversed"] = "kept"
    """No entry: filters are in the order of the request, sorted or reversed."""
    conversations_empty_value: Literal["null", "empty", "ignore"] = "null"
    """No entry: an empty value unsets its member, makes it an empty text or list, or is ignored."""
    conversations_method_case: Literal["upper", "lower", "kept"] = "upper"
    """D-30: `method` is in upper case, in lower case or as in the request."""
    conversations_unset_target: Literal["webhook", "null"] = "webhook"
    """No entry: the value of an unset `target`."""
    conversations_unset_method: Literal["absent", "null"] = "absent"
    """No entry: an unset `method` is absent (the vendor's schema allows no null), or null."""


_HOST = "conversations.twilio.com"
_PATH = "/v1/Configuration/Webhooks"
_OLDER_PATH = "/v1/Conversations/Webhooks"
"""The same configuration, as older clients of the vendor name it."""

_MEMBERS = {
    "Method": "method",
    "Filters": "filters",
    "PreWebhookUrl": "pre_webhook_url",
    "PostWebhookUrl": "post_webhook_url",
    "Target": "target",
}
"""The writable members by parameter."""

_FILTERS = (  # noqa: SIM905 - as a list it has 23 lines
    "onMessageAdd onMessageAdded onMessageUpdate onMessageUpdated onMessageRemove onMessageRemoved "
    "onConversationAdd onConversationAdded onConversationUpdate onConversationUpdated onConversationRemove "
    "onConversationRemoved onConversationStateUpdated onParticipantAdd onParticipantAdded "
    "onParticipantUpdate onParticipantUpdated onParticipantRemove onParticipantRemoved onDeliveryUpdated "
    "onUserAdded onUserUpdate onUserUpdated"
).split()

_CASES: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "kept": str}
_ORDERS: dict[str, Callable[[list[str]], list[str]]] = {
    "kept": list,
    "sorted": sorted,
    "reversed": lambda filters: filters[::-1],
}


def _method(value: str) -> str | None:
    known = value.isascii() and value.upper() in {"GET", "POST"}
    return None if known else "must be GET or POST"


def _request(one_filter: Check) -> Check:
    url = clearable(once(text(web_url)))
    return record(
        {},
        optional={
            "Method": clearable(once(text(_method))),
            "Filters": clearable(array(one_filter)),
            "PreWebhookUrl": url,
            "PostWebhookUrl": url,
            "Target": clearable(once(one_of("webhook", "flex"))),
        },
    )


def _unset(switches: WebhookSwitches, request: ApiRequest) -> JsonObject:
    members = {**dict.fromkeys(_MEMBERS.values()), "target": _unset_target(switches)}
    return _shown(switches, Written(request, request.account.id, members, None, request.now))


def _unset_target(switches: WebhookSwitches) -> str | None:
    return None if switches.conversations_unset_target == "null" else "webhook"


def _shown(switches: WebhookSwitches, written: Written) -> JsonObject:
    """Return the configuration as the vendor shows it."""
    members = {name: written.members.get(name) for name in _MEMBERS.values()}
    if members["method"] is None and switches.conversations_unset_method == "absent":
        del members["method"]
    return {"account_sid": written.id, **members, "url": f"{written.request.own_url}{_PATH}"}


def _older(handler: Handler, request: ApiRequest) -> Reply:
    """Answer at the older path, whose answers show that path."""
    reply = handler(request)
    return replace(reply, body={**(reply.body or {}), "url": f"{request.own_url}{_OLDER_PATH}"})


def _changed(switches: WebhookSwitches, old: JsonObject, form: JsonObject) -> JsonObject:
    """Return the members after a form. One that was sent empty is cleared or ignored."""
    changes = {
        _MEMBERS[parameter]: _sent(switches, _MEMBERS[parameter], values)
        for parameter, values in form.items()
        if values != EMPTY or switches.conversations_empty_value != "ignore"
    }
    return {**old, **changes}


def _sent(switches: WebhookSwitches, member: str, values: list[str]) -> Any:
    """Return what a member becomes when these values are sent. The target is never an empty text."""
    if values == EMPTY:
        if member == "target":
            return _unset_target(switches)
        empty = [] if member == "filters" else ""
        return empty if switches.conversations_empty_value == "empty" else None
    if member == "filters":
        return _ORDERS[switches.conversations_filter_order](values)
    return _CASES[switches.conversations_method_case](values[0]) if member == "method" else values[0]


def _api(switches: WebhookSwitches) -> Api:
    is_strict = switches.conversations_unknown_filters == "refuse"
    request = _request(one_of(*_FILTERS) if is_strict else text())
    webhooks = Collection(
        TWILIO,
        _HOST,
        "twilio/conversations:WebhookConfiguration",
        _PATH,
        new_id=lambda request: request.account.id,
        show=partial(_shown, switches),
        media_type=FORM,
        deletes=False,
        is_setting=True,
        unset=partial(_unset, switches),
        updates=[Update("POST", request, partial(_changed, switches))],
    )
    found = collection_api(webhooks)
    older = [
        Route(route.method, _OLDER_PATH, route.handler and partial(_older, route.handler))
        for route in found.routes
    ]
    return replace(found, routes=[*found.routes, *older])


api = ApiDefinition(WebhookSwitches, _api)
