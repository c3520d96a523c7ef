"""Voice client configurations: Voice API v2, `/v2/Configurations/Client`.

The API is synchronous and knows no idempotency keys. PUT replaces the whole object: what it leaves
out becomes null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator

from pulumi_switchboard.errors import LostAnswerError, MissingError, NotFoundError, VendorError
from pulumi_switchboard.fields.models import Account, Autonamed, Id, Model, State
from pulumi_switchboard.fields.typed_values import member, to_bag, to_model
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.fields.wire import replacement
from pulumi_switchboard.resource.collection import Collection
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import Definition
from pulumi_switchboard.vendors.twilio.client import TWILIO, Twilio, pages, segment

PATH = "/v2/Configurations/Client"
PAGE_SIZE = 100
READ_ONLY = ("id", "account_sid", "date_created", "date_updated")


def _usable_name(name: str) -> str:
    if any(character.isspace() for character in name):
        raise ValueError("must not contain spaces")
    if name in ("Default", ".", ".."):
        raise ValueError("is reserved by the API; choose another name")
    return name


class CallNotification(Model):
    """Where Twilio announces a call to a client."""

    url: WebhookUrl
    """The URL that Twilio requests when there is a call for the client."""
    method: Literal["GET", "POST"] = "POST"
    """The HTTP method of that request."""


class ClientConfigurationInputs(Model):
    """A configuration of Twilio Voice clients: where a call for a client is announced.

    Twilio offers these configurations as a private beta.
    """

    call_notification: CallNotification
    """Where Twilio announces a call to a client."""
    unique_name: Annotated[str | None, AfterValidator(_usable_name), Autonamed()] = None
    """A unique name in the account, without spaces; generated from the resource's name if omitted."""
    description: str | None = None
    """What the configuration is for."""


class ClientConfigurationState(ClientConfigurationInputs, State):
    """A configuration of Twilio Voice clients as Twilio shows it."""

    configuration_id: Annotated[str, Id()]
    """The id of the configuration."""
    account_sid: Annotated[str, Account()]
    """The account that the configuration belongs to."""
    date_created: str | None = None
    """When the configuration was created, if Twilio says so."""
    date_updated: str | None = None
    """When the configuration was last changed, if Twilio says so."""


Context: TypeAlias = ResourceContext[Twilio]


def _find(context: Context, inputs: ClientConfigurationInputs) -> ClientConfigurationState | None:
    """The configuration that has the name. Without idempotency keys, a create finds its object by name."""
    found = _get(context, inputs.unique_name) if inputs.unique_name else None
    return found if found is not None and found.unique_name == inputs.unique_name else None


def _search(context: Context, inputs: ClientConfigurationInputs) -> ClientConfigurationState | None:
    """The configuration that has the name, from the list: not every source says that GET takes a name."""
    try:
        return next((state for state in _list(context) if state.unique_name == inputs.unique_name), None)
    except VendorError as error:
        context.progress(f"the configurations can't be listed: {error.summary}")
        return None


def _list(context: Context) -> Iterator[ClientConfigurationState]:
    """All configurations of the account; not every source says that there is such a list."""
    query = {"pageSize": str(PAGE_SIZE)}
    found = pages(context.client, "voice", PATH, query, items="content", token="next_token")  # noqa: S106
    return map(_state, found)


def _create(context: Context, inputs: ClientConfigurationInputs) -> ClientConfigurationState:
    return _state(context.client.post("voice", PATH, _body(inputs)))


def _read(context: Context, id: str) -> ClientConfigurationState | None:
    """The configuration with this id. Twilio also answers to a unique name, which is not an id."""
    found = _get(context, id)
    if found is not None and found.configuration_id != id:
        raise MissingError(
            f"{id} is not the id of a configuration",
            remedy=f"the configuration of this name has the id {found.configuration_id}: use that",
        )
    return found


def _update(
    context: Context, id: str, live: ClientConfigurationState, inputs: ClientConfigurationInputs
) -> ClientConfigurationState:
    shown = {name: value for name, value in live.body.items() if name not in READ_ONLY}
    body = replacement(None, shown, _body(inputs))
    return _state(context.client.put("voice", f"{PATH}/{segment(id)}", body))


def _delete(context: Context, id: str) -> None:
    context.client.delete("voice", f"{PATH}/{segment(id)}")


def _get(context: Context, id_or_name: str) -> ClientConfigurationState | None:
    try:
        return _state(context.client.get("voice", f"{PATH}/{segment(id_or_name)}"))
    except NotFoundError:
        return None


def _body(inputs: ClientConfigurationInputs) -> dict[str, Any]:
    """The inputs as Twilio expects them. Every member is given, because PUT sets a missing one to null.

    An object without a notification, which `ignore_changes` keeps so, is sent without one.
    """
    given = to_bag(inputs)
    notification = {"callnotification": given["call_notification"]} if "call_notification" in given else {}
    return {
        "unique_name": inputs.unique_name,
        "description": inputs.description,
        "configuration": {"configurationType": "Client", **notification},
    }


def _state(body: Any) -> ClientConfigurationState:
    """The configuration that Twilio shows."""
    if not isinstance(body, Mapping) or not isinstance(body.get("id"), str) or not body["id"]:
        raise LostAnswerError("the answer is not a configuration")
    shown = {
        **body,
        "configuration_id": body["id"],
        "call_notification": member(body, "configuration").get("callnotification"),
    }
    return to_model(ClientConfigurationState, shown).model_copy(update={"body": dict(body)})


definition = Definition(
    key="twilio/voice:ClientConfiguration",
    vendor=TWILIO,
    inputs=ClientConfigurationInputs,
    state=ClientConfigurationState,
    api=Collection(
        read=_read,
        list=_list,
        find=_find,
        search=_search,
        create=_create,
        update=_update,
        delete=_delete,
    ),
)
