"""The tester's own settings and network have no influence."""

from __future__ import annotations

import pytest

from tests.environment import forget_settings


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_settings(monkeypatch)
