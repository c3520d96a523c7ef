"""What an API of an account setting can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias

from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.collection import ClientT, InputsT, StateT
from pulumi_switchboard.resource.context import AnyContext, ResourceContext

OnDestroy: TypeAlias = Literal["restore", "reset", "retain"]
"""What `destroy` does with an account setting."""
ON_DESTROY = "on_destroy"
"""The argument that says so."""


@dataclass(frozen=True)
class AccountSetting(Generic[InputsT, StateT, ClientT]):
    """The functions of an API, and what is known of its fields."""

    noun: str
    """The setting in messages."""
    id: Callable[[ResourceContext[ClientT]], str]
    """The id of the setting in state."""
    read: Callable[[ResourceContext[ClientT]], StateT | None]
    """The setting as it is, or None if the account has none."""
    write: Callable[[ResourceContext[ClientT], StateT | None, InputsT], StateT]
    """Sets the fields that the inputs give, and no others. It gets the setting as just read, or None."""
    reset: Callable[[ResourceContext[ClientT]], None]
    """Sets the vendor's empty state. It is an error here if the account has no such setting."""
    empty: Mapping[str, Any] = field(default_factory=dict)
    """The vendor's empty values. A field without one cannot be cleared."""
    groups: tuple[tuple[str, ...], ...] = ()
    """Fields that the vendor treats as one: they are managed, sent and restored together."""
    holds: Callable[[StateT, StateT], bool | None] = lambda *_: None
    """Whether a live setting has the write-only values of a known one; None if that is not visible."""
    original_outputs: Callable[[Mapping[str, Any]], Bag] = lambda _: {}
    """The outputs that show original values."""

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


AnyAccountSetting: TypeAlias = AccountSetting[Any, Any, Any]


def claim_in_program(context: AnyContext, api: AnyAccountSetting) -> None:
    """Record in check which resource of the program manages the setting.

    Raises:
        ConflictError: Another resource does.
    """
    key = ("in the program", *context.object_key(api.id(context)))
    context.claims.claim(key, context.request.urn, noun=api.noun)
