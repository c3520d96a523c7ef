"""Random histories of one resource, which the real CLI and the driver play alike."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from pulumi_switchboard.emulator.faults import Action, Answer, Reset

from tests.samples import every
from tests.samples.sample import REQUIRED, Sample
from tests.traces.players import cli, driver, play
from tests.traces.scenario import Scenario, Step

HISTORIES = 3
EDITS = 4
"""After the first command of a history, and before the last."""
TROUBLE: list[Action] = [Answer(400), Answer(503), Reset(), Reset(after=True)]


def history(chance: random.Random) -> Scenario:
    """A resource that is deployed, edited, changed by others, refreshed and destroyed."""
    sample = chance.choice(every())
    steps: list[Step] = [Step("up")]
    changes: dict[str, object] = {}
    for _ in range(EDITS):
        changes = {**changes, **_edit(sample, chance)}
        steps += _change_by_others(sample, chance)
        faults = {"*": chance.choice(TROUBLE)} if chance.random() < 1 / 4 else {}
        steps.append(Step(chance.choice(["up", "up", "preview", "refresh"]), changes, {}, faults, fails=None))
    return Scenario(sample.type, [*steps, Step("up", changes), Step("destroy", changes)])


def _edit(sample: Sample, chance: random.Random) -> dict[str, object]:
    """Other values of one argument, at its own path."""
    field = chance.choice(sample.changeable)
    values = [field.changed] if field.cleared is REQUIRED else [field.changed, None]
    return {field.path: chance.choice(values)}


def _change_by_others(sample: Sample, chance: random.Random) -> list[Step]:
    """Nothing, another value of one argument, or the end of the object, which a refresh sees."""
    if chance.random() < 1 / 2:
        return []
    if sample.setting is None and chance.random() < 1 / 4:
        return [Step("remove"), Step("refresh"), Step("up")]
    field = chance.choice(sample.drifting)
    return [Step("change", {field.wire: field.drifted})]


@pytest.mark.parametrize("number", range(HISTORIES))
def test_a_random_history_is_the_same_with_the_real_cli_and_the_driver(number: int, tmp_path: Path) -> None:
    scenario = history(random.Random(int(os.environ["SEED"]) + number))  # noqa: S311 - not for a secret

    with driver(scenario) as player:
        ours = play(scenario, player)
    with cli(scenario, tmp_path) as player:
        theirs = play(scenario, player)

    assert ours == theirs, scenario
