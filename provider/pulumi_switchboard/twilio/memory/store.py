"""The resource class of `twilio/memory:Store`.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from __future__ import annotations

import pulumi

from pulumi_switchboard.program.outputs import typed_output
from pulumi_switchboard.program.resource import Resource


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
