"""The sample of the Conversations webhooks."""

from __future__ import annotations

from tests.samples.sample import (
    BAD_POLICY,
    OTHER_SCHEME,
    PLAIN_HTTP,
    Bag,
    Field,
    Invalid,
    Outside,
    Sample,
    Setting,
)

TYPE = "twilio/conversations:WebhookConfiguration"
PATH = "/conversations.twilio.com/v1/Configuration/Webhooks"
PARAMETERS = {
    "filters": "Filters",
    "method": "Method",
    "pre_webhook_url": "PreWebhookUrl",
    "post_webhook_url": "PostWebhookUrl",
    "target": "Target",
}

BEFORE = (
    *("onMessageAdd", "onMessageUpdate", "onMessageRemove"),
    *("onConversationAdd", "onConversationUpdate", "onConversationRemove"),
    *("onParticipantAdd", "onParticipantUpdate", "onParticipantRemove", "onUserUpdate"),
)
AFTER = (
    *("onMessageAdded", "onMessageUpdated", "onMessageRemoved", "onDeliveryUpdated"),
    *("onConversationAdded", "onConversationUpdated", "onConversationRemoved", "onConversationStateUpdated"),
    *("onParticipantAdded", "onParticipantUpdated", "onParticipantRemoved", "onUserAdded", "onUserUpdated"),
)


def change(outside: Outside, _id: str, changes: Bag) -> None:
    """Send a form with what changes; an empty value clears."""
    form = {PARAMETERS[name]: value if value is not None else "" for name, value in changes.items()}
    outside.request("POST", PATH, form=form)


def remove(outside: Outside, id: str) -> None:
    """Clear all that can be cleared."""
    change(outside, id, dict.fromkeys(PARAMETERS, ""))


sample = Sample(
    type=TYPE,
    collection=PATH.removeprefix("/"),
    minimal={"post_webhook_url": "https://desk.example.com/post"},
    maximal={
        "filters": ["onMessageAdded", "onConversationAdd"],
        "method": "GET",
        "pre_webhook_url": "https://desk.example.com/path-of-the-pre-webhook",
        "post_webhook_url": "https://desk.example.com/path-of-the-post-webhook",
        "target": "flex",
        "on_destroy": "restore",
    },
    shown={
        "filters": ["onMessageAdded", "onConversationAdd"],
        "method": "GET",
        "pre_webhook_url": "https://desk.example.com/path-of-the-pre-webhook",
        "post_webhook_url": "https://desk.example.com/path-of-the-post-webhook",
        "target": "flex",
    },
    fields=(
        Field("filters", "filters", changed=["onUserAdded"], drifted=["onMessageRemoved"]),
        Field("method", "method", changed="POST", drifted="POST"),
        Field(
            "pre_webhook_url",
            "pre_webhook_url",
            changed="https://other.example.com/pre",
            drifted="https://third.example.com/pre",
        ),
        Field(
            "post_webhook_url",
            "post_webhook_url",
            changed="https://other.example.com/post",
            drifted="https://third.example.com/post",
        ),
        Field("target", "target", changed="webhook", drifted="webhook", cleared="webhook"),
    ),
    invalid=(
        Invalid({"filters": ["onMessageAdded", " "]}, "filters: has an empty name: leave it out"),
        Invalid({"filters": "canary"}, "filters: must be a list"),
        Invalid({"filters": ["canary", 7]}, "filters[1]: must be a string"),
        Invalid({"method": "PUT"}, "method: must be 'GET', 'POST' or ''"),
        Invalid({"method": 7}, "method: must be 'GET', 'POST' or ''"),
        Invalid({"target": "canary"}, "target: must be 'webhook' or 'flex'"),
        Invalid({"target": ""}, "target: must be 'webhook' or 'flex'"),
        Invalid({"pre_webhook_url": "ftp://canary"}, f"pre_webhook_url: {OTHER_SCHEME}"),
        Invalid({"post_webhook_url": ["canary"]}, "post_webhook_url: must be a string"),
        BAD_POLICY,
    ),
    valid=(
        {"filters": [], "method": "", "pre_webhook_url": "", "post_webhook_url": ""},
        {"filters": [*BEFORE, *AFTER], "method": "Get", "target": "flex", "on_destroy": "retain"},
        {"pre_webhook_url": "https://user:password@ü.example.com/?b=c&d=%20e+f#g"},
    ),
    remarked=(
        Invalid(
            {"filters": ["onMessageAdded", "on&Next=Ü", "onUserAdded", "onmessageadded"]},
            "filters has events that are not documented, at [1], "
            "[3] (did you mean onMessageAdded?). Twilio may never announce them",
        ),
        Invalid(
            {"filters": [f"onEvent{number}" for number in range(1000)]},
            "filters has events that are not documented, at [0], [1], [2], [3], [4], [5], [6], [7], [8], "
            "[9], …. Twilio may never announce them",
        ),
        Invalid({"pre_webhook_url": "HTTP://canary.example"}, f"pre_webhook_url {PLAIN_HTTP}"),
    ),
    same=(
        (
            {"filters": ["onMessageAdded", "onConversationAdd"]},
            {"filters": ["onConversationAdd", "onMessageAdded", "onConversationAdd"]},
        ),
        ({"method": "GET"}, {"method": "get"}),
    ),
    change=change,
    requests={
        "preview": "GET",
        "create": "GET GET POST",
        "update": "GET POST",
        "read": "GET",
        "delete": "GET POST",
    },
    remove=remove,
    drifts=(
        (("filters",), {"filters": ["onMessageAdded", "onConversationAdd", "onUserAdded"]}),
        (("filters",), {"filters": None}),
        (("pre_webhook_url",), {"pre_webhook_url": None}),
        (("post_webhook_url",), {"post_webhook_url": None}),
    ),
    secret_members=("pre_webhook_url", "post_webhook_url", "_saved_original"),
    secrets=("path-of-the-pre-webhook", "path-of-the-post-webhook"),
    setting=Setting(
        others={
            "filters": ["onUserUpdated"],
            "method": "POST",
            "pre_webhook_url": "https://old.example.com/pre",
            "post_webhook_url": "https://old.example.com/post",
        },
        unset={"filters": None, "method": None, "pre_webhook_url": None, "post_webhook_url": None},
    ),
    switches=(
        {"conversations_unknown_filters": "refuse"},
        {"conversations_filter_order": "sorted"},
        {"conversations_filter_order": "reversed"},
        {"conversations_empty_value": "empty"},
        {"conversations_method_case": "lower"},
        {"conversations_method_case": "kept"},
        {"conversations_unset_target": "null"},
        {"conversations_unset_method": "null"},
    ),
)
