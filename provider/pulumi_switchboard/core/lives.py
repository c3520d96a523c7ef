"""Which life a type has."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import AnyDefinition, Call
from pulumi_switchboard.core.lifecycle import Life
from pulumi_switchboard.core.listings import Listings
from pulumi_switchboard.core.singletons.contract import Singleton
from pulumi_switchboard.core.singletons.life import SingletonLife


def life_of(
    definition: AnyDefinition, call: Call[Any], claims: Claims, listings: Listings
) -> Life | SingletonLife:
    """The life of a resource of this type."""
    if isinstance(definition, Singleton):
        return SingletonLife(definition, call, claims)
    return Life(definition, call, claims, listings=listings)
