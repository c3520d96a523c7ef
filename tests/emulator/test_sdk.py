"""Twilio's APIs by the vendor's own Python SDK, a client that we did not write."""

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]
from twilio.rest import Client as TwilioClient  # type: ignore[import-untyped]
from twilio.rest.conversations.v2.configuration import ConfigurationList as Requests  # type: ignore[import-untyped]

from tests.emulator.client import IDEMPOTENCY_KEY, SID, STORE, Orchestrator, Webhooks, body
from tests.emulator.test_webhooks import SET, UNSET, URLS
from tests.promises import proves


class Redirected(TwilioHttpClient):  # type: ignore[misc]
    """Sends to the emulator what is for the vendor."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__()
        self._url = emulator.url

    def request(self, method: str, uri: str, *arguments: Any, **options: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        redirected = uri.replace("https://", f"{self._url}/", 1)
        return super().request(method, redirected, *arguments, **options)


@pytest.fixture
def sdk(emulator: Emulator) -> Iterator[Any]:
    http: Any = Redirected(emulator)
    http.session.trust_env = False
    yield TwilioClient(SID, "token", http_client=http).conversations
    http.session.close()


def create(sdk: Any, key: str | None = None, **members: object) -> str:
    request = Requests.CreateConfigurationRequest(body(**members))
    options = {} if key is None else {"idempotency_key": key}
    accepted = sdk.v2.configurations.create(create_configuration_request=request, **options)
    operation = sdk.v2.operations(accepted.status_url.rpartition("/")[2]).fetch()
    assert operation.status == "COMPLETED"
    return str(operation.related["configurationId"])


@proves("emulator.vendor-descriptions")
def test_a_configuration_is_created_listed_changed_and_deleted(sdk: Any, emulator: Emulator) -> None:
    channels = {"SMS": {"captureRules": [{"from": "*", "to": "+18005550100"}]}, "VOICE": {}}
    callbacks = [{"url": "https://desk.example.com"}]
    first = create(sdk, IDEMPOTENCY_KEY, channelSettings=channels, statusCallbacks=callbacks)
    assert create(sdk, IDEMPOTENCY_KEY) == first
    known = sdk.v2.configurations(first)
    shown = known.fetch()
    assert (shown.display_name, shown.memory_store_id, shown.version) == ("Support", STORE, 1)
    assert shown.status_callbacks == [{"url": "https://desk.example.com", "method": "POST"}]
    assert set(shown.channel_settings) == {"SMS", "VOICE"}
    request: Any = Requests.UpdateConfigurationRequest(body(description="New", channelSettings=channels))
    known.update(update_configuration_request=request)
    assert known.fetch().description == "New"
    known.patch(patch_configuration_request=Requests.PatchConfigurationRequest(body(description="Newer")))
    shown = known.fetch()
    assert (shown.description, shown.version, set(shown.channel_settings)) == ("Newer", 3, {"SMS", "VOICE"})
    own = [first, create(sdk), create(sdk)]
    other = create(sdk, memoryStoreId=STORE[:-1] + "0")
    assert [shown.id for shown in sdk.v2.configurations.list(page_size=2)] == [*own, other]
    assert [shown.id for shown in sdk.v2.configurations.list(memory_store_id=STORE)] == own
    assert known.delete()
    with pytest.raises(TwilioException, match="was not found"):
        known.fetch()
    assert first not in emulator.state[SID][Orchestrator.type]


@proves("emulator.vendor-descriptions")
def test_webhooks_are_read_changed_and_unset_and_an_error_is_understood(sdk: Any, emulator: Emulator) -> None:
    webhooks = sdk.v1.configuration.webhooks()

    def members(shown: Any) -> dict[str, Any]:
        return {name: getattr(shown, name) for name in SET}

    unset_members = {**UNSET, "method": None}
    assert members(webhooks.fetch()) == unset_members
    assert members(webhooks.update(method="GET", filters=SET["filters"], target="flex", **URLS)) == SET
    assert members(webhooks.update(filters=["onUserAdded"])) == {**SET, "filters": ["onUserAdded"]}
    assert emulator.state[SID][Webhooks.type][SID]["filters"] == ["onUserAdded"]
    assert members(webhooks.update(filters=[])) == {**SET, "filters": ["onUserAdded"]}, "nothing is sent"
    unset = webhooks.update(method="", filters=[""], target="", **dict.fromkeys(URLS, ""))
    assert members(unset) == unset_members
    for send, arguments, message in (
        (webhooks.update, {"method": "PUT"}, "Method: must be GET or POST"),
        (create, {"sdk": sdk, "memoryStoreId": None}, "memoryStoreId: must not be null"),
    ):
        with pytest.raises(TwilioException) as refused:
            send(**arguments)
        error: Any = refused.value
        assert (error.status, error.code) == (400, 20001)
        assert message in str(error)
