"""What all tests share."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

# The same examples in every run: a red run is one that its author can repeat.
settings.register_profile("suite", max_examples=50, deadline=None, derandomize=True)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Give the programs that tests start an ear for Ctrl-C, even where this one was started without.

    A shell starts background jobs with SIGINT ignored, which children inherit; the engine, the provider's
    host and the demo are told to end with that signal.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers a core: the tests with the real CLI wait for processes as much as they compute."""
    return 2 * (os.cpu_count() or 1)
