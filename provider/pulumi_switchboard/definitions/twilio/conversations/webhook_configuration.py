"""The webhooks of Twilio Conversations: Conversations API v1, `/v1/Configuration/Webhooks`.

An account always has them, empty at first. GET shows them; POST takes a form, and changes what is in it: a
parameter that is left out keeps its value, an empty one clears it. There is nothing to delete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from pulumi_switchboard.account_settings.setting import AccountSetting, OnDestroy
from pulumi_switchboard.errors import LostAnswerError, OperationFailedError
from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.models import (
    Account,
    AccountSettingInputs,
    Caseless,
    Id,
    Secret,
    State,
    Unordered,
    Unsent,
    WarnIf,
)
from pulumi_switchboard.fields.typed_values import to_bag, to_model, upper
from pulumi_switchboard.fields.urls import ClearableWebhookUrl
from pulumi_switchboard.fields.values import is_empty
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import Definition
from pulumi_switchboard.transport.urls import UNREADABLE_URL, safe_url
from pulumi_switchboard.vendors.twilio.client import TWILIO, Twilio

PATH = "/v1/Configuration/Webhooks"
BEFORE = (
    *("onMessageAdd", "onMessageUpdate", "onMessageRemove"),
    *("onConversationAdd", "onConversationUpdate", "onConversationRemove"),
    *("onParticipantAdd", "onParticipantUpdate", "onParticipantRemove"),
    "onUserUpdate",
)
"""The events that are announced to `pre_webhook_url`, before they happen."""
AFTER = (
    *("onMessageAdded", "onMessageUpdated", "onMessageRemoved"),
    *("onConversationAdded", "onConversationUpdated", "onConversationRemoved", "onConversationStateUpdated"),
    *("onParticipantAdded", "onParticipantUpdated", "onParticipantRemoved"),
    *("onDeliveryUpdated", "onUserAdded", "onUserUpdated"),
)
"""The events that are announced to `post_webhook_url`, after they have happened."""
PARAMETERS = {
    "filters": "Filters",
    "method": "Method",
    "pre_webhook_url": "PreWebhookUrl",
    "post_webhook_url": "PostWebhookUrl",
    "target": "Target",
}
"""The parameters of the form, by argument."""
EMPTY = {"filters": [], "method": "", "pre_webhook_url": "", "post_webhook_url": "", "target": "webhook"}
"""The initial values of an account."""
MOST_NAMED = 10
"""How many unknown items a warning lists."""


def _unknown_filters(filters: Any) -> str | None:
    items = enumerate(filters if isinstance(filters, list) else [])
    unknown = [f"[{i}]" for i, name in items if isinstance(name, str) and name not in (*BEFORE, *AFTER)]
    if not unknown:
        return None
    more = ", …" if len(unknown) > MOST_NAMED else ""
    places = ", ".join(unknown[:MOST_NAMED])
    return f"has events that are not documented, at {places}{more}. Twilio may never announce them"


def _no_empty_name(filters: list[str]) -> list[str]:
    if not all(name.strip() for name in filters):
        raise ValueError("has an empty name: leave it out")
    return filters


def _host(url: Any) -> str:
    """What may be shown of a URL: scheme and host, with a mark where there is more; a path can be secret."""
    whole = str(url)
    parts = urlsplit(safe_url(whole))
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else UNREADABLE_URL
    return host if host.lower() == whole.lower().rstrip("/") else f"{host} and more, which may be secret"


Filters = Annotated[list[str], AfterValidator(_no_empty_name), Unordered(once=True), WarnIf(_unknown_filters)]
SecretUrl = Annotated[ClearableWebhookUrl, Secret(hint=_host)]


class WebhookConfigurationInputs(AccountSettingInputs):
    """The webhooks of Twilio Conversations for all services of the account.

    An account has them once. An argument that is left out is not managed: it keeps the value that it has.
    An empty one is managed, and empty; one that was given and is left out later is cleared.
    """

    filters: Filters | None = None
    """The events that are announced, such as onMessageAdded."""
    method: Annotated[Literal["GET", "POST", ""] | None, BeforeValidator(upper), Caseless()] = None
    """The HTTP method of the requests."""
    pre_webhook_url: SecretUrl | None = None
    """The URL that is asked before an event happens, and can prevent it. A secret, since it may hold one."""
    post_webhook_url: SecretUrl | None = None
    """The URL that is told when an event has happened. A secret, since it may hold one."""
    target: Literal["webhook", "flex"] | None = None
    """Who gets the events: the URLs here, or Twilio Flex."""
    on_destroy: Annotated[OnDestroy, Unsent()] = "restore"
    """What `destroy` does with the webhooks. `restore`: each argument that this
    resource has ever given gets the value back that was found, if it still holds ours; what someone else has
    changed since is left, with a warning. `reset`: no URL, no filters, no method, and the target webhook,
    whoever has set them. `retain`: all stays, and is announced as before."""


class WebhookConfigurationState(WebhookConfigurationInputs, State):
    """The webhooks of Twilio Conversations as Twilio shows them."""

    account_sid: Annotated[str, Account(), Id()]
    """The account that the webhooks belong to."""
    url: str | None = None
    """Where Twilio's API has this configuration."""


Context: TypeAlias = ResourceContext[Twilio]


def _read(context: Context) -> WebhookConfigurationState | None:
    """The webhooks, which every account has."""
    return _state(context, context.client.get("conversations", PATH))


def _write(
    context: Context, _live: WebhookConfigurationState | None, inputs: WebhookConfigurationInputs
) -> WebhookConfigurationState:
    """Set the parameters that the inputs give."""
    return _state(context, context.client.post_form("conversations", PATH, list(_form(inputs))))


def _reset(context: Context) -> None:
    """Clear everything: no URL, no filters, no method, and the target webhook.

    Raises:
        OperationFailedError: Twilio has taken the empty values, and shows others.
    """
    shown = to_bag(_write(context, None, to_model(WebhookConfigurationInputs, EMPTY)))
    differing = changed_fields(WebhookConfigurationInputs, shown, EMPTY)
    if left := [name for name in differing if name in PARAMETERS and not is_empty(shown.get(name))]:
        raise OperationFailedError(f"Twilio has not cleared {', '.join(left)}")


def _form(inputs: WebhookConfigurationInputs) -> Iterator[tuple[str, str]]:
    """The parameters, one for each value; an empty one clears."""
    for name, parameter in PARAMETERS.items():
        value = getattr(inputs, name)
        if name == "method":
            value = upper(value)
        if isinstance(value, list):
            yield from ((parameter, item) for item in value or [""])
        elif value is not None:
            yield parameter, value


def _state(context: Context, body: Any) -> WebhookConfigurationState:
    """The webhooks that Twilio shows; they are the account's own if no account is shown."""
    if not isinstance(body, Mapping) or body.keys().isdisjoint(("account_sid", *PARAMETERS)):
        raise LostAnswerError("the answer is not a webhook configuration")
    account = body.get("account_sid")
    shown = {**body, "account_sid": account if isinstance(account, str) else context.origin.account}
    return to_model(WebhookConfigurationState, shown).model_copy(update={"body": dict(body)})


definition = Definition(
    key="twilio/conversations:WebhookConfiguration",
    vendor=TWILIO,
    inputs=WebhookConfigurationInputs,
    state=WebhookConfigurationState,
    api=AccountSetting(
        noun="the account's Conversations webhook configuration",
        id=lambda context: context.origin.account,
        read=_read,
        write=_write,
        reset=_reset,
        empty=EMPTY,
    ),
)
