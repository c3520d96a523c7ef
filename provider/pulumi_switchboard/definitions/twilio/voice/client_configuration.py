"""Voice client configurations: Voice API v2, `/v2/Configurations/Client`.

The API is synchronous and knows no idempotency keys. PUT replaces the whole object: what it leaves
out becomes null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator

from pulumi_switchboard.core.contract import Call, Definition
from pulumi_switchboard.errors import LostAnswerError, MissingError, NotFoundError, VendorError
from pulumi_switchboard.fields.models import Account, Autonamed, Id, Model, State
from pulumi_switchboard.fields.typed_values import member, to_bag, to_model
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.fields.wire import replacement
from pulumi_switchboard.vendors.twilio.client import Twilio, pages, segment

PATH = "/v2/Configurations/Client"
PAGE_SIZE = 100
READ_ONLY = ("id", "account_sid", "date_created", "date_updated")


def _usable_name(name: str) -> str:
    if any(character.isspace() for character in name):
        raise ValueError("must not contain spaces")
    if name in ("Default", ".", ".."):
        raise ValueError("is a word with a meaning of its own in the API; choose another name")
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
    """A name of its own in the account, without spaces; made from the resource's name if left out."""
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


Voice = Call[Twilio]


class ClientConfiguration(Definition[ClientConfigurationInputs, ClientConfigurationState, Twilio]):
    """How a Voice client configuration lives."""

    key: ClassVar[str] = "twilio/voice:ClientConfiguration"
    vendor = Twilio
    inputs = ClientConfigurationInputs
    state = ClientConfigurationState

    def find(self, call: Voice, inputs: ClientConfigurationInputs) -> ClientConfigurationState | None:
        """The configuration that has the name: with no idempotency keys, a name is what tells."""
        found = self._get(call, inputs.unique_name) if inputs.unique_name else None
        return found if found is not None and found.unique_name == inputs.unique_name else None

    def search(self, call: Voice, inputs: ClientConfigurationInputs) -> ClientConfigurationState | None:
        """The configuration that has the name, from the list: not every source says that GET takes a name."""
        try:
            return next((one for one in self.list_all(call) if one.unique_name == inputs.unique_name), None)
        except VendorError as refused:
            call.progress(f"the configurations can't be listed: {refused.summary}")
            return None

    def list_all(self, call: Voice) -> Iterator[ClientConfigurationState]:
        """All configurations of the account; not every source says that there is such a list."""
        query = {"pageSize": str(PAGE_SIZE)}
        found = pages(call.client, "voice", PATH, query, items="content", token="next_token")  # noqa: S106
        return map(_state, found)

    def create(self, call: Voice, inputs: ClientConfigurationInputs) -> ClientConfigurationState:
        """Make the configuration."""
        return _state(call.client.post("voice", PATH, _body(inputs)))

    def read(self, call: Voice, id: str) -> ClientConfigurationState | None:
        """The configuration with this id; Twilio also answers to a unique name, which is no id."""
        found = self._get(call, id)
        if found is not None and found.configuration_id != id:
            raise MissingError(
                f"{id} is not the id of a configuration",
                remedy=f"the configuration of this name has the id {found.configuration_id}: use that",
            )
        return found

    def update(
        self, call: Voice, id: str, live: ClientConfigurationState, inputs: ClientConfigurationInputs
    ) -> ClientConfigurationState:
        """Replace the configuration, members that we do not know kept as they are."""
        shown = {name: value for name, value in live.body.items() if name not in READ_ONLY}
        body = replacement(None, shown, _body(inputs))
        return _state(call.client.put("voice", f"{PATH}/{segment(id)}", body))

    def delete(self, call: Voice, id: str, known: ClientConfigurationState) -> None:  # noqa: ARG002 - the id tells all
        """Delete the configuration."""
        call.client.delete("voice", f"{PATH}/{segment(id)}")

    def _get(self, call: Voice, id_or_name: str) -> ClientConfigurationState | None:
        try:
            return _state(call.client.get("voice", f"{PATH}/{segment(id_or_name)}"))
        except NotFoundError:
            return None


def _body(inputs: ClientConfigurationInputs) -> dict[str, Any]:
    """The inputs as Twilio wants them; all members are given, since one left out becomes null.

    Only an object that has no notification, and is to be left so, is sent none.
    """
    told = to_bag(inputs)
    notification = {"callnotification": told["call_notification"]} if "call_notification" in told else {}
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


definition = ClientConfiguration()
