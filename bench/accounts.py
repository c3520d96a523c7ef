"""Many accounts in one program: what it costs that Pulumi starts a process for each `Provider`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from statistics import median

from pulumi_switchboard.emulator import Emulator

from bench.no_change import THING
from bench.result import Result, in_turns
from bench.sizes import Size, export, exported
from bench.stacks import stack
from tests.engine.stack import ROOT, SECRET, Stack

MANY = 20
ROUNDS = 3
BUDGET = 1.5
MEGABYTES = 100


def ours(accounts: int, path: str, configurations: int = MANY) -> str:
    """Configurations with this path in their URL, spread over accounts."""
    return f"""
    accounts = [
        Provider(
            f"account-{{number}}",
            twilio_account_sid=f"AC{{number + 1:032x}}",
            twilio_auth_token="{SECRET}",
        )
        for number in range({accounts})
    ]
    desks = [
        twilio.voice.ClientConfiguration(
            f"desk-{{number}}",
            call_notification={{"url": "https://example.com/{path}"}},
            opts=pulumi.ResourceOptions(provider=accounts[number % {accounts}]),
        )
        for number in range({configurations})
    ]
"""


def trivial(path: str) -> str:
    """As many providers of trivial dynamic resources, with one resource each."""
    return f"""{THING}
    accounts = [
        pulumi.ProviderResource("pulumi-python", f"account-{{number}}", {{}}) for number in range({MANY})
    ]
    desks = [
        Thing(f"desk-{{number}}", "https://example.com/{path}", pulumi.ResourceOptions(provider=account))
        for number, account in enumerate(accounts)
    ]
"""


PROGRAMS: tuple[Callable[[str], str], ...] = (
    lambda path: ours(MANY, path),
    lambda path: ours(1, path),
    trivial,
)
"""What is measured, and the two that it is compared with."""


def measure() -> list[Result]:
    """Time, processes and memory of many accounts, beside one account and trivial providers."""
    with Emulator() as emulator, ExitStack() as opened:
        stacks = [
            opened.enter_context(stack(program("first"), emulator.url, PYTHONPATH=str(ROOT)))
            for program in PROGRAMS
        ]
        first = in_turns([deployed.up for deployed in stacks], 1)
        unchanged = in_turns([deployed.up for deployed in stacks], ROUNDS)
        found = [
            after_writes(deployed, program("second"))
            for deployed, program in zip(stacks, PROGRAMS, strict=True)
        ]
    return [
        _time(f"first `pulumi up` of {MANY} configurations in {MANY} accounts", *first),
        _time("no-op `pulumi up` of these", *unchanged),
        *_processes(*found),
    ]


def after_writes(deployed: Stack, program: str) -> list[Size]:
    """The provider processes once each has written what this program changes."""
    deployed.up(program + export("desks"))
    return exported(deployed)


def _time(what: str, many: float, one: float, other: float) -> Result:
    further = (many - one) / (MANY - 1)
    return Result(
        what,
        f"{many:.1f} s",
        f"one account {one:.1f} s: ratio {many / one:.1f}, {further:.2f} s for each further account; "
        f"trivial providers {other:.1f} s: ratio {many / other:.2f}",
        f"<= {BUDGET} x trivial providers",
        many <= BUDGET * other,
    )


def _processes(many: list[Size], one: list[Size], other: list[Size]) -> list[Result]:
    resident = median(size.resident for size in many) / 1e6
    last = many[-1].began - many[0].began
    each, own, theirs = (median(size.proportional for size in found) / 1e6 for found in (many, one, other))
    total, alone = (sum(size.proportional for size in found) / 1e6 for found in (many, one))
    return [
        Result(
            "their provider processes",
            str(len(many)),
            f"one account: {len(one)}; the last one starts {last:.1f} s after the first",
            "one for each account",
            len(many) == MANY,
        ),
        Result(
            "resident size of such a process",
            f"{resident:.0f} MB; {each:.0f} MB if they divide what they share",
            f"one account {own:.0f} MB: ratio {each / own:.2f}; "
            f"trivial provider {theirs:.0f} MB: ratio {each / theirs:.2f}",
            f"<= {MEGABYTES} MB",
            resident <= MEGABYTES,
        ),
        Result(
            "size of all of them",
            f"{total:.0f} MB",
            f"one account {alone:.0f} MB: ratio {total / alone:.1f}, "
            f"{(total - alone) / (MANY - 1):.0f} MB for each further account",
            f"<= {MANY} x {MEGABYTES} MB",
            total <= MANY * MEGABYTES,
        ),
    ]
