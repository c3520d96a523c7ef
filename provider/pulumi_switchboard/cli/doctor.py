"""`switchboard doctor`: checks the set-up, and says what to do about each problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from pulumi_switchboard.cli.options import AsJson, Folder, complete_stack
from pulumi_switchboard.cli.stack_settings import stack_settings
from pulumi_switchboard.cli.terminal import ExitCode, errors_reported, messages, output, show_json
from pulumi_switchboard.doctor.examination import examine, vendors
from pulumi_switchboard.doctor.finding import Finding
from pulumi_switchboard.doctor.installed import find_installed

STYLES = {"ok": "green", "skipped": "dim", "warning": "yellow", "error": "bold red"}


app = typer.Typer(add_completion=False)


@app.command()
def doctor(
    *,
    vendor: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            autocompletion=vendors,
            help="Check only this vendor, twilio or ultravox, and make it an error if it is not configured; "
            "can be repeated. Without it, at least one vendor has to be configured.",
        ),
    ] = None,
    stack: Annotated[
        str,
        typer.Option(
            autocompletion=complete_stack,
            help="The stack whose configuration is used, if not the selected one.",
        ),
    ] = "",
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Check programs, settings, network and accounts, and say what to do about each problem.

    All requests are reads, and no credential is shown. The exit code is 1 if there is an error, else 0.

    For example, for a stack that uses only Twilio:

      switchboard doctor --stack dev --vendor twilio
    """
    required = vendor or []
    if unknown := [name for name in required if name not in vendors()]:
        message = f"{unknown[0]!r} is not one of {', '.join(vendors())}"
        raise typer.BadParameter(message, param_hint="--vendor")
    console = messages()
    with errors_reported(), console.status("checking …") if console.is_terminal else nullcontext():
        installed = find_installed()
        about_stack, settings = stack_settings(folder, stack, has_cli=installed.cli is not None)
        findings = examine(installed, about_stack, settings, required)
    counts = Counter(finding.level.value for finding in findings)
    code = ExitCode.FAILED if counts["error"] else ExitCode.COMPLETE
    if as_json:
        show_json(_as_json(findings, counts))
    else:
        _show(findings, counts, code)
    raise typer.Exit(code)


def _as_json(findings: Sequence[Finding], counts: Counter[str]) -> dict[str, Any]:
    return {
        "findings": [{**asdict(finding), "level": finding.level.value} for finding in findings],
        "errors": counts["error"],
        "warnings": counts["warning"],
    }


def _show(findings: Sequence[Finding], counts: Counter[str], code: ExitCode) -> None:
    console = output()
    widest = max(len(finding.subject) for finding in findings)
    for finding in findings:
        level = finding.level.value
        line = Text.assemble(
            (f"{level:<7}", STYLES[level]),
            f"  {finding.subject:<{widest}}  {finding.text}",
            f": {finding.remedy}" if finding.remedy else "",
        )
        console.print(line)
    errors, warnings = (_number(counts[level], level) for level in ("error", "warning"))
    console.print(f"{errors}, {warnings} (exit code {code})")


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
