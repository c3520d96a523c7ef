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
    adopted: int
    """How many more were left out, because the program has them with `import_`."""
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

    @property
    def missing_settings(self) -> list[Given]:
        """The settings of the accounts that the stack does not have."""
        left = [one for one in self.settings if not one.is_configured]
        return [one for one in left if one.setting.secret or not self.stack_name]

    @property
    def missing_secrets(self) -> list[NeededSecret]:
        """The secrets of the program that the stack does not have."""
        return [one for one in self.program.secrets if one.value is None or not self.stack_name]

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
        yield f"{_left_out(done.managed)}: the stack manages {_them(done.managed)}"
    if done.adopted:
        yield f"{_left_out(done.adopted)}: the program has {_them(done.adopted)}, for the next `pulumi up`"
    if not done.inventory.read:
        yield "Nothing could be read, so nothing was written. `switchboard doctor` says what to do."
        return
    if not done.resources:
        yield "There is nothing to import. Nothing was changed at the vendors."
        return
    count, paths = _counted(done.resources), done.project.files(done.program.files)
    files = ", ".join(map(str, paths))
    if done.is_written:
        what = f"{done.project.folder}/" if done.project.is_new else files
        yield f"Wrote {what} ({count}). Nothing was changed at the vendors."
        if not done.project.is_new:
            yield f"Add `import {done.project.main}` to the program in {done.project.sources}."
        first, *others = next_steps(done)
        yield f"Next:  {first}"
        yield from (f"       {line}" for line in others)
        yield from notes(done)
    else:
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
        "adopted": done.adopted,
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
        "notes": [safe(line) for line in notes(done)] if done.is_written else [],
    }


def next_steps(done: Import) -> Iterator[str]:
    """The commands to run next. They have no comments, which not every shell takes at a prompt."""
    folder, project = done.project.folder, done.project
    steps = [f"cd {shlex.quote(str(folder))}"] if folder != Path() else []
    if project.stack is None and not done.stack_name:
        steps.append(f"pulumi stack init {shlex.quote(project.name)}")
    if steps:
        yield " && ".join(steps)
    for given in done.missing_settings:
        value = "--secret" if given.setting.secret else shlex.quote(given.value)
        yield f"pulumi config set {given.setting.config} {value}"
    for secret in done.missing_secrets:
        yield f"pulumi config set {secret.key} --secret"
    yield "pulumi up"


def notes(done: Import) -> Iterator[str]:
    """What is to be known about these commands."""
    yield f"The first update adopts {_counted(done.resources)} and writes nothing."
    for given in done.missing_settings:
        if given.setting.secret:
            yield f"{given.setting.config} may also stay in the environment, as {given.setting.variable}."
    for secret in done.missing_secrets:
        others = f", and of {secret.others} more with the same value" if secret.others else ""
        name = in_one_line(f"{secret.found.definition.name} {secret.found.name}".rstrip())
        yield f"{secret.key} is the {secret.path} of {name}{others}."


def _left_out(objects: int) -> str:
    return "1 object is left out" if objects == 1 else f"{objects} objects are left out"


def _them(objects: int) -> str:
    return "it" if objects == 1 else "them"


def _counted(resources: int) -> str:
    return "1 resource" if resources == 1 else f"{resources} resources"
