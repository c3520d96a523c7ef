"""What `switchboard import` reports, and what there is to do next."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.inventory import Inventory
from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.cli.project import Project
from pulumi_switchboard.cli.reading import described, problem_lines
from pulumi_switchboard.fields.paths import path_text
from pulumi_switchboard.importer.needed_secrets import NeededSecret
from pulumi_switchboard.importer.program import Program
from pulumi_switchboard.settings import GROUPS
from pulumi_switchboard.transport.text import in_one_line
from pulumi_switchboard.vendors.credentials import Given, Sources


@dataclass(frozen=True)
class Import:
    """An import, done or tried."""

    project: Project
    inventory: Inventory
    objects: tuple[FoundObject, ...]
    """What the program is for."""
    managed: int
    """How many objects were left out, because the stack has them."""
    program: Program
    account_lines: tuple[str, ...]
    settings: tuple[Given, ...]
    """The settings of the accounts, which the program needs as well."""
    is_dry_run: bool
    stack_name: str
    """The stack that is set up; empty if none is."""

    @property
    def resources(self) -> int:
        """How many resources the program declares."""
        return len(self.objects) - len(self.program.undeclarable)

    @property
    def is_written(self) -> bool:
        """Whether there is anything to write, and it is written."""
        return bool(self.resources) and not self.is_dry_run

    def problem_lines(self) -> Iterator[str]:
        """What could not be read or declared, and what a resource does not manage."""
        yield from problem_lines(self.inventory)
        for one in self.program.undeclarable:
            reasons = "; ".join(map(str, one.problems))
            yield f"✗ {one.found.definition.name} {one.found.title} is left out: {reasons}"


def settings_of(sources: Sources, inventory: Inventory) -> Iterator[Given]:
    """The settings of the accounts in the inventory."""
    read = {account.vendor for account in inventory.accounts}
    others = [definition.vendor for definition in definitions.every() if definition.vendor.name not in read]
    unused = {setting for vendor in others for setting in vendor.settings}
    for group in GROUPS:
        yield from (given for given in sources.group(group).values() if given.setting not in unused)


def as_lines(done: Import) -> Iterator[str]:
    """What was written, and what to do next."""
    if done.managed:
        what = "1 object is" if done.managed == 1 else f"{done.managed} objects are"
        yield f"{what} left out: the stack manages {'it' if done.managed == 1 else 'them'}"
    if not done.resources:
        yield "There is nothing to import. Nothing was changed at the vendors."
        return
    place, count = done.project.sources, _counted(done.resources)
    if done.is_written:
        yield f"Wrote {place}/ ({count}). Nothing was changed at the vendors."
        first, *others = next_steps(done)
        yield f"Next:  {first}"
        yield from (f"       {line}" for line in others)
    else:
        files = ", ".join(str(path) for path in done.project.files(done.program.files))
        yield f"Would write {count}: {files}. Nothing was changed."


def as_value(done: Import, safe: Callable[[str], str]) -> dict[str, Any]:
    """The report as JSON has it."""
    return {
        "accounts": [
            {"vendor": one.vendor, "account": one.origin.account, "endpoint": one.origin.endpoint}
            for one in done.inventory.accounts
        ],
        "objects": [described(one) for one in done.objects],
        "managed": done.managed,
        "unknown": [
            {**described(one), "paths": [path_text(path) for path in one.unknown]}
            for one in done.objects
            if one.unknown
        ],
        "refused": [
            {"type": refusal.definition.name, "error": safe(str(refusal.error))}
            for refusal in done.inventory.refusals
        ],
        "undeclarable": [
            {**described(one.found), "problems": [safe(str(problem)) for problem in one.problems]}
            for one in done.program.undeclarable
        ],
        "secrets": [
            {
                **described(one.found),
                "key": one.key,
                "path": one.path,
                "others": one.others,
                "is_readable": one.value is not None,
            }
            for one in done.program.secrets
        ],
        "written": done.is_written,
        "files": [str(path) for path in done.project.files(done.program.files)] if done.resources else [],
        "next": [safe(line) for line in next_steps(done)] if done.is_written else [],
    }


def next_steps(done: Import) -> Iterator[str]:
    """The commands to run next."""
    folder, project = done.project.folder, done.project
    steps = [f"cd {shlex.quote(str(folder))}"] if folder != Path() else []
    if project.is_new and not done.stack_name:
        steps.append(f"pulumi stack init {shlex.quote(project.name)}")
    if steps:
        yield " && ".join(steps)
    for given in done.settings:
        yield from _setting_steps(given, is_set_up=bool(done.stack_name))
    for secret in done.program.secrets:
        if secret.value is None or not done.stack_name:
            yield f"pulumi config set {secret.key} --secret  # {_purpose(secret)}"
    if not project.is_new:
        yield f"# add `import {project.main}` to the program in {project.sources}"
    yield f"pulumi up  # adopts {_counted(done.resources)}, writes nothing"


def _setting_steps(given: Given, *, is_set_up: bool) -> Iterator[str]:
    if given.is_configured:
        return
    if given.setting.secret:
        yield (
            f"pulumi config set {given.setting.config} --secret"
            f"  # or keep {given.setting.variable} in the environment"
        )
    elif not is_set_up:
        yield f"pulumi config set {given.setting.config} {shlex.quote(given.value)}"


def _purpose(secret: NeededSecret) -> str:
    """What a secret is for, as a comment. The name of an object is the vendor's, and no shell may run it."""
    name = shlex.quote(in_one_line(secret.found.name)) if secret.found.name else ""
    place = f"{secret.path} of {secret.found.definition.name} {name}".rstrip()
    return f"{place}, and {secret.others} more with the same value" if secret.others else place


def _counted(resources: int) -> str:
    return "1 resource" if resources == 1 else f"{resources} resources"
