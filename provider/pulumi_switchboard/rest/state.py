"""An answer of a vendor as a state model, according to the definition of the resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_switchboard.errors import LostAnswerError, NotFoundError
from pulumi_switchboard.fields.models import Account, Id, Model, State, WriteOnly
from pulumi_switchboard.fields.tree import fields_with, sent_fields, tree
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.wire import decoded
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.vendors.vendor import Product


def read_state(context: ResourceContext, product: Product, path: str) -> State | None:
    """The object at this path, or None if the vendor says that there is none."""
    try:
        response = context.client.exchange("GET", product.name, path)
    except NotFoundError:
        return None
    return answered_state(context, product, response)


def answered_state(context: ResourceContext, product: Product, response: Response) -> State:
    """The object that an answer is about; see `state_of`."""
    state = state_of(context, product, response.json())
    return state.model_copy(update={"etag": response.headers.get("etag", "")})


def state_of(context: ResourceContext, product: Product, body: Any) -> State:
    """The object that an answer, or a part of it, shows.

    Raises:
        LostAnswerError: It does not show such an object.
    """
    model = context.definition.state
    shown = decoded(model, body, product.spelling) if isinstance(body, Mapping) else {}
    own = (*sent_fields(context.definition.inputs), *fields_with(model, Id), *fields_with(model, Account))
    identified = all(_is_text(shown.get(name)) for name in _identifying(context))
    if not identified or shown.keys().isdisjoint(own):
        raise LostAnswerError(f"the answer is not a {context.definition.name}")
    accounts = {name: context.origin.account for name in fields_with(model, Account) if not shown.get(name)}
    state = to_model(model, {**shown, **accounts})
    return state.model_copy(update={"body": shown})


def expected_state(context: ResourceContext, id: str, inputs: Model) -> State:
    """The object with this id as the inputs describe it, before the vendor shows it."""
    model = context.definition.state
    ids = dict.fromkeys(fields_with(model, Id), id)
    accounts = dict.fromkeys(fields_with(model, Account), context.origin.account)
    return to_model(model, {**to_bag(inputs), **accounts, **ids})


def _identifying(context: ResourceContext) -> list[str]:
    """The fields without which an answer is not about such an object: its id, else its required arguments."""
    inputs, state = context.definition.inputs, context.definition.state
    ids = [name for name in fields_with(state, Id) if name not in fields_with(state, Account)]
    hidden = fields_with(inputs, WriteOnly)
    required = [n for n in sent_fields(inputs) if tree(inputs).members[n].is_required and n not in hidden]
    return ids or required


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
