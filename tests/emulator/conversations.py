"""A small HTTP client for the emulated Conversations v1."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator, Switches

from tests.emulator.client import SID, Client

HOST = "/conversations.twilio.com"
PATH = f"{HOST}/v1/Configuration/Webhooks"
TYPE = "twilio/conversations:WebhookConfiguration"
FORM = "application/x-www-form-urlencoded"

FETCH = "GET conversations.twilio.com/v1/Configuration/Webhooks"
UPDATE = "POST conversations.twilio.com/v1/Configuration/Webhooks"

PRE = "https://desk.example.com/pre"
POST = "https://desk.example.com/post"

UNSET: dict[str, Any] = {
    "account_sid": SID,
    "method": None,
    "filters": None,
    "pre_webhook_url": None,
    "post_webhook_url": None,
    "target": "webhook",
    "url": "https://conversations.twilio.com/v1/Configuration/Webhooks",
}
"""The configuration of an account that has never written it."""

EVERYTHING: dict[str, Any] = {
    "Method": "GET",
    "Filters": ["onMessageAdded", "onConversationAdd"],
    "PreWebhookUrl": PRE,
    "PostWebhookUrl": POST,
    "Target": "flex",
}
"""A form with every parameter."""

SET: dict[str, Any] = {
    **UNSET,
    "method": "GET",
    "filters": ["onMessageAdded", "onConversationAdd"],
    "pre_webhook_url": PRE,
    "post_webhook_url": POST,
    "target": "flex",
}
"""The configuration after that form."""


class Conversations(Client):
    """Sends requests to the webhook configuration of one account."""

    def __init__(self, emulator: Emulator, auth: tuple[str, str] | None = (SID, "token")) -> None:
        super().__init__(emulator, auth)
        self.emulator = emulator

    def send(self, form: object, content_type: str | None = FORM) -> requests.Response:
        """Send a POST with a form, given as a mapping of names to a value or a list of them, or as bytes."""
        return self.request("POST", PATH, data=form, headers={"Content-Type": content_type})

    def updated(self, **parameters: object) -> dict[str, Any]:
        """Change the configuration and return it."""
        response = self.send(parameters)
        assert response.status_code == 200, response.text
        updated: dict[str, Any] = response.json()
        return updated

    def shown(self) -> dict[str, Any]:
        """Return the configuration as a GET answers it."""
        response = self.get(PATH)
        assert response.status_code == 200, response.text
        shown: dict[str, Any] = response.json()
        return shown


@contextmanager
def conversations(**switches: Any) -> Iterator[Conversations]:
    """Run an emulator with these switches and yield a client for it."""
    with Emulator(switches=Switches(**switches)) as emulator:
        client = Conversations(emulator)
        yield client
        client.close()
