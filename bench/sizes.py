"""The size of the provider processes of a stack, seen by its program while all of them run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from tests.engine.processes import providers
from tests.engine.stack import Stack

HOST = "pulumi.dynamic"
"""The module that such a process runs; the shell that waits for it does not count."""


@dataclass(frozen=True)
class Size:
    """When a provider process began, and its memory in bytes."""

    began: float
    resident: int
    proportional: int
    """What is shared with other processes counts in part; where that is not known, it does not count."""


def sizes(folder: Path) -> list[Size]:
    """The processes of the stack in this folder, the oldest first."""
    found = []
    for process in providers(folder):
        with process.oneshot():
            if HOST in process.cmdline():
                memory = process.memory_full_info()
                proportional = getattr(memory, "pss", memory.uss)
                found.append(Size(process.create_time(), memory.rss, proportional))
    return sorted(found, key=lambda size: size.began)


def export(resources: str) -> str:
    """The end of a program that exports the sizes as soon as the resources in this list are deployed."""
    return f"""
    from pathlib import Path

    from bench import sizes

    ready = pulumi.Output.all(*(resource.id for resource in {resources}))
    pulumi.export("sizes", ready.apply(lambda _: sizes.as_output(Path.home())))
"""


def as_output(folder: Path) -> list[dict[str, float]]:
    """The sizes as a program exports them."""
    return [asdict(size) for size in sizes(folder)]


def exported(stack: Stack) -> list[Size]:
    """The sizes that the last update has exported."""
    return [Size(**size) for size in stack.outputs()["sizes"]]
