"""The resource class and the look-ups of `twilio/voice:DefaultClientConfiguration`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

from typing import Literal

import pulumi

from pulumi_switchboard.program import lookups
from pulumi_switchboard.program.look_up import LookUp
from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource
from pulumi_switchboard.program.results import dataclass


class DefaultClientConfiguration(
    Resource,
    module="twilio/voice",
    name="DefaultClientConfiguration",
    outputs=(
        "configuration_id",
        "on_destroy",
        "account_sid",
        "previous_configuration_id",
    ),
    secrets=("_saved_original",),
):
    """Which Twilio Voice client configuration is the account's default.

    An account has at most one. Twilio offers these configurations as a private beta.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        configuration_id: pulumi.Input[str],
        on_destroy: pulumi.Input[Literal["restore", "reset", "retain"] | None] = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The name of the resource in the program.
            opts: Options of the resource, such as its provider, parent or `import_`.
            configuration_id: The id of the configuration that is to be the default.
            on_destroy: What `destroy` does with the default. `restore`: the configuration that
                was the default before becomes the default again, or the default is unset if there
                was none. `reset`: the default is unset. `retain`: it stays. With `restore`, a
                default that someone else has changed stays, with a warning, and so does one whose
                original is not known.
        """
        super().__init__(
            resource_name,
            {
                "configuration_id": configuration_id,
                "on_destroy": on_destroy,
            },
            opts,
        )

    @property
    def configuration_id(self) -> pulumi.Output[str]:
        """The id of the configuration that is to be the default."""
        return typed_output(self, "configuration_id")

    @property
    def on_destroy(self) -> pulumi.Output[Literal["restore", "reset", "retain"]]:
        """What `destroy` does with the default.

        `restore`: the configuration that was the default before becomes the default again, or the
        default is unset if there was none. `reset`: the default is unset. `retain`: it stays.
        With `restore`, a default that someone else has changed stays, with a warning, and so does
        one whose original is not known.
        """
        return typed_output(self, "on_destroy")

    @property
    def account_sid(self) -> pulumi.Output[str]:
        """The account that the default belongs to."""
        return self._object_id

    @property
    def previous_configuration_id(self) -> pulumi.Output[str | None]:
        """The configuration that was the default before this resource took over, if there was one."""
        return typed_output(self, "previous_configuration_id")


@dataclass(frozen=True)
class GetDefaultClientConfigurationResult:
    """The account's default as Twilio shows it."""

    configuration_id: str
    """The id of the configuration that is to be the default."""

    account_sid: str
    """The account that the default belongs to."""


_GET = LookUp(
    "twilio/voice:DefaultClientConfiguration",
    "get_default_client_configuration",
    GetDefaultClientConfigurationResult,
)


def get_default_client_configuration(
    *, opts: pulumi.InvokeOptions | None = None
) -> GetDefaultClientConfigurationResult:
    """Show the account's default client configuration, without a resource in state.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.get(_GET, {}, opts)


def get_default_client_configuration_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> pulumi.Output[GetDefaultClientConfigurationResult]:
    """Show the account's default client configuration once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.get_output(_GET, {}, opts)
