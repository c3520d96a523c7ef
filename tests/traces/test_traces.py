"""The driver calls the provider and keeps its answers as the real engine does."""

from __future__ import annotations

import pytest

from tests.traces.players import driver, play
from tests.traces.scenarios import SCENARIOS, recorded


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_driver_does_what_the_real_cli_was_recorded_to_do(name: str) -> None:
    with driver(SCENARIOS[name]) as player:
        played = play(SCENARIOS[name], player)

    assert [command["command"] for command in played] == [command["command"] for command in recorded(name)]
    for ours, theirs in zip(played, recorded(name), strict=True):
        assert ours["calls"] == theirs["calls"], f"if the sample has changed: make record SCENARIOS={name}"
        assert ours["state"] == theirs["state"]
