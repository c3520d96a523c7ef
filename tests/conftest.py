"""What all tests share."""

from __future__ import annotations

import os
import random
import signal

import pytest
from hypothesis import HealthCheck, settings

from tests import summary

# The same examples in every run: a red run is one that its author can repeat.
settings.register_profile(
    "suite",
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],  # how fast examples are made depends on the machine
)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be that of one configuration type."""
    parser.addoption(
        "--type", metavar="KEY", help="run only the tests with this type, as twilio/voice:ClientConfiguration"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin the summary, and give the programs that tests start an ear for Ctrl-C, even where there is none.

    A shell starts background jobs with SIGINT ignored, which children inherit; the engine, the provider's
    host and the demo are told to end with that signal.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.setdefault("SEED", str(random.SystemRandom().randrange(10**6)))
    config.add_cleanup(summary.begin())


def pytest_report_header() -> str:
    """Tell where chance begins, for a run that is to be repeated."""
    return f"random histories and cases: SEED={os.environ['SEED']}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers a core: the tests with the real CLI wait for processes as much as they compute."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests with the wanted type, which is one of the parts of their id that dashes separate."""
    if key := config.getoption("type"):
        others = [item for item in items if key not in item.name.partition("[")[2].rstrip("]").split("-")]
        items[:] = [item for item in items if item not in others]
        config.hook.pytest_deselected(items=others)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what is not among the results."""
    terminalreporter.section("Pulumi commands")
    terminalreporter.line(summary.commands())
    if reasons := summary.reasons():
        terminalreporter.section("not run")
        for reason in reasons:
            terminalreporter.line(f"- {reason}")
