"""Makes the environment of each pair: `python -m tools.pythons`, with the Python of `.venv`."""

import shutil
from collections.abc import Collection
from pathlib import Path

from tools.pulumi_cli.cache import locked
from tools.pythons.interpreters import SUPPORTED, UNPROVEN, installed
from tools.pythons.pairs import PYTHONS, environment, pairs
from tools.setup.steps import TOOLS


def main() -> None:
    """Make what is not made, one run of this checkout at a time, and name the Pythons that are not here."""
    interpreters = installed()
    wanted = pairs(interpreters)
    with locked(TOOLS / "pythons.lock"):
        for pair in wanted:
            environment(pair).ensure()
        remove_others({pair.name for pair in wanted})
    absent = [name for name in (*SUPPORTED, *UNPROVEN) if name not in interpreters]
    print(f"not installed, so not proven: {', '.join(absent) or 'none'}", flush=True)


def remove_others(names: Collection[str], place: Path = PYTHONS) -> None:
    """Remove the environments of other pairs, such as those of an SDK that was the newest before."""
    for folder in place.iterdir():
        if folder.name not in names:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
