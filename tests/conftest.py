"""What all tests share."""

from __future__ import annotations

import os

import pytest


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers a core: the tests with the real CLI wait for processes as much as they compute."""
    return 2 * (os.cpu_count() or 1)
