"""Memory stores: Memory API v1, `/v1/ControlPlane/Stores`.

Every write is accepted with 202 and carried out by an operation; there are no idempotency keys. A new store
can be used once its own status is ACTIVE. No source says how a description is cleared; null is sent.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pulumi_switchboard.fields.models import (
    Account,
    Autonamed,
    Id,
    Model,
    ProtectsFromDeletion,
    State,
    Unsent,
    Version,
    Wire,
)
from pulumi_switchboard.fields.rules import matches
from pulumi_switchboard.resource.definition import Definition, Evidence
from pulumi_switchboard.rest.collection import Collection, Update
from pulumi_switchboard.rest.operations import Operations, Readiness
from pulumi_switchboard.rest.paging import Pages
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.vendor import Product

NAME = matches(r"[a-zA-Z0-9-]+", "must consist of letters, digits and dashes")


class StoreInputs(Model):
    """A memory store: where Twilio keeps the profiles of customers and what is remembered of them."""

    display_name: Annotated[str | None, Field(max_length=64), NAME, Autonamed()] = None
    """A unique name in the account. It has letters, digits and dashes, and is generated from the
    resource's name if omitted."""
    description: Annotated[str | None, Field(min_length=1, max_length=128)] = None
    """What the store is for."""
    deletion_protection: Annotated[bool, Unsent(), ProtectsFromDeletion()] = True
    """Whether the store can neither be deleted nor replaced. Deleting a store destroys all profiles, traits
    and observations in it. To delete it, set this to False and run `pulumi up` first. A store that has never
    been ready is not protected."""


class StoreState(StoreInputs, State):
    """A memory store as Twilio shows it."""

    store_id: Annotated[str, Id(), Wire("id")]
    """The id of the store."""
    account_sid: Annotated[str, Account()]
    """The account that the store belongs to. No answer of Twilio shows it, so an API key of another
    account is not noticed."""
    status: str | None = None
    """The status of the store: ACTIVE once it can be used."""
    intelligence_service_id: str | None = None
    """The id of the intelligence service that extracts memories, once there is one."""
    version: Annotated[int | None, Version()] = None
    """How many times the store was written."""


definition = Definition(
    "twilio/memory:Store",
    StoreInputs,
    StoreState,
    Collection(
        Product(TWILIO, "memory"),
        "/v1/ControlPlane/Stores",
        Update.PATCH_MERGES,
        pages=Pages("stores", "nextToken", are_ids=True),
        natural_key="display_name",
        has_versions=True,
        operations=Operations("/v1/ControlPlane/Operations", ("result.id",)),
        readiness=Readiness("status", waiting=("QUEUED", "PROVISIONING"), ready="ACTIVE", failed="FAILED"),
    ),
    Evidence(
        "Twilio Conversation Memory v1, stores",
        "https://www.twilio.com/docs/api/memory/v1/Store",
        access="Conversation Memory has to be enabled for the account in Twilio's Console, and its AI terms "
        "accepted",
        specification="the paths, the fields and their limits, the operations, versions and statuses",
        third_party="that a store can be used once it is ACTIVE, some time after its operation has ended",
        assumption="that null clears a description, and that a store that is FAILED holds no data",
    ),
)
