"""What `check` does beyond the arguments: it finds conflicts and overwrites, so that a preview shows them."""

from __future__ import annotations

from pulumi_switchboard.account_settings import takeover
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.adopt import preview_adoption
from pulumi_switchboard.lifecycle.listings import Listings
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.state_keys import OPERATION


def claim_in_check(context: ResourceContext, inputs: Bag, *, is_new: bool) -> None:
    """Claim the object that the resource will adopt or take over, and the name that only one can have.

    A pending create that a replacement will continue is claimed, too: with `delete_before_replace`, the old
    resource is deleted first, and must leave it alone.

    Raises:
        ConflictError: Another resource of this program uses it.
    """
    api = context.definition.api
    if isinstance(api, AccountSetting):
        takeover.claim_in_program(context, api)
        return
    name = inputs.get(api.natural_key) if api.natural_key else None
    if isinstance(name, str):
        key = ("name in the program", *context.object_key(name))
        context.claims.claim(
            key,
            context.request.urn,
            noun=f"the object with this {api.natural_key}",
            alternative=f", or give one of them another {api.natural_key}",
        )
    if not is_new:
        return
    adopted = context.request.identity.import_id
    pending = context.claims.pending_create(context.request.urn)
    if isinstance(adopted, str):
        context.claim(adopted)
    elif pending is not None:
        context.claim(pending[OPERATION])


def preview_overwrites(context: ResourceContext, listings: Listings, inputs: Bag) -> None:
    """Warn of each value of an existing object that the create will overwrite.

    Raises:
        SwitchboardError: The create would fail.
    """
    api = context.definition.api
    if isinstance(api, AccountSetting):
        takeover.preview(context, api, inputs)
    else:
        preview_adoption(context, api, listings, inputs)
