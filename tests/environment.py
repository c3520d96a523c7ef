"""The environment of the person who runs the tests."""

from __future__ import annotations

import pytest
from pulumi_switchboard.settings import VARIABLES

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
FILES = ("NETRC", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Name files with credentials or trusted certificates."""


def forget_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the settings, the proxies and the files, so that they have no influence."""
    for name in (*VARIABLES, *PROXIES, *map(str.lower, PROXIES), *FILES):
        monkeypatch.delenv(name, raising=False)
