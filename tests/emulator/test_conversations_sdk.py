"""Conversations v1 by the vendor's own Python SDK, a client that we did not write."""

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.rest import Client as TwilioClient  # type: ignore[import-untyped]

from tests.emulator.client import SID
from tests.emulator.conversations import POST, PRE, SET, TYPE, UNSET
from tests.emulator.test_orchestrator_sdk import Redirected


@pytest.fixture
def webhooks(emulator: Emulator) -> Iterator[Any]:
    http: Any = Redirected(emulator)
    http.session.trust_env = False
    yield TwilioClient(SID, "token", http_client=http).conversations.v1.configuration.webhooks()
    http.session.close()


def members(shown: Any) -> dict[str, Any]:
    """Return a configuration of the SDK as the vendor shows it."""
    return {name: getattr(shown, name) for name in UNSET}


def update_everything(webhooks: Any) -> Any:
    return webhooks.update(
        method="GET",
        filters=["onMessageAdded", "onConversationAdd"],
        pre_webhook_url=PRE,
        post_webhook_url=POST,
        target="flex",
    )


def test_the_configuration_is_read_and_changed(webhooks: Any, emulator: Emulator) -> None:
    assert members(webhooks.fetch()) == UNSET
    assert members(update_everything(webhooks)) == SET
    assert members(webhooks.fetch()) == SET
    assert members(webhooks.update(filters=["onUserAdded"])) == {**SET, "filters": ["onUserAdded"]}
    assert emulator.state[SID][TYPE][SID]["filters"] == ["onUserAdded"]


def test_an_empty_text_unsets_a_member_and_an_empty_list_sends_nothing(webhooks: Any) -> None:
    update_everything(webhooks)
    assert members(webhooks.update(filters=[])) == SET
    unset = webhooks.update(method="", filters=[""], pre_webhook_url="", post_webhook_url="", target="")
    assert members(unset) == UNSET


def test_an_error_is_understood(webhooks: Any) -> None:
    with pytest.raises(TwilioException) as refused:
        webhooks.update(method="PUT")
    error: Any = refused.value
    assert (error.status, error.code) == (400, 20001)
    assert "Method: must be GET or POST" in str(error)
