"""What type checkers have to accept of `twilio.conversations.WebhookConfiguration`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

import pulumi
from pulumi_switchboard.twilio.conversations import (
    WebhookConfiguration,
    get_webhook_configuration,
    get_webhook_configuration_output,
)
from typing_extensions import assert_type


def declare(
    *,
    filters: pulumi.Input[Sequence[pulumi.Input[str]] | None],
    method: pulumi.Input[Literal["GET", "POST", ""] | None],
    pre_webhook_url: pulumi.Input[str | None],
    post_webhook_url: pulumi.Input[str | None],
    target: pulumi.Input[Literal["webhook", "flex"] | None],
    on_destroy: pulumi.Input[Literal["restore", "reset", "retain"] | None],
) -> WebhookConfiguration:
    """Every argument may be a value or an output, at every depth."""
    return WebhookConfiguration(
        "declared",
        filters=filters,
        method=method,
        pre_webhook_url=pre_webhook_url,
        post_webhook_url=post_webhook_url,
        target=target,
        on_destroy=on_destroy,
    )


fewest = WebhookConfiguration("fewest", post_webhook_url="https://desk.example.com/post")
made = declare(
    filters=["onMessageAdded", "onConversationAdd"],
    method="GET",
    pre_webhook_url="https://desk.example.com/path-of-the-pre-webhook",
    post_webhook_url="https://desk.example.com/path-of-the-post-webhook",
    target="flex",
    on_destroy="restore",
)
assert_type(made.id, pulumi.Output[str])
assert_type(made.filters, pulumi.Output[list[str] | None])
assert_type(made.method, pulumi.Output[Literal["GET", "POST", ""] | None])
assert_type(made.pre_webhook_url, pulumi.Output[str | None])
assert_type(made.post_webhook_url, pulumi.Output[str | None])
assert_type(made.target, pulumi.Output[Literal["webhook", "flex"] | None])
assert_type(made.on_destroy, pulumi.Output[Literal["restore", "reset", "retain"]])
assert_type(made.account_sid, pulumi.Output[str])
assert_type(made.url, pulumi.Output[str | None])
copied = WebhookConfiguration(
    "copied",
    filters=made.filters,
    method=made.method,
    pre_webhook_url=made.pre_webhook_url,
    post_webhook_url=made.post_webhook_url,
    target=made.target,
    on_destroy=made.on_destroy,
)
looked_up = get_webhook_configuration()
later = get_webhook_configuration_output()
assert_type(looked_up.filters, list[str] | None)
assert_type(looked_up.method, Literal["GET", "POST", ""] | None)
assert_type(looked_up.pre_webhook_url, str | None)
assert_type(looked_up.post_webhook_url, str | None)
assert_type(looked_up.target, Literal["webhook", "flex"] | None)
assert_type(looked_up.account_sid, str)
assert_type(looked_up.url, str | None)
assert_type(asdict(looked_up), dict[str, Any])
again = WebhookConfiguration(
    "again",
    filters=looked_up.filters,
    method=looked_up.method,
    pre_webhook_url=looked_up.pre_webhook_url,
    post_webhook_url=looked_up.post_webhook_url,
    target=looked_up.target,
)
afterwards = WebhookConfiguration(
    "afterwards",
    filters=later.apply(lambda found: found.filters),
    method=later.apply(lambda found: found.method),
    pre_webhook_url=later.apply(lambda found: found.pre_webhook_url),
    post_webhook_url=later.apply(lambda found: found.post_webhook_url),
    target=later.apply(lambda found: found.target),
)
