"""The resource class and the look-ups of `twilio/conversations:WebhookConfiguration`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Literal

import pulumi

from pulumi_switchboard.program import lookups
from pulumi_switchboard.program.look_up import LookUp
from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource
from pulumi_switchboard.program.results import dataclass


class WebhookConfiguration(
    Resource,
    module="twilio/conversations",
    name="WebhookConfiguration",
    outputs=(
        "filters",
        "method",
        "pre_webhook_url",
        "post_webhook_url",
        "target",
        "on_destroy",
        "account_sid",
        "url",
    ),
    secrets=(
        "pre_webhook_url",
        "post_webhook_url",
        "_saved_original",
    ),
    urls=(
        "pre_webhook_url",
        "post_webhook_url",
    ),
):
    """The webhooks of Twilio Conversations for all services of the account.

    An account has them once. An argument that is left out is not managed: it keeps the value that it has.
    An empty one is managed, and empty; one that was given and is left out later is cleared.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        filters: pulumi.Input[Sequence[pulumi.Input[str]] | None] = None,
        method: pulumi.Input[Literal["GET", "POST", ""] | None] = None,
        pre_webhook_url: pulumi.Input[str | None] = None,
        post_webhook_url: pulumi.Input[str | None] = None,
        target: pulumi.Input[Literal["webhook", "flex"] | None] = None,
        on_destroy: pulumi.Input[Literal["restore", "reset", "retain"] | None] = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The name of the resource in the program.
            opts: Options of the resource, such as its provider, parent or `import_`.
            filters: The events that are announced. Those like onMessageAdd are announced to
                `pre_webhook_url` before they happen, those like onMessageAdded to
                `post_webhook_url` afterwards.
            method: The HTTP method of the requests.
            pre_webhook_url: The URL that is asked before an event happens, and can prevent it. A
                secret, since it may hold one.
            post_webhook_url: The URL that is told when an event has happened. A secret, since it
                may hold one.
            target: Who gets the events: the URLs here, or Twilio Flex.
            on_destroy: What `destroy` does with the webhooks. `restore`: each argument that this
                resource has ever given gets its value from before, if it still has the program's
                value; what someone else has changed since is left, with a warning. `reset`: no
                URL, no filters, no method, and the target webhook, whoever has set them.
                `retain`: all stays, and the events are sent as before.
        """
        super().__init__(
            resource_name,
            {
                "filters": filters,
                "method": method,
                "pre_webhook_url": pre_webhook_url,
                "post_webhook_url": post_webhook_url,
                "target": target,
                "on_destroy": on_destroy,
            },
            opts,
        )

    @property
    def filters(self) -> pulumi.Output[list[str] | None]:
        """The events that are announced.

        Those like onMessageAdd are announced to `pre_webhook_url` before they happen, those like
        onMessageAdded to `post_webhook_url` afterwards.
        """
        return typed_output(self, "filters")

    @property
    def method(self) -> pulumi.Output[Literal["GET", "POST", ""] | None]:
        """The HTTP method of the requests."""
        return typed_output(self, "method")

    @property
    def pre_webhook_url(self) -> pulumi.Output[str | None]:
        """The URL that is asked before an event happens, and can prevent it.

        A secret, since it may hold one.
        """
        return typed_output(self, "pre_webhook_url")

    @property
    def post_webhook_url(self) -> pulumi.Output[str | None]:
        """The URL that is told when an event has happened. A secret, since it may hold one."""
        return typed_output(self, "post_webhook_url")

    @property
    def target(self) -> pulumi.Output[Literal["webhook", "flex"] | None]:
        """Who gets the events: the URLs here, or Twilio Flex."""
        return typed_output(self, "target")

    @property
    def on_destroy(self) -> pulumi.Output[Literal["restore", "reset", "retain"]]:
        """What `destroy` does with the webhooks.

        `restore`: each argument that this resource has ever given gets its value from before, if
        it still has the program's value; what someone else has changed since is left, with a
        warning. `reset`: no URL, no filters, no method, and the target webhook, whoever has set
        them. `retain`: all stays, and the events are sent as before.
        """
        return typed_output(self, "on_destroy")

    @property
    def account_sid(self) -> pulumi.Output[str]:
        """The account that the webhooks belong to."""
        return self._object_id

    @property
    def url(self) -> pulumi.Output[str | None]:
        """Where Twilio's API has this configuration."""
        return typed_output(self, "url")


@dataclass(frozen=True)
class GetWebhookConfigurationResult:
    """The webhooks of Twilio Conversations as Twilio shows them."""

    filters: list[str] | None
    """The events that are announced.

    Those like onMessageAdd are announced to `pre_webhook_url` before they happen, those like
    onMessageAdded to `post_webhook_url` afterwards.
    """

    method: Literal["GET", "POST", ""] | None
    """The HTTP method of the requests."""

    pre_webhook_url: str | None = field(repr=False)
    """The URL that is asked before an event happens, and can prevent it.

    A secret, since it may hold one.
    """

    post_webhook_url: str | None = field(repr=False)
    """The URL that is told when an event has happened. A secret, since it may hold one."""

    target: Literal["webhook", "flex"] | None
    """Who gets the events: the URLs here, or Twilio Flex."""

    account_sid: str
    """The account that the webhooks belong to."""

    url: str | None
    """Where Twilio's API has this configuration."""


_GET = LookUp(
    "twilio/conversations:WebhookConfiguration", "get_webhook_configuration", GetWebhookConfigurationResult
)


def get_webhook_configuration(*, opts: pulumi.InvokeOptions | None = None) -> GetWebhookConfigurationResult:
    """Show the account's Conversations webhook configuration, without a resource in state.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.get(_GET, {}, opts)


def get_webhook_configuration_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> pulumi.Output[GetWebhookConfigurationResult]:
    """Show the account's Conversations webhook configuration once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.get_output(_GET, {}, opts)
