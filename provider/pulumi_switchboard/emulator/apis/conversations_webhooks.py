"""Twilio Conversations v1: the account's one configuration of webhooks."""

from collections.abc import Callable

from pulumi_switchboard.emulator.api import Api, Call, Reply
from pulumi_switchboard.emulator.forms import EMPTY, clearable, once
from pulumi_switchboard.emulator.rules import web_url
from pulumi_switchboard.emulator.schema import Check, array, one_of, record, text
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, read_form

CONFIGURATION = "twilio/conversations:WebhookConfiguration"
"""The type of the configuration in the state, where its id is the Account SID."""

api = Api(TWILIO, "conversations.twilio.com")

_PATH = "/v1/Configuration/Webhooks"

_MEMBERS = {
    "Method": "method",
    "Filters": "filters",
    "PreWebhookUrl": "pre_webhook_url",
    "PostWebhookUrl": "post_webhook_url",
    "Target": "target",
}
"""The members that can be written, by their parameters."""

_FILTERS = (
    "onMessageAdd",
    "onMessageAdded",
    "onMessageUpdate",
    "onMessageUpdated",
    "onMessageRemove",
    "onMessageRemoved",
    "onConversationAdd",
    "onConversationAdded",
    "onConversationUpdate",
    "onConversationUpdated",
    "onConversationRemove",
    "onConversationRemoved",
    "onConversationStateUpdated",
    "onParticipantAdd",
    "onParticipantAdded",
    "onParticipantUpdate",
    "onParticipantUpdated",
    "onParticipantRemove",
    "onParticipantRemoved",
    "onDeliveryUpdated",
    "onUserAdded",
    "onUserUpdate",
    "onUserUpdated",
)

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


_REQUESTS = {"accept": _request(text()), "refuse": _request(one_of(*_FILTERS))}


@api.route("GET", _PATH)
def fetch(call: Call) -> Reply:
    """Answer the configuration."""
    return Reply(200, _find(call))


@api.route("POST", _PATH)
def update(call: Call) -> Reply:
    """Change the members whose parameters are sent."""
    form = read_form(call, _REQUESTS[call.switches.conversations_unknown_filters])
    configuration = dict(_find(call))
    for parameter, values in form.items():
        member = _MEMBERS[parameter]
        if values != EMPTY:
            configuration[member] = _shown(call, member, values)
        elif call.switches.conversations_empty_value != "ignore":
            configuration[member] = _cleared(call, member)
    call.account.objects[CONFIGURATION][call.account.sid] = configuration
    return Reply(200, configuration)


def _find(call: Call) -> JsonObject:
    """Return the configuration, which is there from the first."""
    return call.account.objects[CONFIGURATION].get(call.account.sid) or _unset(call)


def _unset(call: Call) -> JsonObject:
    target = call.switches.conversations_unset_target
    return {
        "account_sid": call.account.sid,
        "method": None,
        "filters": None,
        "pre_webhook_url": None,
        "post_webhook_url": None,
        "target": None if target == "null" else target,
        "url": f"https://{api.host}{_PATH}",
    }


def _shown(call: Call, member: str, values: list[str]) -> str | list[str]:
    """Return what a member is once these values were sent."""
    if member == "filters":
        return _ORDERS[call.switches.conversations_filter_order](values)
    (value,) = values
    return _CASES[call.switches.conversations_method_case](value) if member == "method" else value


def _cleared(call: Call, member: str) -> str | list[str] | None:
    """Return what a member is once an empty value was sent. The target is never an empty text."""
    if call.switches.conversations_empty_value == "empty" and member != "target":
        return [] if member == "filters" else ""
    unset: str | None = _unset(call)[member]
    return unset
