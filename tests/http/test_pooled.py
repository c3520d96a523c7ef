"""The transport over a real network, as far as this machine."""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from pulumi_switchboard.errors import LostAnswerError, SettingsError, UnreachableError
from pulumi_switchboard.http.messages import Request
from pulumi_switchboard.http.pooled import LONGEST_REFUSAL, PooledTransport

from tests.http.environment import without_proxies
from tests.http.server import Server, reset, respond, serving

SECRET = "canary"


@pytest.fixture(autouse=True)
def _environment_of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy, certificate or netrc of the tester's own."""
    without_proxies(monkeypatch)
    monkeypatch.delenv("NETRC", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that answers with an empty object."""
    with serving(respond()) as running:
        yield running


@pytest.fixture
def transport() -> Iterator[PooledTransport]:
    """The transport; its connections are closed after the test."""
    pooled = PooledTransport()
    yield pooled
    pooled.close()


def signed(url: str) -> Request:
    """A request that is signed in a header of its own."""
    return Request("PATCH", url, headers={"X-API-Key": SECRET}, body=b"{}")


def to(url: str, method: str = "GET", body: bytes | None = None) -> Request:
    """A request to this URL."""
    return Request(method, url, ("AC1", SECRET), {"X-Mine": "yes"}, body)


def closed_port() -> int:
    """A port at which no one listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "PATCH", "DELETE"])
def test_a_request_arrives_as_it_is(server: Server, transport: PooledTransport, method: str) -> None:
    body = b'{"a": 1}' if method in ("PUT", "POST", "PATCH") else None

    response = transport.send(to(f"{server.url}/v2/a%2Fb?x=1", method, body), 5.0)

    (seen,) = server.seen
    assert (seen.method, seen.target, seen.body) == (method, "/v2/a%2Fb?x=1", body or b"")
    assert seen.headers["authorization"] == "Basic " + base64.b64encode(b"AC1:canary").decode()
    assert seen.headers["user-agent"] == f"pulumi-switchboard/{version('pulumi-switchboard')}"
    assert seen.headers["accept"] == "application/json"
    assert seen.headers["x-mine"] == "yes"
    assert (response.status, response.body) == (200, b"{}")


def test_the_names_of_headers_are_lower_case(server: Server, transport: PooledTransport) -> None:
    server.behave = respond(headers={"Twilio-Request-ID": "RQ1"})

    assert transport.send(to(server.url), 5.0).headers["twilio-request-id"] == "RQ1"


@pytest.mark.parametrize("status", [204, 301, 400, 401, 404, 429, 500, 503])
def test_every_status_is_an_answer(server: Server, transport: PooledTransport, status: int) -> None:
    server.behave = respond(status, b"")

    assert transport.send(to(server.url), 5.0).status == status


def test_characters_outside_of_latin_1_in_a_secret_are_sent_as_utf_8(
    server: Server, transport: PooledTransport
) -> None:
    transport.send(Request("GET", server.url, ("AC1", "to€ken")), 5.0)

    sent = base64.b64decode(server.seen[0].headers["authorization"].removeprefix("Basic "))
    assert sent.decode() == "AC1:to€ken"


def test_a_refused_connection_never_arrived(transport: PooledTransport) -> None:
    url = f"http://127.0.0.1:{closed_port()}/x"

    with pytest.raises(UnreachableError) as caught:
        transport.send(to(f"{url}?token={SECRET}", "POST"), 5.0)

    assert f"no connection to {url} (ConnectionError)" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_name_that_does_not_resolve_never_arrived(transport: PooledTransport) -> None:
    with pytest.raises(UnreachableError):
        transport.send(to("http://voice.invalid/x", "POST"), 5.0)


def test_a_connection_that_breaks_off_is_a_lost_answer(server: Server, transport: PooledTransport) -> None:
    server.behave = reset

    with pytest.raises(LostAnswerError) as caught:
        transport.send(to(f"{server.url}/x?token={SECRET}", "POST", b"{}"), 5.0)

    assert len(server.seen) == 1
    assert f"no whole answer to POST {server.url}/x" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_half_a_body_is_a_lost_answer(server: Server, transport: PooledTransport) -> None:
    server.behave = respond(201, b'{"id": ', length=100)

    with pytest.raises(LostAnswerError):
        transport.send(to(server.url, "POST", b"{}"), 5.0)


def test_a_body_that_cannot_be_unpacked_is_a_lost_answer(server: Server, transport: PooledTransport) -> None:
    server.behave = respond(201, b"no gzip", {"Content-Encoding": "gzip"})

    with pytest.raises(LostAnswerError):
        transport.send(to(server.url, "POST", b"{}"), 5.0)


def test_an_answer_that_does_not_come_in_time_is_lost(transport: PooledTransport) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        with pytest.raises(LostAnswerError, match="ReadTimeout"):
            transport.send(to(f"http://127.0.0.1:{listener.getsockname()[1]}/", "POST"), 0.05)


@pytest.mark.parametrize("status", [302, 400, 404, 503])
def test_of_a_long_refusal_only_the_beginning_is_read(
    server: Server, transport: PooledTransport, status: int
) -> None:
    body = b"x" * (20 * LONGEST_REFUSAL)
    server.behave = respond(status, body)

    response = transport.send(to(server.url), 5.0)

    assert (response.status, response.body) == (status, body[:LONGEST_REFUSAL])
    server.behave = respond()
    assert transport.send(to(server.url), 5.0).body == b"{}", "the rest is no part of the next answer"


def test_so_it_is_if_the_rest_never_comes(server: Server, transport: PooledTransport) -> None:
    server.behave = respond(400, b"x" * LONGEST_REFUSAL, length=LONGEST_REFUSAL + 1)

    assert len(transport.send(to(server.url), 5.0).body) == LONGEST_REFUSAL


def test_a_redirect_is_an_answer_and_not_followed(server: Server, transport: PooledTransport) -> None:
    with serving(respond()) as elsewhere:
        server.behave = respond(307, b"", {"Location": f"{elsewhere.url}/stolen"})

        response = transport.send(to(server.url, "POST", b"{}"), 5.0)

        assert (response.status, response.headers["location"]) == (307, f"{elsewhere.url}/stolen")
        assert elsewhere.seen == []
    assert len(server.seen) == 1


def test_a_netrc_never_applies(server: Server, transport: PooledTransport, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login someone password else\n")

    transport.send(to(server.url), 5.0)

    assert server.seen[0].headers["authorization"] == "Basic " + base64.b64encode(b"AC1:canary").decode()


@pytest.mark.parametrize("login", ["", "u:p@"])
def test_a_request_signed_in_a_header_is_not_signed_otherwise(
    server: Server, transport: PooledTransport, tmp_path: Path, login: str
) -> None:
    (tmp_path / ".netrc").write_text("default login someone password else\n")

    transport.send(signed(server.url.replace("://", f"://{login}")), 5.0)

    (seen,) = server.seen
    assert seen.headers["x-api-key"] == SECRET
    assert "authorization" not in seen.headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_what_signs_a_request_goes_nowhere_else(
    server: Server, transport: PooledTransport, status: int
) -> None:
    with serving(respond()) as elsewhere:
        server.behave = respond(status, b"", {"Location": f"{elsewhere.url}/stolen"})

        assert transport.send(signed(server.url), 5.0).status == status
        assert elsewhere.seen == []


def test_a_proxy_of_the_environment_is_honoured(
    server: Server, transport: PooledTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)

    transport.send(to("http://voice.example/v2/x"), 5.0)

    assert [seen.target for seen in server.seen] == ["http://voice.example/v2/x"]


def test_so_are_the_hosts_that_need_none(
    server: Server, transport: PooledTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    assert transport.send(to(f"{server.url}/x"), 5.0).status == 200
    assert [seen.target for seen in server.seen] == ["/x"]


def test_a_proxy_that_is_not_there_never_carried_the_request(
    transport: PooledTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://user:{SECRET}@127.0.0.1:{closed_port()}")

    with pytest.raises(UnreachableError) as caught:
        transport.send(to("http://voice.example/v2/x", "POST"), 5.0)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
@pytest.mark.parametrize(
    "host", ["localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_a_request_to_this_machine_never_goes_through_a_proxy(
    transport: PooledTransport, monkeypatch: pytest.MonkeyPatch, variable: str, host: str
) -> None:
    with serving(respond()) as proxy, serving(respond(), host="::") as endpoint:
        monkeypatch.setenv(variable, proxy.url)
        port = endpoint.url.rpartition(":")[2]

        assert transport.send(to(f"http://{host}:{port}/x"), 5.0).status == 200

        assert proxy.seen == []
    assert [seen.target for seen in endpoint.seen] == ["/x"]


@pytest.mark.parametrize("host", ["localhost.", "127.0.0.1."])
def test_nor_does_one_whose_host_ends_in_a_dot_even_if_the_system_cannot_resolve_that(
    transport: PooledTransport, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    with serving(respond()) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)

        with pytest.raises(UnreachableError):
            transport.send(to(f"http://{host}:{closed_port()}/x"), 5.0)

        assert proxy.seen == []


def test_no_cookie_is_kept(server: Server, transport: PooledTransport) -> None:
    server.behave = respond(headers={"Set-Cookie": "session=1; Path=/"})

    transport.send(to(server.url), 5.0)
    transport.send(to(server.url), 5.0)

    assert ["cookie" in seen.headers for seen in server.seen] == [False, False]


def test_a_url_that_cannot_be_requested_is_an_error_of_ours_without_the_url(
    transport: PooledTransport,
) -> None:
    with pytest.raises(SettingsError) as caught:
        transport.send(to(f"http://u:{SECRET}@[::1/x", "POST"), 5.0)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "sent",
    [
        Request("POST", "http://127.0.0.1/x", ("AC1", f"{SECRET}\udcff")),
        Request("POST", "http://127.0.0.1/x", headers={"X-API-Key": f"{SECRET}\n"}),
        Request("POST", f"http://u:{SECRET}@127.0.0.1:999999/x", ("AC1", SECRET)),
        Request("POST", f"http://u:{SECRET}@../x", ("AC1", SECRET)),
    ],
)
def test_what_can_not_be_sent_is_said_to_be_so_without_a_secret(
    transport: PooledTransport, sent: Request
) -> None:
    with pytest.raises(SettingsError, match="no request can be made to") as caught:
        transport.send(sent, 5.0)
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__
