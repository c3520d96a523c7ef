"""The resource class and the look-ups of `twilio/memory:Store`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

import pulumi

from pulumi_switchboard.program import lookups
from pulumi_switchboard.program.look_up import LookUp
from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource
from pulumi_switchboard.program.results import dataclass


class Store(
    Resource,
    module="twilio/memory",
    name="Store",
    outputs=(
        "display_name",
        "description",
        "deletion_protection",
        "store_id",
        "account_sid",
        "status",
        "intelligence_service_id",
        "version",
    ),
):
    """A memory store: where Twilio keeps the profiles of customers and what is remembered of them."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        display_name: pulumi.Input[str | None] = None,
        description: pulumi.Input[str | None] = None,
        deletion_protection: pulumi.Input[bool | None] = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The name of the resource in the program.
            opts: Options of the resource, such as its provider, parent or `import_`.
            display_name: A unique name in the account. It has letters, digits and dashes, and is
                generated from the resource's name if omitted.
            description: What the store is for.
            deletion_protection: Whether the store can neither be deleted nor replaced. Deleting a
                store destroys all profiles, traits and observations in it. To delete it, set this
                to False and run `pulumi up` first. A store that has never been ready is not
                protected.
        """
        super().__init__(
            resource_name,
            {
                "display_name": display_name,
                "description": description,
                "deletion_protection": deletion_protection,
            },
            opts,
        )

    @property
    def display_name(self) -> pulumi.Output[str | None]:
        """A unique name in the account.

        It has letters, digits and dashes, and is generated from the resource's name if omitted.
        """
        return typed_output(self, "display_name")

    @property
    def description(self) -> pulumi.Output[str | None]:
        """What the store is for."""
        return typed_output(self, "description")

    @property
    def deletion_protection(self) -> pulumi.Output[bool]:
        """Whether the store can neither be deleted nor replaced.

        Deleting a store destroys all profiles, traits and observations in it. To delete it, set
        this to False and run `pulumi up` first. A store that has never been ready is not
        protected.
        """
        return typed_output(self, "deletion_protection")

    @property
    def store_id(self) -> pulumi.Output[str]:
        """The id of the store."""
        return self._object_id

    @property
    def account_sid(self) -> pulumi.Output[str]:
        """The account that the store belongs to.

        No answer of Twilio shows it, so an API key of another account is not noticed.
        """
        return typed_output(self, "account_sid")

    @property
    def status(self) -> pulumi.Output[str | None]:
        """The status of the store: ACTIVE once it can be used."""
        return typed_output(self, "status")

    @property
    def intelligence_service_id(self) -> pulumi.Output[str | None]:
        """The id of the intelligence service that extracts memories, once there is one."""
        return typed_output(self, "intelligence_service_id")

    @property
    def version(self) -> pulumi.Output[int | None]:
        """How many times the store was written."""
        return typed_output(self, "version")


@dataclass(frozen=True)
class GetStoreResult:
    """A memory store as Twilio shows it."""

    display_name: str | None
    """A unique name in the account.

    It has letters, digits and dashes, and is generated from the resource's name if omitted.
    """

    description: str | None
    """What the store is for."""

    store_id: str
    """The id of the store."""

    account_sid: str
    """The account that the store belongs to.

    No answer of Twilio shows it, so an API key of another account is not noticed.
    """

    status: str | None
    """The status of the store: ACTIVE once it can be used."""

    intelligence_service_id: str | None
    """The id of the intelligence service that extracts memories, once there is one."""

    version: int | None
    """How many times the store was written."""


_GET = LookUp("twilio/memory:Store", "get_store", GetStoreResult)
_LIST = LookUp("twilio/memory:Store", "list_stores", GetStoreResult, lists=True)


def get_store(
    *, id: str | None = None, display_name: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> GetStoreResult:
    """Show an existing memory store, without a resource in state.

    Args:
        id: The id of the object. Give either this or `display_name`.
        display_name: The name of the object; no two objects share it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get(_GET, {"id": id, "display_name": display_name}, opts)


def get_store_output(
    *,
    id: pulumi.Input[str | None] = None,
    display_name: pulumi.Input[str | None] = None,
    opts: pulumi.InvokeOptions | None = None,
) -> pulumi.Output[GetStoreResult]:
    """Show an existing memory store once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        id: The id of the object. Give either this or `display_name`.
        display_name: The name of the object; no two objects share it.
        opts: The provider, or a parent that has one.
    """
    return lookups.get_output(_GET, {"id": id, "display_name": display_name}, opts)


def list_stores(*, opts: pulumi.InvokeOptions | None = None) -> list[GetStoreResult]:
    """List the memory stores of the account, without a resource in state.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all(_LIST, {}, opts)


def list_stores_output(*, opts: pulumi.InvokeOptions | None = None) -> pulumi.Output[list[GetStoreResult]]:
    """List the memory stores of the account once all is known that this needs.

    The output is a secret if any value in it is one.

    Args:
        opts: The provider, or a parent that has one.
    """
    return lookups.list_all_output(_LIST, {}, opts)
