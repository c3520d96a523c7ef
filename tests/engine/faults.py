"""Faults that each hit the requests of one resource, and what the CLI says of that resource."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import permutations
from types import TracebackType

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Injected, Stall
from pulumi_switchboard.emulator.faults.action import Action
from typing_extensions import Self

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

PLACE = "voice.twilio.com/v2/Configurations/Client"
ALL_AT_ONCE = ("--parallel", "64")
GO_ON = (*ALL_AT_ONCE, "--continue-on-error")
PROXY_PAGE = "<html><body>A proxy answers in the vendor's place</body></html>"
SHORT_TIME = "5s"
"""The time of a call that is to run out of it; more than calls need that are answered."""
TEXT = "Rings the desk"

CREDENTIALS = "What to do: check the Twilio credentials"
PROXY = "What to do: this is no answer of Twilio's: check for a proxy in between"


@dataclass(frozen=True)
class Case:
    """A resource, and the fault that hits one of the requests that a verb sends for it."""

    name: str
    action: Action
    error: tuple[str, ...] = ()
    """What the error says, among other things; without it, the verb is a success."""
    warning: str = ""
    """What the CLI warns of, if anything."""
    sent: int = 1
    """How often the request is sent that the verb is about."""
    at: str = ""
    """The method of the request that is hit, if it is another than that."""
    times: int | None = 1
    """How many requests are hit; None for all."""
    is_short: bool = False
    """Whether the verb has only a short time."""


class Faults:
    """The faults of all cases, in their places. Without ids, the resources are told by their names."""

    def __init__(
        self, emulator: Emulator, method: str, cases: Collection[Case], ids: Mapping[str, str] | None = None
    ) -> None:
        for case, other in permutations(cases, 2):
            assert case.name not in other.name, "a fault would hit the requests of another resource, too"
        self._cases = {case.name: case for case in cases}
        self._faults: dict[str, Injected] = {}
        self._counters: dict[str, Injected] = {}
        for name, case in self._cases.items():
            self._faults[name] = emulator.inject(
                _place(case.at or method, name, ids), case.action, times=case.times, where="" if ids else name
            )
            self._counters[name] = emulator.inject(
                _place(method, name, ids), Stall(seconds=0), times=None, where="" if ids else name
            )

    def __enter__(self) -> Self:
        """Nothing else happens yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go what still waits. Each fault has hit, and each resource has had its number of requests."""
        for fault in (*self._faults.values(), *self._counters.values()):
            fault.remove(may_be_idle=True)
        if kind is None:
            assert [name for name, fault in self._faults.items() if not fault.fired] == []
            sent = {name: self._sent(name) for name in self._cases}
            assert sent == {name: case.sent for name, case in self._cases.items()}

    def _sent(self, name: str) -> int:
        """Of two faults at a request the first acts, so that what it leaves alone is what the counter has."""
        hit = 0 if self._cases[name].at else self._faults[name].fired
        return hit + self._counters[name].fired


def program(cases: Collection[Case], verb: str, texts: Mapping[str, str] | None = None) -> str:
    """The program with a resource for each case; `texts` are the descriptions of some, by name."""
    resources = {
        case.name: ((texts or {}).get(case.name, TEXT), {verb: SHORT_TIME} if case.is_short else {})
        for case in cases
    }
    return f"""
        for name, (text, times) in {resources!r}.items():
            twilio.voice.ClientConfiguration(
                name,
                pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(**times)),
                description=text,
                call_notification={{"url": "https://desk.example.com/" + name}},
            )
        """


def assert_said(output: str, verb: str, cases: Collection[Case]) -> None:
    """The CLI says of each resource what it should, and nothing of those of which there is nothing to say."""
    odd = {}
    for case in cases:
        error, warnings = error_of(output, verb, case.name), warnings_of(output, case.name)
        found = all(part in error for part in case.error) and case.warning in warnings
        if not found or bool(error) != bool(case.error) or bool(warnings) != bool(case.warning):
            odd[case.name] = error + warnings
    assert odd == {}, f"{odd}\n{output}"


def error_of(output: str, verb: str, name: str) -> str:
    """The whole error with which the verb failed for a resource; nothing if it did not."""
    start = rf"(?:error: |\* )could not {verb} twilio\.voice\.ClientConfiguration '{name}': "
    found = re.search(start + r".*(?:\n {2,}.*)*", output.partition("Diagnostics:\n")[2] or output)
    return found[0] if found else ""


def warnings_of(output: str, name: str) -> str:
    """All warnings in the diagnostics of a resource."""
    block = re.search(rf" \({name}\):\n((?: {{4}}.*\n)+)", output.partition("Diagnostics:\n")[2])
    return "\n".join(re.findall(r"warning: .*", block[1])) if block else ""


def ids_in_state(stack: Stack) -> dict[str, str]:
    """The ids that state holds, by the names of the resources."""
    return {resource["urn"].rpartition("::")[2]: resource["id"] for resource in stack.resources()}


def ids_at_vendor(vendor: Vendor) -> dict[str, str]:
    """The ids of the objects, by the resource's name in their own; never are there two of a name."""
    clients = vendor.clients()
    ids = {client["unique_name"].rpartition("-")[0]: id for id, client in clients.items()}
    assert len(ids) == len(clients), "there are two objects of one resource"
    return ids


def _place(method: str, name: str, ids: Mapping[str, str] | None) -> str:
    if ids is not None:
        return f"{method} {PLACE}/{ids[name]}"
    return f"{method} {PLACE}" if method == "POST" else f"{method} {PLACE}/{{id}}"
