"""What earlier runs of a program have left of a machine."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.values import Bag

from tests.core.factory import NEW, SLOW, Fate, Works

FASTER: Bag = {**NEW, "speed": 2}


def made(works: Works, **changes: Any) -> Live:
    """A machine of an earlier run."""
    live = works.life().create({**NEW, **changes})
    assert live.unfinished is None
    works.next_run()
    return live


def left(works: Works, fate: Fate = SLOW) -> Live:
    """A machine whose create an earlier run has left unfinished."""
    works.factory.fates = [fate]
    live = works.life(seconds=20.0).create(NEW)
    assert live.unfinished is not None
    works.next_run()
    return live


def answered_late(works: Works) -> None:
    """Let the time pass that slow operations take."""
    works.clock.time += 900.0
