"""The sample of the Conversations webhooks."""

from __future__ import annotations

from tests.samples.sample import Bag, Field, Invalid, Outside, Sample, Setting

TYPE = "twilio/conversations:WebhookConfiguration"
PATH = "/conversations.twilio.com/v1/Configuration/Webhooks"
PARAMETERS = {
    "filters": "Filters",
    "method": "Method",
    "pre_webhook_url": "PreWebhookUrl",
    "post_webhook_url": "PostWebhookUrl",
    "target": "Target",
}


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
        Invalid({"method": "PUT"}, "method must be one of: GET, POST"),
        Invalid({"on_destroy": "keep"}, "on_destroy must be one of: restore, reset, retain"),
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
    secret_members=("pre_webhook_url", "post_webhook_url", "_taken"),
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
    ),
)
