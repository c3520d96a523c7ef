"""A small HTTP client for the emulated Ultravox."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator, Switches

from tests.emulator.client import SID, Client

NAME = "abcd1234"
SECRET = "k" * 32
KEY = f"{NAME}.{SECRET}"

HOST = "/api.ultravox.ai"
PATH = f"{HOST}/api/telephony_configs/twilio"
TYPE = "ultravox:TwilioTelephony"
TOKEN = "t0ken567t0ken567t0ken567t0ken567"

ALICE = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
BOB = "0f0e0d0c-0b0a-4908-8706-050403020100"

FETCH = "GET api.ultravox.ai/api/telephony_configs/twilio"
CREATE = "POST api.ultravox.ai/api/telephony_configs/twilio"
UPDATE = "PATCH api.ultravox.ai/api/telephony_configs/twilio"


def body(**members: object) -> dict[str, Any]:
    """Return the body of a POST."""
    return {"accountSid": SID, "authToken": TOKEN, **members}


class Ultravox(Client):
    """Sends requests with one API key."""

    def __init__(self, emulator: Emulator, key: str | None = KEY) -> None:
        super().__init__(emulator, auth=None)
        self.emulator = emulator
        if key is not None:
            self._session.headers["X-API-Key"] = key

    def patch(self, json: object) -> requests.Response:
        """Send a PATCH of the configuration."""
        return self.request("PATCH", PATH, json=json)

    def created(self, **members: object) -> dict[str, Any]:
        """Create the configuration and return it."""
        response = self.post(PATH, body(**members))
        assert response.status_code == 201, response.text
        created: dict[str, Any] = response.json()
        return created

    def updated(self, **members: object) -> dict[str, Any]:
        """Change the configuration and return it."""
        response = self.patch(members)
        assert response.status_code == 200, response.text
        updated: dict[str, Any] = response.json()
        return updated


@contextmanager
def ultravox(**switches: Any) -> Iterator[Ultravox]:
    """Run an emulator with these switches and yield a client for it."""
    with Emulator(switches=Switches(**switches)) as emulator:
        client = Ultravox(emulator)
        yield client
        client.close()


def assert_detail(response: requests.Response, status: int, *words: str) -> None:
    """Assert that a response is an error with a `detail` that has the words."""
    assert response.status_code == status, response.text
    assert set(response.json()) == {"detail"}
    for word in words:
        assert word in response.json()["detail"]


def assert_invalid(response: requests.Response, **problems: list[str]) -> None:
    """Assert that a response is a 400 with these messages by member."""
    assert (response.status_code, response.json()) == (400, problems)
