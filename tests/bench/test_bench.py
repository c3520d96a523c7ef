"""What `make bench` prints; the measuring itself takes too long for a test."""

from __future__ import annotations

from importlib import import_module

import pytest

from bench.__main__ import ALL, main
from bench.result import Result
from tests.promises import proves


@proves("make.bench")
def test_the_benchmarks_print_a_table_with_whether_each_budget_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ALL:
        found = [Result(name, "1 s", "2 s", "<= 1 s", kept=name != "waits")]
        monkeypatch.setattr(import_module(f"bench.{name}"), "measure", lambda found=found: found)

    main([])
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert head == "| what | found | against | budget | |"
    verdicts = ("MISSED" if name == "waits" else "kept" for name in ALL)
    assert rows == [
        f"| {name} | 1 s | 2 s | <= 1 s | {said} |" for name, said in zip(ALL, verdicts, strict=True)
    ]


def test_an_unknown_benchmark_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(SystemExit, match=r"^there is no benchmark wait; there are processes, waits, "):
        main(["wait"])
