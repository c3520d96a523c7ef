"""The default of the Voice client configurations: Voice API v2, `/v2/Configurations/Client/Default`.

An account has one pointer to the configuration that is used if a request names none. POST sets it, DELETE
unsets it; neither changes a configuration.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from pulumi_switchboard.definitions.twilio.voice.client_configuration import definition as configurations
from pulumi_switchboard.definitions.twilio.voice.configurations import VOICE
from pulumi_switchboard.errors import MissingError, SwitchboardError
from pulumi_switchboard.fields.models import Account, AccountSettingInputs, Id, Model, State, Unsent, Wire
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import Definition, Evidence
from pulumi_switchboard.rest.account_setting import AccountSetting, OnDestroy
from pulumi_switchboard.rest.reading import read_object
from pulumi_switchboard.rest.state import read_state


class DefaultClientConfigurationInputs(AccountSettingInputs):
    """Which Twilio Voice client configuration is the account's default.

    An account has at most one. Twilio offers these configurations as a private beta.
    """

    configuration_id: Annotated[str, Field(min_length=1), Wire("id")]
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


PATH = "/v2/Configurations/Client/Default"
NOUN = "the account's default client configuration"


def _write(context: ResourceContext, inputs: Model) -> State:
    """Before it, the configuration is read; after it, the default, because the answer is empty.

    The write has succeeded, whatever the last read says. Sending it again changes nothing.
    """
    target = inputs.model_dump()["configuration_id"]
    _require(context, target)
    context.client.exchange("POST", VOICE.name, PATH, {"configuration_id": target}, is_idempotent=True)
    account = context.origin.account
    sent = to_model(DefaultClientConfigurationState, {"configuration_id": target, "account_sid": account})
    try:
        return read_state(context, VOICE, PATH) or sent.model_copy(update={"configuration_id": None})
    except SwitchboardError as error:
        context.warn(f"{NOUN} could not be read again: {error.summary}")
        return sent


def _require(context: ResourceContext, target: str) -> None:
    """Read the configuration before it becomes the default.

    An account without a default shows no account, so this is what keeps us out of another account.
    """
    if read_object(replace(context, definition=configurations), configurations.api, target) is None:
        raise MissingError(
            f"{target} does not exist in {context.client.where}, so it can't be the default",
            remedy="check the id, and that the credentials are those of its account",
        )


definition = Definition(
    "twilio/voice:DefaultClientConfiguration",
    DefaultClientConfigurationInputs,
    DefaultClientConfigurationState,
    AccountSetting(
        VOICE,
        PATH,
        NOUN,
        writes=_write,
        is_pointer=True,
        originals={"previous_configuration_id": "configuration_id"},
    ),
    Evidence(
        "Twilio Voice v2, the default of the Client configurations (private beta)",
        "https://www.twilio.com/docs/voice/api/clientconfiguration-resource",
        access="Client configurations are a private beta: ask Twilio's support to enable it for the account",
        specification="how the default is read and set",
        documentation="how it is unset",
        assumption="that a read is answered with 404 where no default is set",
    ),
)
