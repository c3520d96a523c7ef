"""The fixtures of the tests of the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.cli.accounts import KEY, SID, TOKEN
from tests.engine.account import Account
from tests.engine.stack import OF_THE_CLI


@pytest.fixture(autouse=True)
def _of_the_cli(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OF_THE_CLI.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def accounts() -> Iterator[Account]:
    """Empty accounts."""
    with Emulator() as emulator:
        yield Account(emulator, SID, KEY)
        assert not any(secret in str(emulator.journal) for secret in (TOKEN, KEY))


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the Pulumi CLI keeps the states of stacks."""
    folder = tmp_path / "state"
    folder.mkdir()
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{folder}")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "passphrase")
    return folder


@pytest.fixture
def project(tmp_path: Path, state: Path) -> Path:
    """A project without stacks."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: desk\nruntime: python\n")
    return folder
