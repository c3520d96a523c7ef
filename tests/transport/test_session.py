"""What the session transport sends, where it sends it, and what it returns."""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
import requests
import trustme
from pulumi_switchboard.errors import LostAnswerError, SettingsError, SwitchboardError, UnreachableError
from pulumi_switchboard.transport.connections import InterruptibleAdapter
from pulumi_switchboard.transport.messages import Request
from pulumi_switchboard.transport.session import (
    CONNECT_SECONDS,
    CONNECTIONS,
    FIRST_ANSWER_SECONDS,
    LONGEST_ERROR_BODY,
    SessionTransport,
)
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError, ProxyError

from tests.promises import proves
from tests.transport.server import Server, certificate, nobody_at, respond, serving

SECRET = "canary"
LONG = 60.0
"""Seconds; no exchange takes as long, unless something is wrong."""
BASIC = "Basic " + base64.b64encode(b"AC1:canary").decode()
HOSTS = ("localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]")
"""Names of this machine."""


def to(url: str, method: str = "GET", body: bytes | None = None) -> Request:
    return Request(method, url, ("AC1", SECRET), {"X-Mine": "yes"}, body)


def with_key(url: str) -> Request:
    return Request("PATCH", url, headers={"X-API-Key": SECRET}, body=b"{}")


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port at which no one listens."""
    with nobody_at() as port:
        yield port


@contextmanager
def fails_without_secret(
    kind: type[SwitchboardError], text: str
) -> Iterator[pytest.ExceptionInfo[SwitchboardError]]:
    """Expect an error that shows no secret, neither itself nor in an error before it."""
    with pytest.raises(kind) as caught:
        yield caught
    assert text in str(caught.value)
    assert SECRET not in str(caught.value)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)


@proves("transport.user-agent")
def test_a_request_arrives_unchanged(server: Server, transport: SessionTransport) -> None:
    server.behave = respond(headers={"Twilio-Request-ID": "RQ1"})
    for method in ("GET", "PUT", "POST", "PATCH", "DELETE"):
        body = b'{"a": 1}' if method in ("PUT", "POST", "PATCH") else None
        response = transport.send(to(f"{server.url}/v2/a%2Fb?x=1", method, body), LONG)

        seen = server.seen.pop()
        assert (seen.method, seen.target, seen.body) == (method, "/v2/a%2Fb?x=1", body or b"")
        assert seen.headers["authorization"] == BASIC
        assert seen.headers["user-agent"] == f"pulumi-switchboard/{version('pulumi-switchboard')}"
        assert (seen.headers["accept"], seen.headers["x-mine"]) == ("application/json", "yes")
        assert (response.status, response.body) == (200, b"{}")
        assert response.headers["twilio-request-id"] == "RQ1"
        assert server.seen == []

    transport.send(Request("GET", server.url, ("AC1", "to€ken")), LONG)
    assert base64.b64decode(server.seen[0].headers["authorization"][6:]).decode() == "AC1:to€ken"


@proves("text.cut")
def test_only_the_beginning_of_a_long_error_answer_is_read(
    server: Server, transport: SessionTransport
) -> None:
    body = b"x" * (20 * LONGEST_ERROR_BODY)
    for status in (301, 400, 401, 404, 429, 500, 503):
        server.behave = respond(status, body)
        response = transport.send(to(server.url), LONG)
        assert (response.status, response.body) == (status, body[:LONGEST_ERROR_BODY])
        server.behave = respond()
        assert transport.send(to(server.url), LONG).body == b"{}", "the rest is not part of the next answer"

    server.behave = respond(400, b"x" * LONGEST_ERROR_BODY, length=LONGEST_ERROR_BODY + 1)
    assert len(transport.send(to(server.url), LONG).body) == LONGEST_ERROR_BODY, "the rest never arrives"


@proves("transport.only-to-the-vendor")
def test_a_redirect_is_not_followed_and_neither_netrc_nor_cookies_apply(
    server: Server, transport: SessionTransport, tmp_path: Path
) -> None:
    netrc = "machine 127.0.0.1 login someone password else\ndefault login someone password else\n"
    (tmp_path / ".netrc").write_text(netrc)
    with serving(respond()) as elsewhere:
        location = f"{elsewhere.url}/stolen"
        for status in (301, 302, 303, 307, 308):
            server.behave = respond(status, b"", {"Location": location, "Set-Cookie": "session=1; Path=/"})
            for request in (
                to(server.url, "POST", b"{}"),
                with_key(server.url),
                with_key(server.url.replace("://", "://u:p@")),
            ):
                response = transport.send(request, LONG)
                assert (response.status, response.headers["location"]) == (status, location)
        assert elsewhere.seen == []

    assert [seen.headers.get("authorization") for seen in server.seen] == [BASIC, None, None] * 5
    assert [seen.headers.get("x-api-key") for seen in server.seen] == [None, SECRET, SECRET] * 5
    assert not any("cookie" in seen.headers for seen in server.seen)


@proves("transport.proxies-and-certificates")
def test_a_proxy_of_the_environment_is_used_except_for_hosts_that_need_none(
    server: Server, transport: SessionTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    transport.send(to("http://voice.example/v2/x"), LONG)
    assert [seen.target for seen in server.seen] == ["http://voice.example/v2/x"]

    monkeypatch.setenv("NO_PROXY", "voice.invalid")
    with pytest.raises(UnreachableError):
        transport.send(to("http://voice.invalid/x"), LONG)
    assert len(server.seen) == 1


@proves("transport.proxies-and-certificates")
@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_request_to_this_machine_never_goes_through_a_proxy(
    server: Server,
    transport: SessionTransport,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    closed_port: int,
) -> None:
    monkeypatch.setenv(variable, server.url)
    with serving(respond(), host="::") as endpoint:
        for host in HOSTS:
            assert transport.send(to(f"http://{host}:{endpoint.port}/x"), LONG).status == 200
        assert len(endpoint.seen) == len(HOSTS)
    for unresolvable in ("localhost.", "127.0.0.1."):
        with pytest.raises((UnreachableError, SettingsError)):
            transport.send(to(f"http://{unresolvable}:{closed_port}/x"), LONG)
    assert server.seen == []


def test_a_request_that_cannot_be_sent_is_an_error_without_a_secret(
    transport: SessionTransport, monkeypatch: pytest.MonkeyPatch, closed_port: int
) -> None:
    for request in (
        *(to(f"http://u:{SECRET}@{host}/x", "POST") for host in ("[::1", "127.0.0.1:999999", "..")),
        Request("POST", "http://127.0.0.1/x", ("AC1", f"{SECRET}\udcff")),
        Request("POST", "http://127.0.0.1/x", headers={"X-API-Key": f"{SECRET}\n"}),
    ):
        with fails_without_secret(SettingsError, "no request can be made to"):
            transport.send(request, LONG)

    url = "http://voice.invalid/x"
    with fails_without_secret(UnreachableError, f"no connection to {url} (ConnectionError)"):
        transport.send(to(f"{url}?token={SECRET}", "POST"), LONG)

    monkeypatch.setenv("HTTP_PROXY", f"http://user:{SECRET}@127.0.0.1:{closed_port}")
    with fails_without_secret(UnreachableError, "no connection to http://voice.example/v2/x"):
        transport.send(to("http://voice.example/v2/x", "POST"), LONG)


def test_a_server_that_cannot_be_reached_in_time_has_got_nothing(
    server: Server, transport: SessionTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def time_out(_address: object, timeout: float, **_options: object) -> None:
        waited.append(timeout)
        raise TimeoutError

    monkeypatch.setattr("urllib3.util.connection.create_connection", time_out)
    for timeout in (0.5, LONG):
        with pytest.raises(UnreachableError, match=r"no connection to .* \(ConnectTimeout\)"):
            transport.send(to(server.url, "POST"), timeout)
    assert waited == [0.5, CONNECT_SECONDS]


def test_an_error_of_a_proxy_that_proves_nothing_is_a_lost_answer(
    transport: SessionTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cause in (OSError(113, "No route to host"), ConnectionResetError(), EOFError("the end")):
        reason = MaxRetryError(HTTPConnectionPool("proxy.example"), "/x", ProxyError("a proxy", cause))
        send = Mock(side_effect=requests.exceptions.ProxyError(reason))
        monkeypatch.setattr(InterruptibleAdapter, "send", send)
        with pytest.raises(LostAnswerError, match="no whole answer to POST"):
            transport.send(to("http://voice.example/v2/x", "POST"), LONG)


@proves("transport.parallel")
def test_as_many_requests_as_run_at_once_keep_their_connections(
    server: Server, transport: SessionTransport
) -> None:
    all_are_here = Barrier(CONNECTIONS)
    connections: set[object] = set()

    def answer_all_together(peer: socket.socket) -> bool:
        connections.add(peer.getpeername())
        all_are_here.wait(LONG)
        return respond()(peer)

    server.behave = answer_all_together
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        for _ in range(2):
            sent = [threads.submit(transport.send, to(server.url), LONG) for _ in range(CONNECTIONS)]
            assert [one.result().status for one in sent] == [200] * CONNECTIONS
    assert len(connections) == CONNECTIONS


@proves("endpoint.nothing-listens")
def test_where_no_server_of_this_machine_has_ever_been_the_error_names_the_command_that_starts_one(
    transport: SessionTransport, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_switchboard.transport.session.FIRST_ANSWER_SECONDS", 0.0)
    for host in ("localhost", "127.0.0.1", "[::1]"):
        where = f"{host}:{closed_port}"
        url = f"http://u:{SECRET}@{where}/x?token={SECRET}"
        with fails_without_secret(SettingsError, f"nothing listens at http://{where}\n") as caught:
            transport.send(to(url, "POST"), LONG)
        assert f"`switchboard emulator --port {closed_port}`" in str(caught.value)
        assert "switchboard:endpoint (SWITCHBOARD_ENDPOINT)" in str(caught.value)


def test_a_server_that_goes_away_while_it_answers_the_first_request_is_one_that_was_there(
    transport: SessionTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as threads:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        first = threads.submit(transport.send, to(url), LONG)
        peer = listener.accept()[0]
        listener.close()

        def let_the_first_be_answered(seconds: float) -> None:
            paused.append(seconds)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            peer.close()
            assert first.result().status == 200

        # Only there: a server of another test may be asleep at the same time.
        time = SimpleNamespace(sleep=let_the_first_be_answered)
        monkeypatch.setattr("pulumi_switchboard.transport.session.time", time)
        with pytest.raises(UnreachableError, match="no connection to"):
            transport.send(to(url), LONG)
    assert paused == [FIRST_ANSWER_SECONDS]


@proves("endpoint.nothing-listens")
def test_a_server_of_this_machine_that_was_there_before_may_be_restarting(
    transport: SessionTransport,
) -> None:
    closes = {"Connection": "close"}
    for behave in (
        respond(headers=closes, length=2),
        respond(503, headers=closes, length=2),
        respond(length=100),
    ):
        with serving(behave) as server, suppress(LostAnswerError):
            transport.send(to(server.url), LONG)
        with nobody_at(server.port), pytest.raises(UnreachableError, match="no connection to"):
            transport.send(to(server.url), LONG)


@proves("transport.tls", "transport.proxies-and-certificates")
def test_only_the_certificates_of_the_environment_are_trusted(
    authority: trustme.CA, bundle: Path, transport: SessionTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = certificate(authority, "127.0.0.1")
    with serving(respond(), tls) as server:
        assert transport.send(to(server.url, "POST"), LONG).status == 200
    with serving(respond(), tls) as server:
        for trusted in ("", str(bundle.parent)):
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", trusted)
            with pytest.raises(UnreachableError, match="SSLError") as caught:
                transport.send(to(server.url, "POST"), LONG)
            assert "certificate is not trusted" in caught.value.remedy
            assert "REQUESTS_CA_BUNDLE" in caught.value.remedy
        assert server.seen == []


@proves("transport.tls")
def test_a_server_without_tls_gets_nothing(server: Server, transport: SessionTransport, bundle: Path) -> None:
    with pytest.raises((UnreachableError, LostAnswerError)):
        transport.send(to(server.url.replace("http:", "https:"), "POST"), 0.5)
    assert server.seen == []


@proves("transport.proxies-and-certificates")
def test_a_file_of_certificates_that_cannot_be_read_is_named_where_it_is_needed(
    server: Server, transport: SessionTransport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for content in (None, "", "nonsense"):
        bundle = tmp_path / f"{content}.pem"
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        if content is not None:
            bundle.write_text(content)
        with pytest.raises(SettingsError) as caught:
            transport.send(to("https://127.0.0.1:1", "POST"), LONG)
        assert str(bundle) in caught.value.summary
        assert "REQUESTS_CA_BUNDLE" in caught.value.remedy
        assert transport.send(to(server.url), LONG).status == 200, "no certificate is needed"
