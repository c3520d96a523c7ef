"""Runs the soak: `python -m tests.soak --seed 7 --rounds 20 --seconds 600`, or `make soak`.

`python -m tests.soak --objects 1000`, or `make soak OBJECTS=1000`, imports a large account instead.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter

from tests.soak import large_account
from tests.soak.life import ROUNDS, FailedError, Life, RoundReport


def main(arguments: list[str]) -> int:
    """Play rounds until their number or the time is reached, or one fails; or import a large account."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not shutil.which("pulumi"):
        raise SystemExit("there is no `pulumi` on PATH: run `make soak`")
    if options.objects is not None:
        large_account.play(options.objects, lambda line: print(line, flush=True))
        return 0
    seed = random.randrange(1_000_000) if options.seed is None else options.seed  # noqa: S311 - no secret
    print(f"SEED={seed} ROUNDS={options.rounds}", flush=True)
    began, passed, counts = time.monotonic(), list[RoundReport](), Counter[str]()

    def tell(report: RoundReport) -> None:
        passed.append(report)
        print(report, flush=True)

    def has_time() -> bool:
        return options.seconds is None or time.monotonic() - began < options.seconds

    while len(passed) < options.rounds and has_time():
        try:
            counts += Life(seed, tell).play(min(ROUNDS, options.rounds - len(passed)), has_time)
        except FailedError as failed:
            traceback.print_exception(failed.__cause__, file=sys.stdout)
            print(failed, flush=True)
            return 1
        seed += 1
    print(f"{len(passed)} round{'s' * (len(passed) != 1)} passed in {time.monotonic() - began:.0f} s")
    for name, count in sorted(counts.items()):
        print(f"  {count:5} {name}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, help="where chance begins; random if not given")
    parser.add_argument("--rounds", type=int, default=20, help="how many rounds are played")
    parser.add_argument("--seconds", type=float, help="after this time no new round begins")
    parser.add_argument("--objects", type=int, help="import an account with this many objects instead")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
