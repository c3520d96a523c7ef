"""The resource class and the look-ups of `twilio/voice:ClientConfiguration`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

import pulumi
from typing_extensions import NotRequired, ReadOnly, TypedDict

from pulumi_switchboard.program import lookups
from pulumi_switchboard.program.look_up import LookUp
from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource
from pulumi_switchboard.program.results import dataclass


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


@dataclass(frozen=True)
class GetClientConfigurationResult:
    """A configuration of Twilio Voice clients as Twilio shows it."""

    configuration_id: str
    """The id of the configuration."""

    account_sid: str
    """The account that the configuration belongs to."""

    date_created: str | None
    """When the configuration was created, if Twilio says so."""

    date_updated: str | None
    """When the configuration was last changed, if Twilio says so."""

    unique_name: str | None
    """A unique name in the account, without spaces; generated from the resource's name if omitted."""

    description: str | None
    """What the configuration is for."""

    call_notification: CallNotification = field(repr=False)
    """Where Twilio announces a call to a client."""


_GET = LookUp("twilio/voice:ClientConfiguration", "get_client_configuration", GetClientConfigurationResult)
_LIST = LookUp(
    "twilio/voice:ClientConfiguration", "list_client_configurations", GetClientConfigurationResult, lists=True
)


def get_client_configuration(
    *, id: str | None = None, unique_name: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetClientConfigurationResult:
    """Show an existing voice client configuration, without a resource in state.

    Args:
        id: The id of the object. Give either this or `unique_name`.
        unique_name: The name of the object; no two objects share it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get(_GET, {"id": id, "unique_name": unique_name}, opts)


def get_client_configuration_output(
    *,
    id: pulumi.Input[str | None] = None,
    unique_name: pulumi.Input[str | None] = None,
    opts: pulumi.InvokeOptions | None = None,
) -> pulumi.Output[GetClientConfigurationResult]:
    """Show an existing voice client configuration once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        id: The id of the object. Give either this or `unique_name`.
        unique_name: The name of the object; no two objects share it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get_output(_GET, {"id": id, "unique_name": unique_name}, opts)


def list_client_configurations(
    *, opts: pulumi.InvokeOptions | None = None
) -> list[GetClientConfigurationResult]:
    """List the voice client configurations of the account, without a resource in state.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all(_LIST, {}, opts)


def list_client_configurations_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> pulumi.Output[list[GetClientConfigurationResult]]:
    """List the voice client configurations of the account once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all_output(_LIST, {}, opts)
