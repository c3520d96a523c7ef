"""Switches as text."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from pulumi_switchboard.emulator.switches import Switches, parse_switches

DOCS = Path(__file__).parents[2] / "docs" / "emulator.md"


def test_no_text_gives_the_defaults() -> None:
    assert parse_switches([]) == Switches()


def test_a_text_sets_its_switch() -> None:
    assert parse_switches(
        ["voice_timestamps=off", "voice_create_status=200", "voice_delete_of_default=refuse"]
    ) == Switches(voice_timestamps=False, voice_create_status=200, voice_delete_of_default="refuse")
    assert parse_switches(["orchestrator_lag=3"]) == Switches(orchestrator_lag=3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("voice_timestamps", "'voice_timestamps' is not of the form NAME=VALUE"),
        ("nothing=on", "there is no switch 'nothing'; there are voice_list_and_unset_default, voice_"),
        ("voice_timestamps=maybe", "voice_timestamps cannot be 'maybe'; it can be on or off"),
        ("voice_create_status=202", "voice_create_status cannot be '202'; it can be 201 or 200"),
        ("orchestrator_lag=-1", "orchestrator_lag cannot be '-1'; it can be a number from 0 up"),
        ("orchestrator_lag=", "orchestrator_lag cannot be ''; it can be a number from 0 up"),
    ],
)
def test_a_wrong_text_is_explained(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_switches([text])


def test_every_switch_is_in_the_documentation() -> None:
    documentation = DOCS.read_text()
    for field in fields(Switches):
        assert f"`{field.name}`" in documentation
