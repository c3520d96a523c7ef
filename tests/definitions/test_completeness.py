"""Every type has all files and rows that it consists of, and each of these has a type."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.emulator.apis import discover

from tests.promises import proves
from tests.samples import every
from tools.generate.completeness import gaps, gaps_here

KEY, PATH = "twilio/voice:ClientConfiguration", "twilio/voice/client_configuration.py"
PROGRAMS = {"examples/desk.py": 'desk = twilio.voice.ClientConfiguration("desk", …)'}
PACKAGE = "provider/pulumi_switchboard"
CLIENTS = "voice.twilio.com/v2/Configurations/Client"
NO_TYPE = (
    f"the emulated API of {CLIENTS}/Default has no sample: add that of its type to tests/samples/, "
    f"and the definition to {PACKAGE}/definitions/ if there is none"
)
NO_DEFINITION = f"no definition: add one to {PACKAGE}/definitions/"
NO_API = f"no emulated API answers nowhere/at/all of the sample of {KEY}: add one to {PACKAGE}/emulator/apis/"
(SAMPLE,) = (sample for sample in every() if sample.type == KEY)
HOST, *SEGMENTS = CLIENTS.split("/")
APIS = [api for api in discover() if api.host == HOST and api.has(["", *SEGMENTS])]
WHOLE = {
    "types": {KEY: PATH},
    "samples": [SAMPLE],
    "apis": APIS,
    "examples": PROGRAMS,
    "tables": {"docs/emulator.md": {KEY}},
}


@proves("make.check")
def test_every_type_is_complete() -> None:
    lacking = gaps_here(list(definitions.every()))
    assert not lacking, "\n".join(lacking)


@proves("make.check")
@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({}, []),
        ({"samples": []}, [f"{KEY} has no sample: add tests/samples/{PATH}", NO_TYPE]),
        (
            {"types": {}},
            [
                f"there is a sample of {KEY}, but {NO_DEFINITION}",
                f"examples/desk.py declares twilio.voice.ClientConfiguration, which has {NO_DEFINITION}",
            ],
        ),
        ({"samples": [replace(SAMPLE, collection="nowhere/at/all")]}, [NO_API, NO_TYPE]),
        (
            {"examples": {}},
            ["no example declares twilio.voice.ClientConfiguration: add it to a program in examples/"],
        ),
        (
            {"tables": {"docs/emulator.md": set()}},
            [f"{KEY} is not in docs/emulator.md: add it to the table there"],
        ),
    ],
)
def test_what_is_missing_is_said_with_the_file_to_add(change: Any, sentences: list[str]) -> None:
    assert gaps(**{**WHOLE, **change}) == sentences
