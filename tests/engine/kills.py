"""Updates that are killed at points of their way, and who is killed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pulumi_switchboard.emulator.faults import Injected

from tests.engine.processes import Command, assert_no_provider_is_left, providers, wait_for_the_end_of
from tests.engine.stack import Stack

Kill = Callable[[Command], None]
KILLS: dict[str, Kill] = {
    "the CLI": Command.kill_cli,
    "the provider process": Command.kill_provider,
    "both": Command.kill_both,
}
each_kill = pytest.mark.parametrize("kill", KILLS.values(), ids=KILLS.keys())


def up_and_kill(stack: Stack, points: list[Injected], kill: Kill, *, verb: str = "up") -> None:
    """Run an update, and kill it when every point is reached; afterwards nothing of it is left.

    No request that is held goes on before: a provider process that still lived would hear of it.
    """
    command = stack.start(verb, "--yes", "--skip-preview", "--parallel", "64")
    for point in points:
        point.wait()
    alive = providers(stack.folder)
    kill(command)
    stack.assert_clean(command.output())
    wait_for_the_end_of(alive)
    assert_no_provider_is_left(stack.folder)
    for point in points:
        point.release()
    stack.run("cancel", "--yes")
