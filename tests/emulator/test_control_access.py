"""Which control requests are refused because a web page could have sent them."""

from collections.abc import Iterator

import pytest
import requests
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import CONFIGURATIONS, SID, Client
from tests.emulator.raw import connection, receive_all

OWN_HOSTS = [
    "127.0.0.1",
    "127.0.0.1:1",
    "127.1.2.3",
    "localhost:9999",
    "LOCALHOST",
    "[::1]:8080",
    "[::ffff:7f00:1]",
]
FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:8080",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.1@evil.example",
    "voice.twilio.com",
    "10.0.0.1",
    "0.0.0.0",  # noqa: S104 - a name in a request
    "localhost:99999",
    "localhost:",
    "[::1",
    "::1",
]
FOREIGN_PAGES = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://localhost"},
    {"Origin": "https://localhost:8080"},
    {"Origin": "http://127.0.0.1:8080"},
    {"Origin": "http://user@localhost:8080"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost:8080", "Sec-Fetch-Site": "cross-site"},
]
REQUESTS = [
    ("GET", "/_emulator/state"),
    ("GET", "/_emulator/journal"),
    ("POST", "/_emulator/reset"),
    ("POST", "/_emulator/clock"),
    ("GET", "/_emulator/faults"),
    ("POST", "/_emulator/faults"),
    ("DELETE", "/_emulator/faults/1"),
    ("OPTIONS", "/_emulator/reset"),
    ("GET", "/%5Femulator/state"),
    ("GET", "/_emulator/nothing"),
]


@pytest.fixture
def filled(emulator: Emulator, client: Client) -> Iterator[Client]:
    """A client of an emulator whose one object survives the test."""
    client.create("kept")
    yield client
    assert emulator.state[SID]
    assert emulator.journal


def assert_refused(response: requests.Response, remedy: str) -> None:
    assert (response.status_code, set(response.json())) == (403, {"message"})
    assert remedy in response.json()["message"]
    assert "evil" not in response.text


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_a_request_that_names_this_machine_is_answered(filled: Client, host: str) -> None:
    assert filled.get("/_emulator/state", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_request_that_names_another_host_is_refused(filled: Client, host: str) -> None:
    for method, path in (("GET", "/_emulator/state"), ("POST", "/_emulator/reset")):
        assert_refused(filled.request(method, path, headers={"Host": host}), "--allow-host NAME")


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_every_control_request_is_protected(filled: Client, method: str, path: str) -> None:
    assert_refused(filled.request(method, path, headers={"Host": "evil.example"}), "allowed_hosts")
    page = {"Origin": "http://evil.example"}
    assert_refused(
        filled.request(method, path, headers=page), "without the headers Origin and Sec-Fetch-Site"
    )


@pytest.mark.parametrize("headers", FOREIGN_PAGES, ids=str)
def test_a_request_of_a_page_of_another_origin_is_refused(filled: Client, headers: dict[str, str]) -> None:
    own = {"Host": "localhost:8080"}
    for method, path in (("GET", "/_emulator/state"), ("POST", "/_emulator/reset")):
        assert_refused(filled.request(method, path, headers={**own, **headers}), "Origin")


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8080", "http://localhost:8080"),
        ("localhost", "http://localhost"),
        ("localhost:80", "http://localhost"),
        ("[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_page_of_the_same_origin_is_answered(filled: Client, host: str, origin: str) -> None:
    for site in ("same-origin", "none"):
        headers = {"Host": host, "Origin": origin, "Sec-Fetch-Site": site}
        assert filled.get("/_emulator/state", headers=headers).status_code == 200


def test_one_foreign_origin_among_several_is_enough_for_a_refusal(emulator: Emulator) -> None:
    with connection(emulator) as opened:
        opened.sendall(
            b"POST /_emulator/reset HTTP/1.1\r\nHost: localhost:8080\r\nOrigin: http://localhost:8080\r\n"
            b"Origin: http://evil.example\r\nConnection: close\r\n\r\n"
        )
        assert receive_all(opened).startswith(b"HTTP/1.1 403 ")


def test_a_request_without_a_host_is_refused(emulator: Emulator) -> None:
    with connection(emulator) as opened:
        opened.sendall(b"GET /_emulator/state HTTP/1.0\r\n\r\n")
        assert receive_all(opened).startswith(b"HTTP/1.1 403 ")


def test_the_host_of_a_vendor_is_for_its_own_routes_only(filled: Client) -> None:
    vendor = {"Host": "voice.twilio.com"}
    path = CONFIGURATIONS.removeprefix("/voice.twilio.com")
    assert filled.get(path, headers=vendor).status_code == 200
    assert_refused(filled.get("/_emulator/state", headers=vendor), "localhost")


def test_vendor_routes_are_answered_whatever_host_the_client_names(filled: Client) -> None:
    assert filled.get(CONFIGURATIONS, headers={"Host": "emulator:8080"}).status_code == 200


def test_a_host_is_allowed_with_any_port_or_only_with_the_one_given() -> None:
    with Emulator(allowed_hosts=["Emulator", "other:8080", "plain:80", "[2001:db8::1]"]) as emulator:
        client = Client(emulator)
        allowed = [
            "emulator",
            "emulator:1",
            "EMULATOR:2",
            "other:8080",
            "plain",
            "plain:80",
            "[2001:DB8:0::1]:5",
        ]
        refused = ["other", "other:8081", "plain:8080", "emulator.evil.example", "[2001:db8::2]"]
        statuses = {
            host: client.get("/_emulator/state", headers={"Host": host}).status_code
            for host in (*allowed, *refused)
        }
        client.close()
    assert statuses == {**dict.fromkeys(allowed, 200), **dict.fromkeys(refused, 403)}


@pytest.mark.parametrize("host", ["", "*", "http://emulator", "emulator:x", "emulator:65536", "a b", "::1"])
def test_a_host_that_is_none_cannot_be_allowed(host: str) -> None:
    with pytest.raises(ValueError, match="write NAME or NAME:PORT"):
        Emulator(allowed_hosts=[host])


def test_the_address_that_the_emulator_is_bound_to_is_its_own() -> None:
    with Emulator(host="0.0.0.0") as emulator:  # noqa: S104 - what is tested
        client = Client(emulator)
        assert client.get("/_emulator/state").status_code == 200
        assert client.get("/_emulator/state", headers={"Host": "[::]"}).status_code == 403
        client.close()
