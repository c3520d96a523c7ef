"""The webhooks of Twilio Conversations: Conversations API v1, `/v1/Configuration/Webhooks`.

An account always has them, empty at first. GET shows them; POST takes a form, and changes what is in it: a
parameter that is left out keeps its value, an empty one clears it. There is nothing to delete.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

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
    Wire,
)
from pulumi_switchboard.fields.suggestions import did_you_mean
from pulumi_switchboard.fields.typed_values import upper
from pulumi_switchboard.fields.urls import ClearableWebhookUrl
from pulumi_switchboard.fields.wire import snake_case
from pulumi_switchboard.resource.definition import Definition, Evidence
from pulumi_switchboard.rest.account_setting import AccountSetting, OnDestroy, Write
from pulumi_switchboard.transport.urls import UNREADABLE_URL, safe_url
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.vendor import Product

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
MOST_NAMED = 10
"""How many unknown items a warning lists."""


def _unknown_filters(filters: Any) -> str | None:
    known, items = (*BEFORE, *AFTER), enumerate(filters if isinstance(filters, list) else [])
    unknown = [(i, name) for i, name in items if isinstance(name, str) and name not in known]
    if not unknown:
        return None
    places = ", ".join(f"[{i}]{did_you_mean(name, known)}" for i, name in unknown[:MOST_NAMED])
    more = ", …" if len(unknown) > MOST_NAMED else ""
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
    """The events that are announced. Those like onMessageAdd are announced to `pre_webhook_url` before they
    happen, those like onMessageAdded to `post_webhook_url` afterwards."""
    method: Annotated[
        Literal["GET", "POST", ""] | None, BeforeValidator(upper), Caseless(), Wire(sent_as=upper)
    ] = None
    """The HTTP method of the requests."""
    pre_webhook_url: SecretUrl | None = None
    """The URL that is asked before an event happens, and can prevent it. A secret, since it may hold one."""
    post_webhook_url: SecretUrl | None = None
    """The URL that is told when an event has happened. A secret, since it may hold one."""
    target: Literal["webhook", "flex"] | None = None
    """Who gets the events: the URLs here, or Twilio Flex."""
    on_destroy: Annotated[OnDestroy, Unsent()] = "restore"
    """What `destroy` does with the webhooks. `restore`: each argument that this resource has ever given gets
    its value from before, if it still has the program's value; what someone else has changed since is left,
    with a warning. `reset`: no URL, no filters, no method, and the target webhook, whoever has set them.
    `retain`: all stays, and the events are sent as before."""


class WebhookConfigurationState(WebhookConfigurationInputs, State):
    """The webhooks of Twilio Conversations as Twilio shows them."""

    account_sid: Annotated[str, Account(), Id()]
    """The account that the webhooks belong to."""
    url: str | None = None
    """Where Twilio's API has this configuration."""


definition = Definition(
    "twilio/conversations:WebhookConfiguration",
    WebhookConfigurationInputs,
    WebhookConfigurationState,
    AccountSetting(
        Product(TWILIO, "conversations", snake_case),
        "/v1/Configuration/Webhooks",
        "the account's Conversations webhook configuration",
        writes=Write.FORM_MERGES,
        is_deletable=False,
        empty={
            "filters": [],
            "method": "",
            "pre_webhook_url": "",
            "post_webhook_url": "",
            "target": "webhook",
        },
    ),
    Evidence(
        "Twilio Conversations v1 (classic), the account's webhooks",
        "https://www.twilio.com/docs/conversations-classic/api/webhook-configuration-resource",
        specification="the paths, the fields, the values of the target, and the known events",
        documentation="which events are announced before they happen, and which afterwards",
        third_party="that a POST keeps what it leaves out: a Terraform provider relies on it",
        assumption="that an empty parameter clears a field, and that the order of filters means nothing",
    ),
)
