"""Certificates are always verified, and a connection that fails for one has carried nothing."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from pulumi_switchboard.errors import LostAnswerError, SettingsError, UnreachableError
from pulumi_switchboard.http.messages import Request
from pulumi_switchboard.http.pooled import PooledTransport

from tests.http.server import Server, reset, respond, serving

AUTHORITY = trustme.CA()


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The certificates that the environment trusts."""
    path = tmp_path / "bundle.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    return path


def certified(name: str) -> ssl.SSLContext:
    """How a server presents itself that is certified for this name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that is who it says it is."""
    with serving(respond(), certified("127.0.0.1")) as server:
        yield server


def post(url: str) -> Request:
    """A request that must not be sent twice."""
    return Request("POST", url, ("AC1", "canary"), body=b"{}")


def test_certificates_of_the_environment_are_honoured(server: Server, bundle: Path) -> None:
    assert PooledTransport().send(post(server.url), 5.0).status == 200


def test_a_certificate_that_no_one_trusts_stops_the_request_before_it_is_sent(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)

    with pytest.raises(UnreachableError, match="SSLError"):
        PooledTransport().send(post(server.url), 5.0)
    assert server.seen == []


def test_a_certificate_for_another_name_stops_the_request_before_it_is_sent(bundle: Path) -> None:
    with serving(respond(), certified("else.example")) as server:
        with pytest.raises(UnreachableError, match="SSLError"):
            PooledTransport().send(post(server.url), 5.0)
        assert server.seen == []


def test_a_connection_that_breaks_off_after_the_handshake_is_a_lost_answer(
    server: Server, bundle: Path
) -> None:
    server.behave = reset

    with pytest.raises(LostAnswerError):
        PooledTransport().send(post(server.url), 5.0)
    assert len(server.seen) == 1


def test_a_server_without_tls_gets_nothing(bundle: Path) -> None:
    with serving(respond()) as server:
        with pytest.raises((UnreachableError, LostAnswerError)):
            PooledTransport().send(post(server.url.replace("http:", "https:")), 5.0)
        assert server.seen == []


@pytest.mark.parametrize("content", [None, "", "nonsense"], ids=["missing", "empty", "nonsense"])
def test_certificates_that_can_not_be_read_are_named(
    server: Server, bundle: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    other = bundle.with_name("other.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
    if content is not None:
        other.write_text(content)

    with pytest.raises(SettingsError) as caught:
        PooledTransport().send(post(server.url), 5.0)
    assert str(other) in caught.value.summary
    assert "REQUESTS_CA_BUNDLE" in caught.value.remedy
    assert server.seen == []


def test_certificates_may_be_in_a_folder(
    server: Server, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle.parent))

    with pytest.raises(UnreachableError, match="SSLError"):
        PooledTransport().send(post(server.url), 5.0)
