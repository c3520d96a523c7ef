"""The fixtures of the tests of the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.cli.accounts import KEY, TOKEN, Accounts


@pytest.fixture
def accounts() -> Iterator[Accounts]:
    """Empty accounts."""
    with Emulator() as emulator:
        yield Accounts(emulator)
        assert not any(secret in str(emulator.journal) for secret in (TOKEN, KEY))


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the Pulumi CLI keeps the states of stacks."""
    folder = tmp_path / "state"
    folder.mkdir()
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{folder}")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "passphrase")
    return folder
