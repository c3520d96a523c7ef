"""Runs the benchmarks, all or those named: `python -m bench operations waits look_up`."""

from __future__ import annotations

import sys
from importlib import import_module

from bench.result import HEAD, Result

ALL = ("processes", "waits", "no_change", "look_up", "cancel", "accounts", "operations")


def main(names: list[str]) -> None:
    """Measure, and print a table. A budget that is missed is shown and ends nothing: machines differ."""
    unknown = set(names) - set(ALL)
    if unknown:
        raise SystemExit(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(ALL)}")
    print(HEAD, flush=True)
    for name in names or ALL:
        found: list[Result] = import_module(f"bench.{name}").measure()
        for result in found:
            print(result, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
