"""A declared account setting: an object that exists once per account, and is taken over and restored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, TypeAlias, get_args

from pulumi_switchboard.errors import OperationFailedError
from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.models import Model, State
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.values import Bag, is_empty
from pulumi_switchboard.fields.wire import encoded, pascal_case
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.rest.state import answered_state, read_state
from pulumi_switchboard.vendors.vendor import Product

OnDestroy: TypeAlias = Literal["restore", "reset", "retain"]
"""What `destroy` does with an account setting."""
ON_DESTROY_POLICIES: tuple[str, ...] = get_args(OnDestroy)
ON_DESTROY = "on_destroy"
"""The argument that says so."""


class Write(Enum):
    """How an API writes a setting."""

    FORM_MERGES = "form"
    """A form is posted: what is in it is changed, and an empty parameter clears."""
    PATCH_MERGES = "patch"
    """POST creates the setting. PATCH changes what is sent."""


@dataclass(frozen=True)
class AccountSetting:
    """The API of an account setting, and what is known of its fields."""

    product: Product
    path: str
    noun: str
    """The setting in messages."""
    writes: Write | Callable[[ResourceContext, Model], State]
    """How the API writes the setting, or a function that does it."""
    is_deletable: bool = True
    """Whether DELETE removes the setting; else it is reset by empty values."""
    is_pointer: bool = False
    """Whether a read shows the whole object that the setting points to."""
    id: str = ""
    """The id of the setting in state; the account's if it is empty."""
    empty: Mapping[str, Any] = field(default_factory=dict)
    """The vendor's empty values. A field without one cannot be cleared."""
    groups: tuple[tuple[str, ...], ...] = ()
    """Fields that the vendor treats as one: they are managed, sent and restored together."""
    holds: Callable[[Any, Any], bool | None] = lambda *_: None
    """Whether a live setting has the write-only values of a known one; None if that is not visible."""
    originals: Mapping[str, str] = field(default_factory=dict)
    """The outputs that show the original value of an argument."""

    def id_in(self, context: ResourceContext) -> str:
        """The id of the setting in state."""
        return self.id or context.origin.account

    def get(self, context: ResourceContext) -> State | None:
        """The setting as it is, or None if the account has none. One that is not deletable always exists."""
        if self.is_deletable:
            return read_state(context, self.product, self.path)
        response = context.client.exchange("GET", self.product.name, self.path)
        return answered_state(context, self.product, response)

    def write(self, context: ResourceContext, live: State | None, inputs: Model) -> State:
        """Set the fields that the inputs give, and no others.

        Args:
            context: The resource.
            live: The setting as it was just read.
            inputs: The fields to set.
        """
        if not isinstance(self.writes, Write):
            return self.writes(context, inputs)
        if self.writes is Write.FORM_MERGES:
            form = list(_form(encoded(context.definition.inputs, inputs, pascal_case)))
            response = context.client.exchange("POST", self.product.name, self.path, form, is_idempotent=True)
        else:
            method = "POST" if live is None else "PATCH"
            body = encoded(context.definition.inputs, inputs, self.product.spelling)
            response = context.client.exchange(
                method, self.product.name, self.path, body, is_idempotent=live is not None
            )
        return answered_state(context, self.product, response)

    def reset(self, context: ResourceContext) -> None:
        """Set the vendor's empty state. It is an error here if the account has no such setting.

        Raises:
            OperationFailedError: The vendor has taken the empty values, and shows others.
        """
        if self.is_deletable:
            context.client.exchange("DELETE", self.product.name, self.path)
            return
        model = context.definition.inputs
        shown = to_bag(self.write(context, None, to_model(model, self.empty)))
        differing = changed_fields(model, shown, self.empty)
        if left := [name for name in differing if name in self.empty and not is_empty(shown.get(name))]:
            raise OperationFailedError(f"{context.definition.vendor.name} has not cleared {', '.join(left)}")

    def original_outputs(self, values: Mapping[str, Any]) -> Bag:
        """The outputs that show these original values."""
        shown = {output: values.get(name) for output, name in self.originals.items()}
        return {output: value for output, value in shown.items() if value is not None}

    def group(self, name: str) -> set[str]:
        """The field, and the fields that are in a group with it."""
        return {name}.union(*(group for group in self.groups if name in group))

    def with_groups(self, given: Bag) -> Bag:
        """The given fields, and empty values for the other fields of their groups."""
        members = [member for name in given for member in sorted(self.group(name))]
        added = {name: self.empty[name] for name in members if name in self.empty and name not in given}
        return {**added, **given}

    def sent_with(self, names: list[str], wanted: Bag) -> Bag:
        """The values of these fields, and of the fields that are sent with them."""
        return {name: value for name, value in wanted.items() if self.group(name) & set(names)}


def _form(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The parameters of a form, one for each value; an empty one clears."""
    for name, value in body.items():
        if isinstance(value, list):
            yield from ((name, item) for item in value or [""])
        else:
            yield name, value
