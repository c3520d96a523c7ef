"""Conversation Orchestrator by the vendor's own Python SDK, a client that we did not write."""

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]
from twilio.rest import Client as TwilioClient  # type: ignore[import-untyped]
from twilio.rest.conversations.v2.configuration import (  # type: ignore[import-untyped]
    ConfigurationList as Requests,
)

from tests.emulator.client import SID
from tests.emulator.orchestrator import STORE, body

KEY = "01890a5d-aa0f-7c80-b8e6-0242ac140004"
CHANNELS = {"SMS": {"captureRules": [{"from": "*", "to": "+18005550100"}]}, "VOICE": {}}


class Redirected(TwilioHttpClient):  # type: ignore[misc]
    """Sends to the emulator what is for the vendor."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__()
        self._url = emulator.url

    def request(self, method: str, uri: str, *arguments: Any, **options: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Send a request."""
        redirected = uri.replace("https://", f"{self._url}/", 1)
        return super().request(method, redirected, *arguments, **options)


@pytest.fixture
def sdk(emulator: Emulator) -> Iterator[Any]:
    http: Any = Redirected(emulator)
    http.session.trust_env = False
    yield TwilioClient(SID, "token", http_client=http).conversations.v2
    http.session.close()


def create(sdk: Any, key: str | None = None, **members: object) -> str:
    """Create a configuration and return its id, as the operation tells it."""
    request = Requests.CreateConfigurationRequest(body(**members))
    options = {} if key is None else {"idempotency_key": key}
    accepted = sdk.configurations.create(create_configuration_request=request, **options)
    operation = sdk.operations(accepted.status_url.rpartition("/")[2]).fetch()
    assert operation.status == "COMPLETED"
    assert operation.related == accepted.related
    return str(operation.related["configurationId"])


def test_a_configuration_is_created_read_changed_and_deleted(sdk: Any, emulator: Emulator) -> None:
    callbacks = [{"url": "https://desk.example.com"}]
    identifier = create(sdk, channelSettings=CHANNELS, statusCallbacks=callbacks)
    shown = sdk.configurations(identifier).fetch()
    assert (shown.display_name, shown.memory_store_id, shown.version) == ("Support", STORE, 1)
    assert shown.status_callbacks == [{"url": "https://desk.example.com", "method": "POST"}]
    assert set(shown.channel_settings) == {"SMS", "VOICE"}
    assert shown.created_at == shown.updated_at

    request = Requests.UpdateConfigurationRequest(body(description="New", channelSettings=CHANNELS))
    sdk.configurations(identifier).update(update_configuration_request=request)
    assert sdk.configurations(identifier).fetch().description == "New"
    request = Requests.PatchConfigurationRequest(body(description="Newer"))
    sdk.configurations(identifier).patch(patch_configuration_request=request)
    shown = sdk.configurations(identifier).fetch()
    assert (shown.description, shown.version, set(shown.channel_settings)) == ("Newer", 3, {"SMS", "VOICE"})

    assert sdk.configurations(identifier).delete()
    with pytest.raises(TwilioException, match="was not found"):
        sdk.configurations(identifier).fetch()
    assert emulator.state == {}


def test_the_list_is_read_page_by_page_and_by_memory_store(sdk: Any) -> None:
    created = [create(sdk) for _ in range(3)]
    other = create(sdk, memoryStoreId=STORE[:-1] + "0")
    assert [shown.id for shown in sdk.configurations.list(page_size=2)] == [*created, other]
    assert [shown.id for shown in sdk.configurations.list(memory_store_id=STORE)] == created


def test_a_known_key_makes_no_second_configuration(sdk: Any) -> None:
    assert create(sdk, KEY) == create(sdk, KEY)


def test_an_error_is_understood(sdk: Any) -> None:
    request = Requests.CreateConfigurationRequest({"displayName": "Support"})
    with pytest.raises(TwilioException) as refused:
        sdk.configurations.create(create_configuration_request=request)
    error: Any = refused.value
    assert (error.status, error.code) == (400, 20001)
    assert "memoryStoreId: must not be null" in str(error)
