"""The default of the Voice client configurations: Voice API v2, `/v2/Configurations/Client/Default`.

An account has one pointer to the configuration that is used if a request names none. POST sets it, DELETE
unsets it; neither changes a configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from pulumi_switchboard.account_settings.setting import AccountSetting, OnDestroy
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
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import Definition
from pulumi_switchboard.resource.reading import read_own
from pulumi_switchboard.vendors.twilio.client import TWILIO, Twilio

PATH = "/v2/Configurations/Client/Default"


class DefaultClientConfigurationInputs(AccountSettingInputs):
    """Which Twilio Voice client configuration is the account's default.

    An account has at most one. Twilio offers these configurations as a private beta.
    """

    configuration_id: Annotated[str, Field(min_length=1)]
    """The id of the configuration that is to be the default."""
    on_destroy: Annotated[OnDestroy, Unsent()] = "restore"
    """What `destroy` does with the default. `restore`: the configuration that was the default before becomes
    the default again, or the default is unset if there was none. `reset`: the default is unset. `retain`: it
    stays. With `restore`, a default that someone else has changed stays, with a warning, and so does one
    whose original is not known."""


class DefaultClientConfigurationState(DefaultClientConfigurationInputs, State):
    """The account's default as Twilio shows it."""

    account_sid: Annotated[str, Account(), Id()]
    """The account that the default belongs to."""
    previous_configuration_id: str | None = None
    """The configuration that was the default before this resource took over, if there was one."""


NOUN = "the account's default client configuration"

Context: TypeAlias = ResourceContext[Twilio]


def _read(context: Context) -> DefaultClientConfigurationState | None:
    """The default: Twilio shows the configuration that it points to."""
    try:
        return _state(context.client.get("voice", PATH))
    except NotFoundError:
        return None


def _write(
    context: Context,
    _live: DefaultClientConfigurationState | None,
    inputs: DefaultClientConfigurationInputs,
) -> DefaultClientConfigurationState:
    """Set the default; the answer is empty, so it is read again.

    The write has succeeded, whatever that read says. Sending it again changes nothing.
    """
    account, target = context.origin.account, inputs.configuration_id
    _require(context, target)
    context.client.exchange("POST", "voice", PATH, {"configuration_id": target}, idempotent=True)
    sent = to_model(DefaultClientConfigurationState, {"configuration_id": target, "account_sid": account})
    try:
        return _read(context) or sent.model_copy(update={"configuration_id": None})
    except SwitchboardError as error:
        context.warn(f"{NOUN} could not be read again: {error.summary}")
        return sent


def _require(context: Context, target: str) -> None:
    """Read the configuration before it becomes the default.

    An account without a default shows no account, so this is what keeps us out of another account.
    """
    configuration = read_own(context, lambda: configurations.api.read(context, target))
    if configuration is None:
        raise MissingError(
            f"{target} does not exist in {context.origin}, so it can't be the default",
            remedy="check the id, and that the credentials are those of its account",
        )


def _reset(context: Context) -> None:
    """Unset the default."""
    context.client.delete("voice", PATH)


def _original_outputs(values: Mapping[str, Any]) -> Bag:
    """The configuration that was the default before."""
    previous = values.get("configuration_id")
    return {} if previous is None else {"previous_configuration_id": previous}


def _state(body: Any) -> DefaultClientConfigurationState:
    """The default that Twilio shows."""
    if not isinstance(body, Mapping) or not isinstance(body.get("id"), str) or not body["id"]:
        raise LostAnswerError("the answer is not a configuration")
    shown = {"configuration_id": body["id"], "account_sid": body.get("account_sid")}
    return to_model(DefaultClientConfigurationState, shown).model_copy(update={"body": dict(body)})


definition = Definition(
    key="twilio/voice:DefaultClientConfiguration",
    vendor=TWILIO,
    inputs=DefaultClientConfigurationInputs,
    state=DefaultClientConfigurationState,
    api=AccountSetting(
        noun=NOUN,
        id=lambda context: context.origin.account,
        read=_read,
        write=_write,
        reset=_reset,
        original_outputs=_original_outputs,
    ),
)
