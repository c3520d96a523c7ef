"""A small HTTP client for the emulated Conversation Orchestrator."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import SID, Client

HOST = "/conversations.twilio.com"
COLLECTION = f"{HOST}/v2/ControlPlane/Configurations"
OPERATIONS = f"{HOST}/v2/ControlPlane/Operations"
TYPE = "twilio/orchestrator:Configuration"
STORE = "mem_store_01k1etk2y5f1y9fpe2epfdtvv2"
SERVICE = "IS" + "0" * 32

CREATE = "POST conversations.twilio.com/v2/ControlPlane/Configurations"
UPDATE = "PUT conversations.twilio.com/v2/ControlPlane/Configurations/{id}"
DELETE = "DELETE conversations.twilio.com/v2/ControlPlane/Configurations/{id}"


def body(**members: object) -> dict[str, Any]:
    """Return the body of a POST or a PUT."""
    return {
        "displayName": "Support",
        "description": "All calls and messages",
        "conversationGroupingType": "GROUP_BY_PROFILE",
        "memoryStoreId": STORE,
        "channelSettings": {},
        **members,
    }


class Orchestrator(Client):
    """Sends requests to the configurations of one account."""

    def __init__(self, emulator: Emulator, auth: tuple[str, str] = (SID, "token")) -> None:
        super().__init__(emulator, auth)
        self.emulator = emulator
        self._origin = emulator.url

    def write(
        self, method: str, identifier: str = "", json: object = None, key: str | None = None
    ) -> requests.Response:
        """Send a write to the collection, or to the configuration that is named."""
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.request(method, path_of(identifier), json=json, headers=headers)

    def created(self, **members: object) -> dict[str, Any]:
        """Create a configuration whose operation is over at once, and return it."""
        response = self.write("POST", json=body(**members))
        assert response.status_code == 202, response.text
        return self.shown(response.json()["related"]["configurationId"])

    def updated(self, method: str, identifier: str, members: object) -> dict[str, Any]:
        """Change a configuration by an operation that is over at once, and return it."""
        response = self.write(method, identifier, members)
        assert response.status_code == 202, response.text
        return self.shown(identifier)

    def shown(self, identifier: str) -> dict[str, Any]:
        """Return a configuration as a GET answers it."""
        response = self.get(path_of(identifier))
        assert response.status_code == 200, response.text
        shown: dict[str, Any] = response.json()
        return shown

    def operation(self, write: requests.Response) -> dict[str, Any]:
        """Return the operation of a write as a GET answers it."""
        assert write.status_code == 202, write.text
        response = self.get(write.json()["statusUrl"].removeprefix(self._origin))
        assert response.status_code == 200, response.text
        shown: dict[str, Any] = response.json()
        return shown

    def objects(self) -> dict[str, dict[str, Any]]:
        """Return the configurations in the emulator's state by their ids."""
        return self.emulator.state.get(SID, {}).get(TYPE, {})


@contextmanager
def orchestrator(**options: Any) -> Iterator[Orchestrator]:
    """Run an emulator with these options and yield a client for it."""
    with Emulator(**options) as emulator:
        client = Orchestrator(emulator)
        yield client
        client.close()


def path_of(identifier: str) -> str:
    """Return the path of a configuration, or of the collection."""
    return f"{COLLECTION}/{identifier}" if identifier else COLLECTION
