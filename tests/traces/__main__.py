"""Records every scenario with the real CLI, or those that are named: `python -m tests.traces [NAME ...]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.traces.players import cli, play
from tests.traces.scenarios import RECORDED, SCENARIOS


def main() -> None:
    """Record the scenarios."""
    RECORDED.mkdir(exist_ok=True)
    for name in sys.argv[1:] or SCENARIOS:
        with TemporaryDirectory() as folder, cli(SCENARIOS[name], Path(folder)) as player:
            commands = play(SCENARIOS[name], player)
        lines = "".join(json.dumps(command, sort_keys=True) + "\n" for command in commands)
        (RECORDED / f"{name}.jsonl").write_text(lines)
        print(f"{name}: {len(commands)} commands", flush=True)


if __name__ == "__main__":
    main()
