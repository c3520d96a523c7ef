"""The vendors: the emulator in this process, reached where `requests` would open a connection."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from urllib.parse import unquote, urlsplit

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.connection import ENTRANCE, TRANSPORT
from pulumi_switchboard.emulator.faults import Action, Injected
from pulumi_switchboard.emulator.journal import JournalEntry
from requests import ConnectionError as RequestsConnectionError
from requests import PreparedRequest, Request, RequestException, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from tests.conformance.clock import TestOverError, VirtualClock, VirtualLoop

ENDPOINT = "http://127.0.0.1:4747"
"""Where nothing listens: requests to it are answered in this process."""
ACCOUNT = "AC" + "1" * 32
TOKEN = "token-that-must-not-be-shown"
ULTRAVOX_KEY = "abcd1234.SecretOfTheUltravoxKey0123456789"
OTHER_ACCOUNT = "AC" + "2" * 32
PAGE = "<html><body>A proxy answers in the vendor's place</body></html>"
"""What a proxy answers in the vendor's place."""


class Killed(BaseException):
    """The provider process has ended at this point, without any further step."""


@dataclass
class Vendor:
    """The emulator, the requests that it was sent, and what goes wrong with the next ones."""

    clock: VirtualClock
    options: Mapping[str, Any] = field(default_factory=dict)
    """What the emulator is started with."""
    is_unreachable: bool = False
    """Whether no connection can be made."""
    before: Callable[[int, PreparedRequest], None] = lambda *_: None
    """Called before each request of the provider, with its number."""
    after: Callable[[int, PreparedRequest], None] = lambda *_: None
    """Called once it is processed, before its answer is handed on."""
    is_repeated: bool = False
    """Whether the network delivers each request twice."""
    answered: Any = None
    """The body of the last answer to somebody else than the provider."""
    sent: int = 0
    """How many requests the provider has sent."""
    own: set[int] = field(default_factory=set)
    """The places in the journal of requests that were not the provider's."""

    _mistakes: list[Exception] = field(default_factory=list)
    """Errors of the test itself, which the provider takes for trouble with the connection."""
    _loops: list[VirtualLoop] = field(default_factory=list)
    _idle_loops: list[VirtualLoop] = field(default_factory=list)
    """They are used again, because the pipe of a new one takes as long as the whole request."""

    def __post_init__(self) -> None:
        self.emulator = Emulator(now=self.clock.time, **self.options)

    @contextmanager
    def reached(self) -> Iterator[None]:
        """Let all requests of this process come here. The end ends those that are never answered."""
        with (
            mock.patch.object(HTTPAdapter, "send", self._send),
            mock.patch.object(HTTPAdapter, "get_connection_with_tls_context", _no_connection),
            mock.patch("requests.sessions.get_environ_proxies", _no_proxies),
        ):
            try:
                yield
            finally:
                self.clock.close()
                for loop in self._loops:
                    loop.close()
        for mistake in self._mistakes:
            raise mistake

    def inject(self, at: str, action: Action, *, nth: int = 1, times: int | None = 1) -> Injected:
        """See `Emulator.inject`; as a context manager, it must have fired at the end."""
        return self.emulator.inject(at, action, nth=nth, times=times)

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        form: Mapping[str, Any] | None = None,
        account: str = ACCOUNT,
    ) -> Any:
        """Do something without the provider; returns the body of the answer, which is a success."""
        auth = None if "ultravox" in path else (account, TOKEN)
        headers = {"X-API-Key": ULTRAVOX_KEY} if auth is None else {}
        prepared = Request(method, ENDPOINT + path, headers, json=json, data=form, auth=auth).prepare()
        self.own.add(len(self.emulator.journal))
        response = self._exchange(HTTPAdapter(), prepared)
        response.raise_for_status()
        self.answered = response.json() if response.content else None
        return self.answered

    def objects(self, type: str, account: str = "") -> dict[str, Any]:
        """The objects of a type at the vendor, by id; in the account of the provider if none is named."""
        own = ULTRAVOX_KEY.partition(".")[0] if type.startswith("ultravox") else ACCOUNT
        return dict(self.emulator.state.get(account or own, {}).get(type, {}))

    def journal(self, since: int = 0) -> list[JournalEntry]:
        """The requests of the provider from this place in the journal on."""
        return [
            entry
            for place, entry in enumerate(self.emulator.journal)
            if place >= since and place not in self.own
        ]

    def requests(self, since: int = 0) -> list[str]:
        """Those requests as `METHOD path`, without the query."""
        return [f"{entry.method} {entry.path.partition('?')[0]}" for entry in self.journal(since)]

    def writes(self, since: int = 0) -> list[str]:
        """The requests among them that change something."""
        return [request for request in self.requests(since) if not request.startswith("GET ")]

    def _send(self, request: PreparedRequest, **_options: Any) -> Response:
        """Take the place of `HTTPAdapter.send`."""
        try:
            return self._deliver(request)
        except (RequestException, TestOverError):
            raise
        except Exception as error:
            self._mistakes.append(error)
            raise

    def _deliver(self, request: PreparedRequest) -> Response:
        assert str(request.url).startswith(f"{ENDPOINT}/"), f"a request goes elsewhere: {request.url}"
        adapter = HTTPAdapter()
        number = self.sent + 1
        self.before(number, request)
        if self.is_unreachable:
            refused = NewConnectionError(HTTPConnection("127.0.0.1"), "Connection refused")
            unreachable = MaxRetryError(HTTPConnectionPool("127.0.0.1"), str(request.url), refused)
            raise RequestsConnectionError(unreachable, request=request)
        self.sent = number
        if self.is_repeated:
            self._exchange(adapter, request)
        answer = self._exchange(adapter, request)
        self.after(number, request)
        return answer

    def _exchange(self, adapter: HTTPAdapter, request: PreparedRequest) -> Response:
        try:
            loop = self._idle_loops.pop()
        except IndexError:
            loop = VirtualLoop(self.clock)
            self._loops.append(loop)
        exchange = _Exchange(request)
        loop.run_until_complete(exchange.run(self.emulator))
        self._idle_loops.append(loop)
        return exchange.response(adapter)


class _Transport:
    """The connection of a request, as far as the emulator uses it."""

    def __init__(self) -> None:
        self.is_closed = asyncio.Event()
        self.is_aborted = False

    def is_closing(self) -> bool:
        return self.is_closed.is_set()

    def close(self) -> None:
        self.is_closed.set()

    def abort(self) -> None:
        self.is_aborted = True
        self.is_closed.set()

    def get_extra_info(self, _name: str) -> _Transport:
        return self

    def setsockopt(self, *_option: object) -> None:
        """A socket's options mean nothing here."""


class _Exchange:
    """One request to the emulator, and what comes back."""

    def __init__(self, request: PreparedRequest) -> None:
        self.request = request
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.body = b""

    async def run(self, emulator: Emulator) -> None:
        """Send the request, and wait until it is answered or the connection breaks."""
        self.transport = _Transport()
        url = urlsplit(str(self.request.url))
        headers = {**self.request.headers, "Host": url.netloc}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self.request.method,
            "scheme": "http",
            "path": unquote(url.path),
            "raw_path": url.path.encode(),
            "query_string": url.query.encode(),
            "headers": [(_octets(name).lower(), _octets(value)) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 4747),
            ENTRANCE: None,
            TRANSPORT: self.transport,
        }
        await emulator.app(scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        if not hasattr(self, "_is_received"):
            self._is_received = True
            return {"type": "http.request", "body": _octets(self.request.body or b""), "more_body": False}
        await self.transport.is_closed.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
        elif not self.transport.is_closing():
            self.body += message["body"]

    def response(self, adapter: HTTPAdapter) -> Response:
        """The answer as `requests` hands it on, or the error that it raises."""
        if self.transport.is_aborted or self.status is None:
            reset = ProtocolError(
                "Connection aborted.", ConnectionResetError(104, "Connection reset by peer")
            )
            raise RequestsConnectionError(reset, request=self.request)
        raw = HTTPResponse(
            io.BytesIO(self.body),
            self.headers,
            self.status,
            preload_content=False,
            request_method=self.request.method,
        )
        return adapter.build_response(self.request, raw)


def _no_connection(*_: object) -> None:
    """No pool of connections is needed."""


def _no_proxies(*_: object, **__: object) -> dict[str, str]:
    return {}


def _octets(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
