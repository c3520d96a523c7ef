"""The tester's own settings and network have no influence."""

from __future__ import annotations

import pytest
from pulumi_switchboard.settings import VARIABLES

NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, *NETWORK, *map(str.lower, NETWORK), "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
