"""A declared collection: objects that are created and deleted, and how the API does that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from pulumi_switchboard.errors import (
    PRECONDITION_FAILED,
    MissingError,
    VendorError,
)
from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.ids import as_id
from pulumi_switchboard.fields.models import CreatedAt, Model, State
from pulumi_switchboard.fields.tree import fields_with, sent_fields
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.fields.wire import encoded, with_unknown_members
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import id_of
from pulumi_switchboard.resource.outcomes import Moved
from pulumi_switchboard.rest.operations import (
    Operations,
    Readiness,
    operation_format,
    read_operation,
    started,
)
from pulumi_switchboard.rest.paging import Pages, every_item
from pulumi_switchboard.rest.state import answered_state, read_state, state_of
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.vendors.encoding import segment
from pulumi_switchboard.vendors.operation import Operation, OperationStarted
from pulumi_switchboard.vendors.vendor import Product

NO_FILTERS: Mapping[str, Any] = MappingProxyType({})


class Update(Enum):
    """How an API changes an object; the value is the HTTP method."""

    PUT_REPLACES = "PUT"
    """The whole object is sent, and what is left out is gone."""
    PATCH_MERGES = "PATCH"
    """What is sent is changed, and null clears."""


@dataclass(frozen=True)
class Collection:
    """The API of a type whose objects are created and deleted."""

    product: Product
    path: str
    """The path of the collection; an object is one segment below it."""
    update: Update
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """What each object has in its body besides the arguments, with the names of the API."""
    always_updated: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that an update has to give, and their empty values."""
    pages: Pages | None = None
    """How the objects are listed, if they are."""
    natural_key: str = ""
    """The argument that no two objects of the account share."""
    is_key_in_path: bool = False
    """Whether the API also takes the natural key in place of the id."""
    label: str = ""
    """The argument by which an object is found whose id no answer has. Objects may share it."""
    has_idempotency_keys: bool = False
    """Whether a repeated create with the same key returns the object of the first one, in later runs, too."""
    has_versions: bool = False
    """Whether a read shows an `ETag`, and a write takes it as `If-Match`."""
    operations: Operations | None = None
    """The operations that writes start, if they do."""
    readiness: Readiness | None = None
    """When a new object can be used, if that is not at once."""

    @property
    def name_field(self) -> str:
        """The argument with the name of an object; empty if it has none."""
        return self.natural_key or self.label

    def get(self, context: ResourceContext, id: str) -> State | None:
        """The object with this id, or None if the vendor says that there is none."""
        found = self._at(context, id)
        if found is not None and self.is_key_in_path and id_of(found) != id:
            raise MissingError(
                f"{id} is not the id of an object, but its {self.natural_key}",
                remedy=f"its id is {id_of(found)}: use that",
            )
        return found

    def list(self, context: ResourceContext, like: Model | None = None) -> Iterator[State]:
        """All objects of the account; with `like`, only those that the API's filters let pass.

        There are none if the API has no list. `get` finds an object that is missing here.
        """
        if self.pages is None:
            return
        values = {} if like is None else {name: getattr(like, name) for name in self.pages.filters}
        for item in self._items(context, self.pages, values):
            state = self._at(context, as_id(item)) if self.pages.are_ids else self._state(context, item)
            if state is not None:
                yield state

    def ids(self, context: ResourceContext, filters: Mapping[str, Any] = NO_FILTERS) -> Iterator[str]:
        """The ids of all objects that the API's filters let pass; there are none if the API has no list."""
        if self.pages is None:
            return
        for item in self._items(context, self.pages, filters):
            yield as_id(item) if self.pages.are_ids else id_of(self._state(context, item))

    def find(self, context: ResourceContext, inputs: Model, *, thorough: bool = False) -> State | None:
        """The object that has the natural key of the inputs.

        Args:
            context: The resource.
            inputs: Any model with the natural key.
            thorough: Whether to look in the list as well: not every source says that the path takes the key.
        """
        key = getattr(inputs, self.natural_key, None) if self.natural_key else None
        if not key:
            return None
        if self.is_key_in_path:
            found = self._at(context, key)
            if found is not None and getattr(found, self.natural_key) == key:
                return found
        if self.is_key_in_path and not thorough:
            return None
        try:
            return next(iter(self.named_like(context, inputs)), None)
        except VendorError as error:
            if not self.is_key_in_path:
                raise
            context.progress(f"the objects can't be listed: {error.summary}")
            return None

    def named_like(self, context: ResourceContext, inputs: Model) -> Iterator[State]:
        """All objects that have the natural key or the label of the inputs."""
        wanted = getattr(inputs, self.name_field)
        return (state for state in self.list(context, inputs) if getattr(state, self.name_field) == wanted)

    def create(self, context: ResourceContext, inputs: Model, key: str = "") -> OperationStarted | State:
        """Ask for an object. The key is sent if the API has idempotency keys."""
        body = encoded(context.definition.inputs, inputs, self.product.spelling)
        response = self._send(context, "POST", self.path, _joined(self.fixed, body), key=key)
        return self._written(context, response)

    def change(
        self, context: ResourceContext, id: str, live: State, inputs: Model, key: str = ""
    ) -> OperationStarted | State | Moved:
        """Ask for a change of an object, which has just been read; drops no member of it."""
        definition = context.definition
        given = {**self.always_updated, **to_bag(inputs)}
        wanted = with_unknown_members(definition.state, live.body, given)
        if self.update is Update.PATCH_MERGES:
            names = changed_fields(definition.inputs, live, inputs) or sent_fields(definition.inputs)
            body = encoded(definition.state, {n: wanted.get(n) for n in names}, self.product.spelling)
        else:
            body = _joined(self.fixed, encoded(definition.state, wanted, self.product.spelling))
        try:
            response = self._send(context, self.update.value, self._path(id), body, key=key, etag=live.etag)
        except VendorError as error:
            if error.refusal.status == PRECONDITION_FAILED:
                return Moved()
            raise
        return self._written(context, response)

    def delete(self, context: ResourceContext, id: str, key: str = "") -> OperationStarted | None:
        """Ask for the deletion of an object. It is an error here if the object does not exist."""
        return self._started(self._send(context, "DELETE", self._path(id), key=key))

    def operation(self, context: ResourceContext, operation_id: str) -> Operation:
        """The operation with this id."""
        return read_operation(context.client, self.product, self._operations, operation_id)

    def created_at(self, state: State) -> float | None:
        """When an object was created, by the vendor's clock; None if the vendor does not say."""
        times = [getattr(state, name) for name in fields_with(type(state), CreatedAt)]
        return operation_format(self.product).instant(times[0]) if times else None

    def _items(self, context: ResourceContext, pages: Pages, values: Mapping[str, Any]) -> Iterator[Any]:
        """The items of the list, as the vendor shows them; these values of arguments filter it."""
        given = {name: value for name, value in values.items() if value is not None}
        filters = encoded(context.definition.inputs, given, self.product.spelling)
        return every_item(context.client, self.product, self.path, pages, filters)

    @property
    def _operations(self) -> Operations:
        if self.operations is None:
            raise TypeError("the definition declares no operations")
        return self.operations

    def _path(self, id: str) -> str:
        return f"{self.path}/{segment(id)}"

    def _at(self, context: ResourceContext, id_or_name: str) -> State | None:
        return read_state(context, self.product, self._path(id_or_name))

    def _state(self, context: ResourceContext, body: Any) -> State:
        return state_of(context, self.product, body)

    def _send(
        self,
        context: ResourceContext,
        method: str,
        path: str,
        body: Bag | None = None,
        *,
        key: str = "",
        etag: str = "",
    ) -> Response:
        return context.client.exchange(
            method,
            self.product.name,
            path,
            body,
            key=key if self.has_idempotency_keys else "",
            etag=etag if self.has_versions else "",
            is_idempotent=method == "PATCH",
        )

    def _written(self, context: ResourceContext, response: Response) -> OperationStarted | State:
        """What a write has started, or the object that it has written at once."""
        return self._started(response) or answered_state(context, self.product, response)

    def _started(self, response: Response) -> OperationStarted | None:
        """The operation that a write has started; None if it has started none."""
        return None if self.operations is None else started(self.product, self.operations, response)


def _joined(fixed: Mapping[str, Any], body: Bag) -> Bag:
    """The body with the members that are fixed, also inside objects."""
    joined = {**fixed, **body}
    for name, member in fixed.items():
        inner = body.get(name)
        if isinstance(member, Mapping):
            joined[name] = _joined(member, inner if isinstance(inner, dict) else {})
        elif inner is None:
            joined[name] = member
    return joined
