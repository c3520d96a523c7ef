"""Objects of accounts that nobody has read: of the real types, and of an example type."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.fields.models import Account, Id
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.resource.definition import AnyDefinition, Definition, Evidence
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.rest.collection import Collection, Update
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.vendor import Origin, Product

from tests.conformance.vendor import ACCOUNT
from tests.fields.example import ExampleInputs, ExampleState

EXAMPLE = Definition(
    "twilio/example:Example",
    ExampleInputs,
    ExampleState,
    Collection(Product(TWILIO, "example"), "/v1/Examples", Update.PATCH_MERGES, natural_key="name"),
    Evidence("An example", "https://example.com"),
)
"""A type with fields of every kind."""
STORE = definitions.find("twilio/memory:Store")
CONFIGURATION = definitions.find("twilio/orchestrator:Configuration")
CLIENT = definitions.find("twilio/voice:ClientConfiguration")
RECORDING = definitions.find("twilio/voice:RecordingConfiguration")
TRANSCRIPTION = definitions.find("twilio/voice:TranscriptionConfiguration")
DEFAULT = definitions.find("twilio/voice:DefaultClientConfiguration")
WEBHOOKS = definitions.find("twilio/conversations:WebhookConfiguration")
TELEPHONY = definitions.find("ultravox:TwilioTelephony")
URL = "https://desk.example.com/calls"


def found(definition: AnyDefinition, id: str = "", **shown: Any) -> FoundObject:
    """An object that shows these values, in our spelling."""
    api = definition.api
    if isinstance(api, AccountSetting):
        id = api.id or ACCOUNT
    own = dict.fromkeys(fields_with(definition.state, Id), id)
    accounts = dict.fromkeys(fields_with(definition.state, Account), ACCOUNT)
    state = to_model(definition.state, {**own, **accounts, **shown})
    return FoundObject(definition, Origin(ACCOUNT, "https://example.com"), id, state)


def store(id: str, name: str = "customers", **shown: Any) -> FoundObject:
    """A memory store."""
    return found(STORE, id, display_name=name, **shown)


def client(id: str, name: str, url: str = URL, **shown: Any) -> FoundObject:
    """A client configuration."""
    return found(CLIENT, id, unique_name=name, call_notification={"url": url}, **shown)


def configuration(id: str, store_id: str, name: str = "Support", **shown: Any) -> FoundObject:
    """An Orchestrator configuration."""
    required = {"display_name": name, "description": "", "conversation_grouping_type": "GROUP_BY_PROFILE"}
    return found(CONFIGURATION, id, **{**required, **shown}, memory_store_id=store_id)
