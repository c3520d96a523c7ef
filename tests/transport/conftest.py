"""Fixtures of the transport tests. The tester's own environment has no influence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from pulumi_switchboard.transport.session import SessionTransport

from tests.environment import forget_settings
from tests.transport.server import Server, respond, serving


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forget_settings(monkeypatch)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of trusted certificates that the environment names: that of the authority."""
    path = tmp_path / "bundle.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    return path


@pytest.fixture
def transport() -> Iterator[SessionTransport]:
    transport = SessionTransport()
    yield transport
    transport.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(respond()) as running:
        yield running
