"""Runs the life of types in your own account: `python -m tests.live [--types …] [--yes SID] [--clean]`.

Ends with 0 only if every selected type has passed every step. A type that is skipped has not passed.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import uuid4

from pulumi_switchboard import definitions
from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.settings import ON_DESTROY_VARIABLE
from pulumi_switchboard.vendors.credentials import Sources

from tests.__main__ import type_key
from tests.conformance.resource import CallError
from tests.live.account import Account
from tests.live.life import PREFIX, Life, sweep
from tests.live.report import Report, Row, StoppedError, differences
from tests.samples import every
from tests.samples.sample import Sample

FOLDER = Path(".live")
USUAL = "creates an object, changes it and deletes it"
EFFECTS = {
    "twilio/conversations:WebhookConfiguration": "your webhook URLs, method, filters and target are replaced "
    "for some seconds, so events of that time go to example.com; then restored",
    "twilio/memory:Store": f"{USUAL}; counts toward the limit of 15 stores (of 5, by another source)",
    "twilio/orchestrator:Configuration": f"{USUAL}; it names a memory store of yours and does not change it",
    "twilio/voice:DefaultClientConfiguration": "creates two client configurations, makes each the default "
    "for some seconds, restores your default, and deletes them",
    "twilio/voice:TranscriptionConfiguration": f"{USUAL}; it names an Orchestrator configuration of yours",
    "ultravox:TwilioTelephony": "GIVES ULTRAVOX YOUR TWILIO AUTH TOKEN, and removes it; skipped if the "
    "account has a telephony",
}


def main(arguments: list[str]) -> int:
    """Explain, ask, verify each type, and report."""
    options = _parser().parse_args(arguments)
    if os.environ.get(ON_DESTROY_VARIABLE):
        sys.exit(f"{ON_DESTROY_VARIABLE} is set in the environment: unset it, so that settings are restored.")
    try:
        selected = [type_key(name.strip()) for name in options.types.split(",")] if options.types else []
    except LookupError as error:
        sys.exit(str(error))
    report, account, notes = Report(_show), Account(), list[str]()
    samples = [sample for sample in every() if not selected or sample.type in selected]
    if options.clean:  # an account setting leaves nothing behind but its file
        samples = [sample for sample in samples if sample.setting is None]
    usable, missing = _usable(samples, must_all=bool(selected))
    _explain(usable, clean=options.clean)
    sid = os.environ.get("TWILIO_ACCOUNT_SID") or "ultravox"
    if (options.yes or _typed(f"Type {sid} to go on: ")) != sid:
        sys.exit(f"Nothing was done: that is not {sid}.")
    _listen(report, account)
    print("\n| type | step | result |\n|---|---|---|")
    for type, reason in missing.items():
        report.add(Row(type, "credentials", "skipped", reason))
    for sample in usable:
        if not options.clean:
            notes += _verify(account, sample, report)
            continue
        with suppress(StoppedError):
            sweep(account, sample.type, PREFIX, report)
    for row in report.rows:
        if row.detail:
            print(f"\n{row.type}, {row.step}, {row.result}:\n{row.detail}")
    for path in FOLDER.glob("*.json"):
        print(f"\n{path} holds an account setting as it was before a run that has not restored it.")
    if notes:
        print("\nThe vendor differs from the emulator; please paste this into an issue:", *notes, sep="\n- ")
    return 0 if all(row.result in ("passed", "noted") for row in report.rows) else 1


def _verify(account: Account, sample: Sample, report: Report) -> list[str]:
    """Play the life of a type; returns how the vendor and the emulator differ."""
    life = Life(account, sample, f"{PREFIX}{uuid4().hex[:6]}", report, FOLDER)
    if (lived := life.run()) is None:
        return []
    try:
        found = differences(lived[0], life.emulated(lived[1]))
    except CallError as error:
        found = [f"the emulator does not take what the vendor took: {error}"]
    return [account.safe(f"{sample.type}: {line}") for line in found]


def _show(row: Row) -> None:
    print(f"| {row.type} | {row.step} | {row.result} |", flush=True)


def _usable(samples: Iterable[Sample], *, must_all: bool) -> tuple[list[Sample], dict[str, str]]:
    """The samples of vendors whose credentials the environment has, and what is missing for the others."""
    usable, missing, accounts = list[Sample](), dict[str, str](), set[str]()
    no_connection: Any = lambda _: None  # noqa: E731 - no request is sent yet
    for sample in samples:
        try:
            client = definitions.find(sample.type).vendor.sign_in(Sources({}, os.environ), no_connection)
        except SwitchboardError as error:
            missing[sample.type] = error.summary
        else:
            usable.append(sample)
            accounts.add(client.where)
    if missing and (must_all or not usable):
        sys.exit(f"Nothing was done: {'; '.join(dict.fromkeys(missing.values()))} in the environment.")
    print("This uses your own accounts:", *sorted(accounts), sep="\n  ")
    return usable, missing


def _explain(samples: Iterable[Sample], *, clean: bool) -> None:
    if clean:
        print(f"It deletes every object of these types whose name begins with {PREFIX}:")
    else:
        print(
            "Nobody is called, and no message is sent. We know of no charge for configurations, but have\n"
            f"no account to see that. Names begin with {PREFIX}; all is removed at the end, also after a\n"
            "failure or Ctrl-C. What an account setting holds is first written to .live/, readable to you\n"
            "alone, and stays there if it could not be restored. Best use an account without traffic."
        )
    for sample in samples:
        print(f"  {sample.type}" + ("" if clean else f": {EFFECTS.get(sample.type, USUAL)}"))


def _typed(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _listen(report: Report, account: Account) -> None:
    """At the first signal, end the running call and clean up; at the second one, end at once."""
    cancelling = list[threading.Thread]()

    def is_interrupted() -> bool:
        for thread in cancelling:
            thread.join()  # or it would cancel the clean-up
        return bool(cancelling)

    def stop(_number: int, _frame: FrameType | None) -> None:
        if cancelling:
            sys.exit("\nEnded without cleaning up: run `make verify-live CLEAN=1`, and look into .live/.")
        print("\nInterrupted: cleaning up. The next signal ends this at once.", flush=True)
        # In a thread of its own, as this one may hold a lock of the process.
        cancelling.append(threading.Thread(target=account.cancel))
        cancelling[0].start()

    report.is_interrupted = is_interrupted
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.live", description=__doc__)
    parser.add_argument("--types", default="", help="which types, with commas; all if it is left out")
    parser.add_argument("--yes", metavar="SID", help="the account SID, in place of asking for it")
    parser.add_argument("--clean", action="store_true", help="remove what earlier runs have left")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
