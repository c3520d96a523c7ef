"""HTTP clients for the emulated vendors, and what the tests send with them."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
import requests
from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.apis import switch_groups
from pulumi_switchboard.emulator.switches import switch_kinds
from typing_extensions import Self

HEX = "0123456789abcdef" * 2
SID, OTHER_SID, KEY = f"AC{HEX}", "AC" + "f" * 32, f"SK{HEX}"
IDEMPOTENCY_KEY = "01890a5d-aa0f-7c80-b8e6-0242ac140004"
SECONDS = 60
CODES = {400: 20001, 401: 20003, 404: 20404, 405: 20004, 409: 20409, 412: 20412, 415: 20422, 429: 20429}
CODES |= {500: 20500, 503: 20503, 413: 413}
"""Twilio's code of each status."""

FORM = "application/x-www-form-urlencoded"
STORE = "mem_store_01k1etk2y5f1y9fpe2epfdtvv2"
BRIDGE = {"conversationsV1Bridge": {"serviceId": "IS" + "0" * 32}}
KEY_NAME, KEY_SECRET = "abcd1234", "k" * 32
TOKEN = "t0ken567t0ken567t0ken567t0ken567"

Kind = TypeVar("Kind", bound="Client")


class Client:
    """Sends requests with the credentials of one account."""

    def __init__(
        self, emulator: Emulator, auth: tuple[str, str] | None = (SID, "token"), key: str | None = None
    ) -> None:
        self.emulator = emulator
        self._url = emulator.url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.auth = auth
        if key is not None:
            self._session.headers["X-API-Key"] = key

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.close()

    def request(self, method: str, path: str, json: Any = None, **options: Any) -> requests.Response:
        url = f"{self._url}{path.removeprefix(self._url)}"
        return self._session.request(method, url, timeout=SECONDS, json=json, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> requests.Response:
        return self.request("POST", path, json, **options)

    def put(self, path: str, json: Any = None) -> requests.Response:
        return self.request("PUT", path, json)

    def patch(self, path: str, json: Any = None) -> requests.Response:
        return self.request("PATCH", path, json)

    def delete(self, path: str) -> requests.Response:
        return self.request("DELETE", path)

    def operation(self, write: requests.Response) -> Any:
        assert write.status_code == 202, write.text
        return shown(self.get(write.json()["statusUrl"]))

    def objects(self, type: str) -> Any:
        return self.emulator.state.get(SID, {}).get(type, {})


class Voice(Client):
    """Sends requests to Voice."""

    path = "/voice.twilio.com/v2/Configurations/Client"
    default = f"{path}/Default"
    type = "twilio/voice:ClientConfiguration"

    def create(self, unique_name: str | None = None, **members: object) -> Any:
        return shown(self.post(Voice.path, configuration(unique_name=unique_name, **members)), 201)


class Webhooks(Client):
    """Sends requests to the webhook configuration of Conversations v1."""

    path = "/conversations.twilio.com/v1/Configuration/Webhooks"
    type = "twilio/conversations:WebhookConfiguration"

    def send(self, form: object, content_type: str | None = FORM) -> requests.Response:
        """Send a POST with a form, given as a mapping of names to a value or a list of them, or as bytes."""
        return self.request("POST", Webhooks.path, data=form, headers={"Content-Type": content_type})

    def update(self, **parameters: object) -> Any:
        return shown(self.send(parameters))


class Orchestrator(Client):
    """Sends requests to Conversation Orchestrator."""

    path = "/conversations.twilio.com/v2/ControlPlane/Configurations"
    operations = "/conversations.twilio.com/v2/ControlPlane/Operations"
    type = "twilio/orchestrator:Configuration"

    def write(self, method: str, id: str = "", json: object = None, key: Any = None) -> requests.Response:
        return self.request(method, path_of(id), json, headers={"Idempotency-Key": key})

    def start(self, **members: object) -> tuple[requests.Response, str]:
        """Send a POST; return the answer, and the id of the configuration that it is about."""
        write = self.write("POST", json=body(**members))
        assert write.status_code == 202, write.text
        return write, write.json()["related"]["configurationId"]

    def create(self, **members: object) -> Any:
        return self.shown(self.start(**members)[1])

    def update(self, method: str, id: str, members: object) -> Any:
        assert self.write(method, id, members).status_code == 202
        return self.shown(id)

    def shown(self, id: str) -> Any:
        return shown(self.get(path_of(id)))

    def listed(self) -> Any:
        return shown(self.get(Orchestrator.path))["configurations"]


class Memory(Client):
    """Sends requests to Memory."""

    path = "/memory.twilio.com/v1/ControlPlane/Stores"
    type = "twilio/memory:Store"

    def start(self, name: str = "desk", **members: object) -> requests.Response:
        return self.post(Memory.path, {"displayName": name, **members})

    def create(self, name: str = "desk", **members: object) -> str:
        """Create a store and return its id."""
        return self.written(self.start(name, **members))

    def written(self, write: requests.Response) -> str:
        """Return the id of the store that a write is about, once it is done."""
        return str(self.operation(write)["result"]["id"])

    def item(self, id: str) -> str:
        return f"{Memory.path}/{id}"

    def statuses(self, id: str, number: int) -> list[str]:
        return [shown(self.get(self.item(id)))["status"] for _ in range(number)]


class Telephony(Client):
    """Sends requests to Ultravox's Twilio telephony."""

    path = "/api.ultravox.ai/api/telephony_configs/twilio"
    type = "ultravox:TwilioTelephony"

    def __init__(self, emulator: Emulator, key: str | None = f"{KEY_NAME}.{KEY_SECRET}") -> None:
        super().__init__(emulator, None, key)

    def create(self, **members: object) -> Any:
        return shown(self.post(Telephony.path, telephony(**members)), 201)

    def update(self, **members: object) -> Any:
        return shown(self.patch(Telephony.path, members))


def client_fixture(kind: type[Kind]) -> Callable[[Emulator], Iterator[Kind]]:

    @pytest.fixture
    def client(emulator: Emulator) -> Iterator[Kind]:
        with kind(emulator) as client:
            yield client

    return client


@contextmanager
def running(kind: type[Kind], **options: Any) -> Iterator[Kind]:
    names = switch_kinds(switch_groups())
    switches = Switches(**{name: value for name, value in options.items() if name in names})
    others = {name: value for name, value in options.items() if name not in names}
    with Emulator(switches=switches, **others) as emulator, kind(emulator) as client:
        yield client


def configuration(**members: object) -> dict[str, Any]:
    notification = {"url": "https://desk.example.com/call", "method": "POST"}
    return {"configuration": {"configurationType": "Client", "callnotification": notification}, **members}


def body(**members: object) -> dict[str, Any]:
    return {
        "displayName": "Support",
        "description": "All calls and messages",
        "conversationGroupingType": "GROUP_BY_PROFILE",
        "memoryStoreId": STORE,
        "channelSettings": {},
        **members,
    }


def telephony(**members: object) -> dict[str, Any]:
    return {"accountSid": SID, "authToken": TOKEN, **members}


def path_of(id: str) -> str:
    return f"{Orchestrator.path}/{id}" if id else Orchestrator.path


def shown(response: requests.Response, status: int = 200) -> Any:
    assert response.status_code == status, response.text
    return response.json()


def assert_refused(response: requests.Response, status: int, *words: str, code: int | None = None) -> None:
    assert response.status_code == status, response.text
    shown = response.json()
    if "/api.ultravox.ai" in response.url:
        is_detail = status != 400 or "detail" in shown
        messages = {"detail": [shown.pop("detail")]} if is_detail else shown
        message = "; ".join(f"{name}: {text}" for name, texts in messages.items() for text in texts)
        assert status == 400 or shown == {}
    else:
        message = shown.pop("message")
        code = code or CODES[status]
        page = f"https://www.twilio.com/docs/errors/{code}"
        assert shown == {"code": code, "more_info": page, "status": status}
    for word in words:
        assert word in message, message


@contextmanager
def connection(emulator: Emulator) -> Iterator[socket.socket]:
    with socket.create_connection(address(emulator), timeout=SECONDS) as opened:
        yield opened


def address(emulator: Emulator) -> tuple[str, int]:
    parts = urlsplit(emulator.url)
    return str(parts.hostname), int(parts.port or 0)


def create_request() -> bytes:
    request = requests.Request("POST", "http://a/", json=configuration(), auth=(SID, "token")).prepare()
    headers = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    text = json.dumps(configuration())
    return f"POST {Voice.path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n{text}".encode()


def receive_all(opened: socket.socket) -> bytes:
    received = b""
    while data := opened.recv(65536):
        received += data
    return received
