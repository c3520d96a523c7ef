"""The vendors from the outside: what they hold, what they were asked, and what others do to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import ACCOUNT, SECRET

CLIENTS = "/voice.twilio.com/v2/Configurations/Client"
CLIENT_TYPE = "twilio/voice:ClientConfiguration"
DEFAULT = f"{CLIENTS}/Default"
DEFAULT_TYPE = "twilio/voice:DefaultClientConfiguration"


@dataclass
class Vendor:
    """The emulator, as a colleague with a browser sees it."""

    emulator: Emulator
    seen: int = 0
    """How much of the journal has been looked at."""
    own: set[int] = field(default_factory=set)
    """The places in the journal of this colleague's own requests."""

    def clients(self, account: str = ACCOUNT) -> dict[str, dict[str, Any]]:
        """The Voice client configurations of an account, by id."""
        return dict(self.emulator.state.get(account, {}).get(CLIENT_TYPE, {}))

    def only_client(self) -> dict[str, Any]:
        """The one client configuration there is."""
        (client,) = self.clients().values()
        return client

    def client_named(self, name: str) -> dict[str, Any]:
        """The client configuration that has this unique name."""
        (client,) = (client for client in self.clients().values() if client["unique_name"] == name)
        return client

    def new_requests(self) -> list[str]:
        """The provider's requests since the last look, as `METHOD path`."""
        entries = list(enumerate(self.emulator.journal))[self.seen :]
        self.seen += len(entries)
        return [f"{entry.method} {entry.path}" for place, entry in entries if place not in self.own]

    def new_writes(self) -> list[str]:
        """The methods of those requests since the last look that change something."""
        methods = [request.split()[0] for request in self.new_requests()]
        return [method for method in methods if method != "GET"]

    def add_client(self, name: str, url: str = "https://example.com/other", account: str = ACCOUNT) -> str:
        """Make a client configuration without Pulumi; returns its id."""
        body = _client(unique_name=name, url=url)
        return str(self._send("POST", CLIENTS, body, account)["id"])

    def change_client(self, id: str, **changes: Any) -> None:
        """Change a client configuration without Pulumi: `unique_name`, `description`, `url`, `method`."""
        shown = self.clients()[id]
        notification = shown["configuration"]["callnotification"]
        current = {
            "unique_name": shown["unique_name"],
            "description": shown["description"],
            "url": notification["url"],
            "method": notification["method"],
        }
        self._send("PUT", f"{CLIENTS}/{id}", _client(**{**current, **changes}), ACCOUNT)

    def delete_client(self, id: str) -> None:
        """Delete a client configuration without Pulumi."""
        self._send("DELETE", f"{CLIENTS}/{id}", None, ACCOUNT)

    def default(self, account: str = ACCOUNT) -> str | None:
        """The id of the client configuration that is the default of an account, if one is."""
        pointers = self.emulator.state.get(account, {}).get(DEFAULT_TYPE, {})
        return next((str(pointer["configuration_id"]) for pointer in pointers.values()), None)

    def set_default(self, id: str, account: str = ACCOUNT) -> None:
        """Make a client configuration the default without Pulumi."""
        self._send("POST", DEFAULT, {"configuration_id": id}, account)

    def unset_default(self) -> None:
        """Leave the account without a default, without Pulumi."""
        self._send("DELETE", DEFAULT, None, ACCOUNT)

    def _send(self, method: str, path: str, body: dict[str, Any] | None, account: str) -> dict[str, Any]:
        answer = requests.request(
            method, self.emulator.url + path, json=body, auth=(account, SECRET), timeout=10
        )
        answer.raise_for_status()
        self.own.add(len(self.emulator.journal) - 1)
        shown: dict[str, Any] = answer.json() if answer.content else {}
        return shown


def _client(
    *, unique_name: str, url: str, description: str | None = None, method: str = "POST"
) -> dict[str, Any]:
    return {
        "unique_name": unique_name,
        "description": description,
        "configuration": {
            "configurationType": "Client",
            "callnotification": {"url": url, "method": method},
        },
    }
