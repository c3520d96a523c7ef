"""The benchmarks run, and say what they have found."""

from __future__ import annotations

import subprocess
import sys

from bench.result import HEAD


def test_a_benchmark_prints_a_table_and_what_became_of_its_budget() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bench", "waits"], stdout=subprocess.PIPE, text=True, check=True
    )

    head, rule, row = said.stdout.splitlines()
    assert f"{head}\n{rule}" == HEAD
    assert row.startswith("| wait after an operation is over, 95th percentile |")
    assert row.endswith(" kept |")


def test_an_unknown_benchmark_is_an_error_that_names_those_there_are() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bench", "wait"], stderr=subprocess.PIPE, text=True, check=False
    )

    assert said.returncode == 1
    assert said.stderr.strip() == (
        "there is no benchmark wait; there are processes, waits, no_change, look_up, cancel, operations"
    )
