"""Orchestrator configurations in a program, in state and at the vendor, told by their display names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.engine.orchestrator import STORE, TYPE
from tests.engine.orchestrator import ids as ids_in_state
from tests.engine.stack import ACCOUNT, Stack

ALL_AT_ONCE = ("--parallel", "64")
GO_ON = (*ALL_AT_ONCE, "--continue-on-error")
SHORT = "create='5s', update='5s', delete='5s'"
"""The time of a call that is to run out of it."""
LATER = 120.0
"""Seconds after which nothing is new to the vendor any more."""


def program(names: Iterable[str], text: str = "first", *, times: str = "", short: Iterable[str] = ()) -> str:
    """A configuration for each name, with that display name, and this description.

    Args:
        names: The names.
        text: The description of all of them.
        times: The `custom_timeouts`, as arguments.
        short: To which they apply; to all if not given.
    """
    return f"""
        for name in {list(names)!r}:
            times = pulumi.CustomTimeouts({times}) if name in {list(short or names)!r} else None
            twilio.orchestrator.Configuration(
                name,
                display_name=name,
                description="{text}",
                conversation_grouping_type="GROUP_BY_PROFILE",
                memory_store_id="{STORE}",
                opts=pulumi.ResourceOptions(custom_timeouts=times),
            )
        """


def shown(emulator: Emulator) -> dict[str, dict[str, Any]]:
    """The configurations of the account by their names; never are there two of a name."""
    objects = emulator.state.get(ACCOUNT, {}).get(TYPE, {})
    named = {configuration["displayName"]: configuration for configuration in objects.values()}
    assert len(named) == len(objects), f"there are two objects of one resource: {objects}"
    return named


def ids_at_vendor(emulator: Emulator) -> dict[str, str]:
    """The ids of the configurations by their names."""
    return {name: configuration["id"] for name, configuration in shown(emulator).items()}


def assert_as_programmed(stack: Stack, emulator: Emulator, names: Iterable[str], text: str = "first") -> None:
    """There is one configuration for each name, as the program says; state knows it, and nothing is left."""
    found = shown(emulator)
    assert {name: found[name]["description"] for name in sorted(found)} == dict.fromkeys(sorted(names), text)
    assert ids_in_state(stack) == ids_at_vendor(emulator)
    stack.assert_settled()


def errors(output: str, verb: str) -> dict[str, str]:
    """The whole errors with which the verb failed, by the name of the resource."""
    start = rf"(?:error: |\* )could not {verb} twilio\.orchestrator\.Configuration '([^']+)': "
    text = output.partition("Diagnostics:\n")[2] or output
    return {found[1]: found[0] for found in re.finditer(start + r".*(?:\n {2,}.*)*", text)}


def warnings(output: str) -> dict[str, str]:
    """The warnings in the diagnostics, by the name of the resource."""
    blocks = re.finditer(
        r" \(([^)\s]+)\):\n((?: {4}.*\n|\n(?= {4}))+)", output.partition("Diagnostics:\n")[2]
    )
    said: Mapping[str, list[str]] = {block[1]: re.findall(r"warning: .*", block[2]) for block in blocks}
    return {name: "\n".join(lines) for name, lines in said.items() if lines}
