"""How soon all is ready: the user's program, the provider, and the emulator in a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import psutil
from pulumi.dynamic import ResourceProvider
from pulumi.dynamic.dynamic import serialize_provider
from pulumi_switchboard.emulator import Emulator

from bench.result import Result, in_turns
from tests.dynamic.host import PROVIDER, provider_process

ROUNDS = 9
IMPORT_MILLISECONDS = 30
READY_MILLISECONDS = 300
MEGABYTES = 100
EMULATOR_MILLISECONDS = 100
INPUTS = {"call_notification": {"url": "https://desk.example.com/calls"}}


def measure() -> list[Result]:
    """Import, first call and size."""
    alone, ours = in_turns(
        [lambda: _python("import pulumi"), lambda: _python("import pulumi, pulumi_switchboard.twilio")],
        ROUNDS,
    )
    added = (ours - alone) * 1000
    trivial = serialize_provider(ResourceProvider())
    rounds = [(_started(PROVIDER), _started(trivial)) for _ in range(ROUNDS)]
    milliseconds, stock = (median(started[i][0] for started in rounds) * 1000 for i in range(2))
    megabytes = median(own[1] for own, _ in rounds) / 1e6
    emulated = in_turns([_emulated], ROUNDS)[0] * 1000
    return [
        Result(
            "program import",
            f"{added:+.1f} ms",
            f"import pulumi: {alone * 1000:.0f} ms",
            f"<= +{IMPORT_MILLISECONDS} ms",
            added <= IMPORT_MILLISECONDS,
        ),
        Result(
            "provider process, from its start to its first answer",
            f"{milliseconds:.0f} ms",
            f"one with a trivial provider: {stock:.0f} ms",
            f"<= {READY_MILLISECONDS} ms",
            milliseconds <= READY_MILLISECONDS,
        ),
        Result(
            "its resident size",
            f"{megabytes:.0f} MB",
            "",
            f"<= {MEGABYTES} MB",
            megabytes <= MEGABYTES,
        ),
        Result(
            "emulator in process, from its start to its end",
            f"{emulated:.0f} ms",
            "",
            f"<= {EMULATOR_MILLISECONDS} ms",
            emulated <= EMULATOR_MILLISECONDS,
        ),
    ]


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def _emulated() -> None:
    with Emulator():
        pass


def _started(provider: str) -> tuple[float, int]:
    """The seconds until the first answer of a process with this provider, and its resident size then."""
    with TemporaryDirectory() as folder:
        began = perf_counter()
        with provider_process(sys.executable, Path(folder)) as process:
            process.provider = provider
            process.check({}, INPUTS)
            took = perf_counter() - began
            return took, psutil.Process(process.child.pid).memory_info().rss
