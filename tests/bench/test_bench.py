"""The benchmarks run, and say what they have found."""

from __future__ import annotations

import subprocess
import sys

from bench.result import HEAD, Result
from tests.promises import proves


@proves("make.bench")
def test_a_benchmark_prints_a_table_and_whether_its_budget_is_kept() -> None:
    said = subprocess.check_output([sys.executable, "-m", "bench", "waits"], text=True)

    head, rule, row = said.splitlines()
    assert f"{head}\n{rule}" == HEAD
    assert row.startswith("| wait after an operation is over, 95th percentile |")
    assert str(Result("a", "b", "c", "d", kept=True)) == "| a | b | c | d | kept |"
    assert str(Result("a", "b", "c", "d", kept=False)) == "| a | b | c | d | MISSED |"


def test_an_unknown_benchmark_is_an_error_that_names_those_there_are() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bench", "wait"], stderr=subprocess.PIPE, text=True, check=False
    )

    assert (said.returncode, said.stderr.strip()) == (
        1,
        "there is no benchmark wait; there are processes, waits, no_change, look_up, cancel, operations",
    )
