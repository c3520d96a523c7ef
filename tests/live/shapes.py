"""How an object that the vendor shows differs from the same one in the emulator: names and kinds, no values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.conformance.world import SETTINGS
from tests.live.account import Account
from tests.live.life import Life, Report
from tests.samples.sample import Sample

KINDS = {bool: "boolean", int: "number", float: "number", str: "text", type(None): "null"}
ABSENT = "nothing"


def emulated(sample: Sample, name: str, given: Mapping[str, Any]) -> Any:
    """The object as the emulator shows it after the same create and update."""
    report = Report(lambda _: None)
    with Emulator() as emulator, ExitStack() as at_end:
        account = Account({**SETTINGS, "switchboard:endpoint": emulator.url})
        life = Life(account, sample, name, report, Path())
        fewest, other = life.programs(life.given(at_end, given))
        engine = account.new_engine()
        engine.up(fewest)
        engine.up(other)
        assert engine.saved is not None
        return account.shown(sample.type, engine.saved.id)


def differences(vendor: Any, emulator: Any) -> list[str]:
    """A line for each member that only one of them has, or that is of another kind."""
    theirs, ours = dict(_kinds(vendor)), dict(_kinds(emulator))
    return [
        f"{path}: the vendor shows {theirs.get(path, ABSENT)}, the emulator {ours.get(path, ABSENT)}"
        for path in dict.fromkeys([*theirs, *ours])
        if theirs.get(path) != ours.get(path)
    ]


def _kinds(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if path and not isinstance(value, Mapping | list):
        yield path, KINDS[type(value)]
    elif path:
        yield path, "an object" if isinstance(value, Mapping) else "a list"
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _kinds(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and value:
        yield from _kinds(value[0], f"{path}[]")
