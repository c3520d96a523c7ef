"""Twilio Conversations v1: the account's one configuration of webhooks."""

from collections.abc import Callable

from pulumi_switchboard.emulator.api import Api, ApiRequest, Reply
from pulumi_switchboard.emulator.request_body import EMPTY
from pulumi_switchboard.emulator.schema import Check, array, clearable, once, one_of, record, text, web_url
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
"""The writable members by parameter."""

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
def fetch(request: ApiRequest) -> Reply:
    """Return the configuration."""
    return Reply(200, _find(request))


@api.route("POST", _PATH)
def update(request: ApiRequest) -> Reply:
    """Change the members whose parameters are in the form."""
    form = read_form(request, _REQUESTS[request.switches.conversations_unknown_filters])
    configuration = dict(_find(request))
    for parameter, values in form.items():
        member = _MEMBERS[parameter]
        if values != EMPTY:
            configuration[member] = _shown(request, member, values)
        elif request.switches.conversations_empty_value != "ignore":
            configuration[member] = _cleared(request, member)
    request.account.objects[CONFIGURATION][request.account.id] = configuration
    return Reply(200, configuration)


def _find(request: ApiRequest) -> JsonObject:
    """Return the configuration. Every account has one from the start."""
    return request.account.objects[CONFIGURATION].get(request.account.id) or _unset(request)


def _unset(request: ApiRequest) -> JsonObject:
    target = request.switches.conversations_unset_target
    return {
        "account_sid": request.account.id,
        "method": None,
        "filters": None,
        "pre_webhook_url": None,
        "post_webhook_url": None,
        "target": None if target == "null" else target,
        "url": f"https://{api.host}{_PATH}",
    }


def _shown(request: ApiRequest, member: str, values: list[str]) -> str | list[str]:
    """Return the value of a member after these values were sent."""
    if member == "filters":
        return _ORDERS[request.switches.conversations_filter_order](values)
    (value,) = values
    return _CASES[request.switches.conversations_method_case](value) if member == "method" else value


def _cleared(request: ApiRequest, member: str) -> str | list[str] | None:
    """Return the value of a member after an empty value was sent. The target is never an empty text."""
    if request.switches.conversations_empty_value == "empty" and member != "target":
        return [] if member == "filters" else ""
    unset: str | None = _unset(request)[member]
    return unset
