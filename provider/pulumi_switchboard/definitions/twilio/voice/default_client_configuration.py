"""The default of the Voice client configurations: Voice API v2, `/v2/Configurations/Client/Default`.

An account has one pointer to the configuration that counts where none is named. POST moves it, DELETE
unsets it; neither touches a configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.core.singletons.contract import OnDestroy, Singleton
from pulumi_switchboard.definitions.twilio.voice.client_configuration import definition as configurations
from pulumi_switchboard.errors import (
    LostAnswerError,
    MissingError,
    NotFoundError,
    SwitchboardError,
)
from pulumi_switchboard.fields.models import Account, AccountSettingInputs, Id, State, Unsent
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.vendors.twilio.client import Twilio

PATH = "/v2/Configurations/Client/Default"


class DefaultClientConfigurationInputs(AccountSettingInputs):
    """Which Twilio Voice client configuration is the account's default.

    An account has no more than one. Twilio offers these configurations as a private beta.
    """

    configuration_id: Annotated[str, Field(min_length=1)]
    """The id of the configuration that is to be the default."""
    on_destroy: Annotated[OnDestroy, Unsent()] = "restore"
    """What becomes of the default when the resource is destroyed. `restore`: the configuration that was the
    default before is so again, or none if there was none. `reset`: there is no default. `retain`: it stays.
    With `restore`, a default that someone else has moved is left alone, with a warning, and so is one of
    which it is not known what was there before."""


class DefaultClientConfigurationState(DefaultClientConfigurationInputs, State):
    """The account's default as Twilio shows it."""

    account_sid: Annotated[str, Account(), Id()]
    """The account that the default belongs to."""
    previous_configuration_id: str | None = None
    """The configuration that was the default before this resource took over, if there was one."""


Voice = Call[Twilio]


class DefaultClientConfiguration(
    Singleton[DefaultClientConfigurationInputs, DefaultClientConfigurationState, Twilio]
):
    """How the default of the Voice client configurations lives."""

    key: ClassVar[str] = "twilio/voice:DefaultClientConfiguration"
    vendor = Twilio
    inputs = DefaultClientConfigurationInputs
    state = DefaultClientConfigurationState
    noun: ClassVar[str] = "the account's default client configuration"

    def id(self, call: Voice) -> str:
        """The account's SID."""
        return call.client.origin.account

    def read(self, call: Voice, id: str) -> DefaultClientConfigurationState | None:  # noqa: ARG002 - there is one
        """The pointer: Twilio shows the configuration that it points to."""
        try:
            return _state(call.client.get("voice", PATH))
        except NotFoundError:
            return None

    def write(
        self,
        call: Voice,
        live: DefaultClientConfigurationState | None,  # noqa: ARG002 - the pointer is overwritten
        inputs: DefaultClientConfigurationInputs,
    ) -> DefaultClientConfigurationState:
        """Move the pointer; the answer is empty, so it is looked at again.

        What is moved is moved, whatever comes of that look. To move it once more changes nothing.
        """
        account, target = self.id(call), inputs.configuration_id
        self._require(call, target)
        call.client.exchange("POST", "voice", PATH, {"configuration_id": target}, idempotent=True)
        sent = to_model(DefaultClientConfigurationState, {"configuration_id": target, "account_sid": account})
        try:
            return self.read(call, account) or sent.model_copy(update={"configuration_id": None})
        except SwitchboardError as error:
            call.warn(f"{self.noun} could not be looked at again: {error.summary}")
            return sent

    def reset(self, call: Voice, known: DefaultClientConfigurationState) -> None:  # noqa: ARG002
        """Unset the pointer: the account has no default then."""
        call.client.delete("voice", PATH)

    def recalled(self, found: Mapping[str, Any]) -> Bag:
        """The configuration that was the default before."""
        previous = found.get("configuration_id")
        return {} if previous is None else {"previous_configuration_id": previous}

    def _require(self, call: Voice, target: str) -> None:
        """Look at the configuration before the pointer is moved to it.

        A default that is unset shows not whose it is, so this is what keeps us out of another account.
        """
        try:
            configuration = configurations.read(call, target)
        except SwitchboardError as error:
            error.may_have_acted = False
            raise
        if configuration is None:
            raise MissingError(
                f"{target} does not exist in {call.client.origin}, so it can't be the default",
                remedy="check the id, and that the credentials are those of its account",
            )
        if configuration.account_sid not in (None, self.id(call)):
            raise call.client.origin.mismatch(configuration.account_sid)


def _state(body: Any) -> DefaultClientConfigurationState:
    """The pointer that Twilio shows."""
    if not isinstance(body, Mapping) or not isinstance(body.get("id"), str) or not body["id"]:
        raise LostAnswerError("the answer is not a configuration")
    shown = {"configuration_id": body["id"], "account_sid": body.get("account_sid")}
    return to_model(DefaultClientConfigurationState, shown).model_copy(update={"body": dict(body)})


definition = DefaultClientConfiguration()
