"""The resource class and the look-ups of `ultravox:TwilioTelephony`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

import pulumi

from pulumi_switchboard.program import lookups
from pulumi_switchboard.program.look_up import LookUp
from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource
from pulumi_switchboard.program.results import dataclass


class TwilioTelephony(
    Resource,
    module="ultravox",
    name="TwilioTelephony",
    outputs=(
        "account_sid",
        "auth_token",
        "call_creation_allowed_agent_ids",
        "call_creation_allow_all_agents",
        "request_context_mapping",
        "on_destroy",
        "auth_token_prefix",
    ),
    secrets=(
        "auth_token",
        "auth_token_prefix",
        "_saved_original",
    ),
):
    """The Twilio account that Ultravox uses for phone calls, and which agents a call may reach.

    An Ultravox account has one. An argument that is left out is not managed: it keeps the value that it has;
    one that was given and is left out later is cleared. `call_creation_allowed_agent_ids` and
    `call_creation_allow_all_agents` are managed together: if you give one, both are managed.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        account_sid: pulumi.Input[str],
        auth_token: pulumi.Input[str],
        call_creation_allowed_agent_ids: pulumi.Input[Sequence[pulumi.Input[str]] | None] = None,
        call_creation_allow_all_agents: pulumi.Input[bool | None] = None,
        request_context_mapping: pulumi.Input[Mapping[str, pulumi.Input[str]] | None] = None,
        on_destroy: pulumi.Input[Literal["restore", "reset", "retain"] | None] = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The name of the resource in the program.
            opts: Options of the resource, such as its provider, parent or `import_`.
            account_sid: The SID of the Twilio account: AC and 32 hexadecimal digits.
            auth_token: The auth token of the Twilio account. Ultravox never shows it; a change
                made elsewhere is noticed by its first characters, if those differ.
            call_creation_allowed_agent_ids: The ids of the agents that incoming calls may reach,
                which are UUIDs.
            call_creation_allow_all_agents: Whether incoming calls may reach any agent, and not
                only those that are listed.
            request_context_mapping: Which field of the incoming request becomes which field of
                the call's context. An example is `{"From": "caller.number"}`; a dot leads into an
                object.
            on_destroy: What `destroy` does with the telephony. `restore`: it is removed if there
                was none before; otherwise each argument that this resource has ever given gets
                its value from before, if it still has the program's value. A token from before
                can't be read, so `restore` is refused unless the program gives the same token.
                `reset`: the telephony is removed. `retain`: it stays, the token included. With
                `restore`, what someone else has changed since is left, with a warning.
        """
        super().__init__(
            resource_name,
            {
                "account_sid": account_sid,
                "auth_token": auth_token,
                "call_creation_allowed_agent_ids": call_creation_allowed_agent_ids,
                "call_creation_allow_all_agents": call_creation_allow_all_agents,
                "request_context_mapping": request_context_mapping,
                "on_destroy": on_destroy,
            },
            opts,
        )

    @property
    def account_sid(self) -> pulumi.Output[str]:
        """The SID of the Twilio account: AC and 32 hexadecimal digits."""
        return typed_output(self, "account_sid")

    @property
    def auth_token(self) -> pulumi.Output[str]:
        """The auth token of the Twilio account.

        Ultravox never shows it; a change made elsewhere is noticed by its first characters, if
        those differ.
        """
        return typed_output(self, "auth_token")

    @property
    def call_creation_allowed_agent_ids(self) -> pulumi.Output[list[str] | None]:
        """The ids of the agents that incoming calls may reach, which are UUIDs."""
        return typed_output(self, "call_creation_allowed_agent_ids")

    @property
    def call_creation_allow_all_agents(self) -> pulumi.Output[bool | None]:
        """Whether incoming calls may reach any agent, and not only those that are listed."""
        return typed_output(self, "call_creation_allow_all_agents")

    @property
    def request_context_mapping(self) -> pulumi.Output[dict[str, str] | None]:
        """Which field of the incoming request becomes which field of the call's context.

        An example is `{"From": "caller.number"}`; a dot leads into an object.
        """
        return typed_output(self, "request_context_mapping")

    @property
    def on_destroy(self) -> pulumi.Output[Literal["restore", "reset", "retain"]]:
        """What `destroy` does with the telephony.

        `restore`: it is removed if there was none before; otherwise each argument that this
        resource has ever given gets its value from before, if it still has the program's value. A
        token from before can't be read, so `restore` is refused unless the program gives the same
        token. `reset`: the telephony is removed. `retain`: it stays, the token included. With
        `restore`, what someone else has changed since is left, with a warning.
        """
        return typed_output(self, "on_destroy")

    @property
    def auth_token_prefix(self) -> pulumi.Output[str | None]:
        """The first characters of the auth token, all that Ultravox shows of it.

        A secret, as the token is.
        """
        return typed_output(self, "auth_token_prefix")


@dataclass(frozen=True)
class GetTwilioTelephonyResult:
    """Ultravox's access to a Twilio account as Ultravox shows it."""

    account_sid: str
    """The SID of the Twilio account: AC and 32 hexadecimal digits."""

    call_creation_allowed_agent_ids: list[str] | None
    """The ids of the agents that incoming calls may reach, which are UUIDs."""

    call_creation_allow_all_agents: bool | None
    """Whether incoming calls may reach any agent, and not only those that are listed."""

    request_context_mapping: dict[str, str] | None
    """Which field of the incoming request becomes which field of the call's context.

    An example is `{"From": "caller.number"}`; a dot leads into an object.
    """

    auth_token_prefix: str | None = field(repr=False)
    """The first characters of the auth token, all that Ultravox shows of it.

    A secret, as the token is.
    """


_GET = LookUp("ultravox:TwilioTelephony", "get_twilio_telephony", GetTwilioTelephonyResult)


def get_twilio_telephony(*, opts: pulumi.InvokeOptions | None = None) -> GetTwilioTelephonyResult:
    """Show the Ultravox account's Twilio telephony, without a resource in state.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.get(_GET, {}, opts)


def get_twilio_telephony_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> pulumi.Output[GetTwilioTelephonyResult]:
    """Show the Ultravox account's Twilio telephony once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.get_output(_GET, {}, opts)
