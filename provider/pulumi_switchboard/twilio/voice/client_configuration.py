"""The resource class of `twilio/voice:ClientConfiguration`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

from typing import Literal

import pulumi
from typing_extensions import NotRequired, ReadOnly, TypedDict

from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource


class CallNotificationArgsDict(TypedDict):
    """Where Twilio announces a call to a client."""

    url: ReadOnly[pulumi.Input[str]]
    """The URL that Twilio requests when there is a call for the client."""

    method: NotRequired[ReadOnly[pulumi.Input[Literal["GET", "POST"] | None]]]
    """The HTTP method of that request."""


class CallNotification(TypedDict):
    """Where Twilio announces a call to a client."""

    url: str
    """The URL that Twilio requests when there is a call for the client."""

    method: Literal["GET", "POST"]
    """The HTTP method of that request."""


class ClientConfiguration(
    Resource,
    module="twilio/voice",
    name="ClientConfiguration",
    outputs=(
        "configuration_id",
        "account_sid",
        "date_created",
        "date_updated",
        "unique_name",
        "description",
        "call_notification",
    ),
    urls=("call_notification",),
):
    """A configuration of Twilio Voice clients: where a call for a client is announced.

    Twilio offers these configurations as a private beta.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        call_notification: pulumi.Input[CallNotificationArgsDict],
        unique_name: pulumi.Input[str | None] = None,
        description: pulumi.Input[str | None] = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The name of the resource in the program.
            opts: Options of the resource, such as its provider, parent or `import_`.
            call_notification: Where Twilio announces a call to a client.
            unique_name: A unique name in the account, without spaces; generated from the
                resource's name if omitted.
            description: What the configuration is for.
        """
        super().__init__(
            resource_name,
            {
                "call_notification": call_notification,
                "unique_name": unique_name,
                "description": description,
            },
            opts,
        )

    @property
    def configuration_id(self) -> pulumi.Output[str]:
        """The id of the configuration."""
        return self._object_id

    @property
    def account_sid(self) -> pulumi.Output[str]:
        """The account that the configuration belongs to."""
        return typed_output(self, "account_sid")

    @property
    def date_created(self) -> pulumi.Output[str | None]:
        """When the configuration was created, if Twilio says so."""
        return typed_output(self, "date_created")

    @property
    def date_updated(self) -> pulumi.Output[str | None]:
        """When the configuration was last changed, if Twilio says so."""
        return typed_output(self, "date_updated")

    @property
    def unique_name(self) -> pulumi.Output[str | None]:
        """A unique name in the account, without spaces; generated from the resource's name if omitted."""
        return typed_output(self, "unique_name")

    @property
    def description(self) -> pulumi.Output[str | None]:
        """What the configuration is for."""
        return typed_output(self, "description")

    @property
    def call_notification(self) -> pulumi.Output[CallNotification]:
        """Where Twilio announces a call to a client."""
        return typed_output(self, "call_notification")
