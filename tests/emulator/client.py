"""A small HTTP client for the emulated vendors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator, Switches

HEX = "0123456789abcdef0123456789abcdef"
SID = f"AC{HEX}"
KEY = f"SK{HEX}"
OTHER_SID = "AC" + "f" * 32

CONFIGURATIONS = "/voice.twilio.com/v2/Configurations/Client"
DEFAULT = f"{CONFIGURATIONS}/Default"
SECONDS = 60
"""No answer takes longer, unless something is wrong."""


class Client:
    """Sends requests with the credentials of one account."""

    def __init__(self, emulator: Emulator, auth: tuple[str, str] | None = (SID, "token")) -> None:
        self._url = emulator.url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.auth = auth

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request to a path of the emulator."""
        return self._session.request(method, f"{self._url}{path}", timeout=SECONDS, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        """Send a GET."""
        return self.request("GET", path, **options)

    def post(self, path: str, json: object = None) -> requests.Response:
        """Send a POST with a JSON body."""
        return self.request("POST", path, json=json)

    def put(self, path: str, json: object = None) -> requests.Response:
        """Send a PUT with a JSON body."""
        return self.request("PUT", path, json=json)

    def delete(self, path: str) -> requests.Response:
        """Send a DELETE."""
        return self.request("DELETE", path)

    def create(self, unique_name: str | None = None, **members: object) -> dict[str, Any]:
        """Create a configuration and return it."""
        response = self.post(CONFIGURATIONS, configuration(unique_name=unique_name, **members))
        assert response.ok, response.text
        created: dict[str, Any] = response.json()
        return created

    def close(self) -> None:
        """Close the connections."""
        self._session.close()


@contextmanager
def client_of(switches: Switches) -> Iterator[Client]:
    """Run an emulator with these switches and yield a client for it."""
    with Emulator(switches=switches) as emulator:
        client = Client(emulator)
        yield client
        client.close()


def configuration(**members: object) -> dict[str, object]:
    """Return the body of a request for a configuration."""
    return {
        "configuration": {
            "configurationType": "Client",
            "callnotification": {"url": "https://desk.example.com/call", "method": "POST"},
        },
        **members,
    }


def assert_error(response: requests.Response, status: int, code: int, *words: str) -> None:
    """Assert that a response is an error in Twilio's shape whose message has the words."""
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"code", "message", "more_info", "status"}
    assert (body["code"], body["status"]) == (code, status)
    assert body["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    for word in words:
        assert word in body["message"]
