"""What the configurations of the Voice API v2 have in common: `/v2/Configurations/<type>`.

The API is synchronous and knows no idempotency keys. PUT replaces the whole object: what it leaves out
becomes null. Names of members are in snake case at the top, and in camel case inside `configuration`.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator

from pulumi_switchboard.fields.models import Account, Autonamed, Id, Model, State, Wire
from pulumi_switchboard.fields.wire import snake_case
from pulumi_switchboard.rest.collection import Collection, Update
from pulumi_switchboard.rest.paging import Pages
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.vendor import Product

VOICE = Product(TWILIO, "voice", snake_case)


def _usable_name(name: str) -> str:
    if any(character.isspace() for character in name):
        raise ValueError("must not contain spaces")
    if name in ("Default", ".", ".."):
        raise ValueError("is reserved by the API; choose another name")
    return name


UniqueName: TypeAlias = Annotated[str, AfterValidator(_usable_name)]
"""A name that no other configuration of the type has."""


class VoiceConfigurationInputs(Model):
    """The arguments that all these types have."""

    unique_name: Annotated[UniqueName | None, Autonamed()] = None
    """A unique name in the account, without spaces; generated from the resource's name if omitted."""
    description: str | None = None
    """What the configuration is for."""


class VoiceConfigurationState(State):
    """The outputs that all these types have."""

    configuration_id: Annotated[str, Id(), Wire("id")]
    """The id of the configuration."""
    account_sid: Annotated[str, Account()]
    """The account that the configuration belongs to."""
    date_created: str | None = None
    """When the configuration was created, if Twilio says so."""
    date_updated: str | None = None
    """When the configuration was last changed, if Twilio says so."""


def voice_configurations(kind: str) -> Collection:
    """The API of one of these types."""
    return Collection(
        VOICE,
        f"/v2/Configurations/{kind}",
        Update.PUT_REPLACES,
        fixed={"configuration": {"configurationType": kind}},
        pages=Pages("content", "next_token"),
        natural_key="unique_name",
        is_key_in_path=True,
    )
