"""What keeps users safe with a type of a kind that the package does not have yet."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Annotated, Any, cast

import pytest
from pulumi_switchboard.errors import ConflictError, LostAnswerError
from pulumi_switchboard.fields.models import ProtectsFromDeletion
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.lifecycle.diff import diff
from pulumi_switchboard.lifecycle.leftovers import Create, after_failure
from pulumi_switchboard.resource.claims import Claims
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.resource.request import Request
from pulumi_switchboard.rest.collection import Collection, Update
from pulumi_switchboard.vendors.vendor import Client, Origin, Product

from tests.clock import Clock
from tests.fields.example import BASE, ExampleInputs, ExampleState
from tests.promises import proves

KEY = "example:Example"
API = Collection(cast("Product", None), "/v1/Examples", Update.PUT_REPLACES)
"""Objects without a natural key, whose create has no idempotency key."""


class ProtectedInputs(ExampleInputs):
    """Arguments of which one protects the object, and another one can't be changed."""

    deletion_protection: Annotated[bool, ProtectsFromDeletion()] = True


class ProtectedState(ExampleState, ProtectedInputs):
    """The object as the vendor shows it."""


def context() -> ResourceContext:
    """A resource of the type."""
    definition = SimpleNamespace(key=KEY, inputs=ProtectedInputs, state=ProtectedState, api=API)
    return ResourceContext(
        definition=cast("AnyDefinition", definition),
        request=Request(KEY, "urn:a"),
        client=cast("Client", SimpleNamespace(origin=Origin("AC1", "https://example.com"))),
        deadline=Clock().deadline(),
        claims=Claims(),
        progress=lambda _: None,
        warn=lambda _: None,
    )


@proves("delete.protection")
def test_a_protected_object_is_not_replaced() -> None:
    def replaces(region: str, **saved: Any) -> tuple[str, ...]:
        known = {**BASE, "example_id": "id-1", "account": "AC1", **saved}
        return diff(context(), "id-1", known, {**BASE, "region": region}).replaces

    for saved in ({}, {"deletion_protection": True}):
        assert replaces("eu", **saved) == ()
        with pytest.raises(ConflictError, match="id-1 is protected from deletion and replacement"):
            replaces("us", **saved)
    assert replaces("us", deletion_protection=False) == ("region",)


@proves("lost.create-found-again")
def test_a_lost_create_of_what_nothing_identifies_is_to_be_looked_for_by_the_user() -> None:
    new = Create(context(), API, to_model(ProtectedInputs, BASE), "generation-1")
    with pytest.raises(LostAnswerError) as caught:
        after_failure(new, LostAnswerError("the answer was lost"))
    told = str(caught.value)
    assert "it is not known whether the object was created" in told
    assert "What to do: look for the object at the vendor" in told
    assert "import_ with its id" in told
    assert "it looks for the object" not in told
