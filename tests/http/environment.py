"""The environment of nobody: tests find no settings of the tester's own."""

from __future__ import annotations

import pytest


def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no proxy be set."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
