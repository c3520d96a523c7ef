"""Runs the demo: `python -m tools.demo`, with `.tools/bin` and `.venv/bin` first on PATH."""

import signal
import sys

from tools.demo.processes import DemoError
from tools.demo.story import tell


def main() -> int:
    """Run the demo and return the exit status."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    try:
        tell()
    except DemoError as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing is left running.", file=sys.stderr)
        return 128 + signal.SIGINT
    return 0


if __name__ == "__main__":
    sys.exit(main())
