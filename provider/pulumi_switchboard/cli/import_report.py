"""What `switchboard import` reports, and what there is to do next."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pulumi_switchboard.cli.import_plan import Import
from pulumi_switchboard.cli.reading import described, described_refusals, problem_lines
from pulumi_switchboard.fields.paths import path_text
from pulumi_switchboard.transport.text import in_one_line


def problems(done: Import) -> Iterator[str]:
    """What could not be read or declared, and what a resource does not manage."""
    yield from problem_lines(done.objects, done.inventory.refusals)
    for one in done.program.undeclarable:
        reasons = "; ".join(map(str, one.problems))
        yield f"✗ {one.found.definition.name} {one.found.title} is left out: {reasons}"


def as_lines(done: Import) -> Iterator[str]:
    """What was written, and what to do next."""
    if done.managed:
        yield f"{_left_out(done.managed)}: a stack manages {_them(done.managed)}"
    if done.adopted:
        yield f"{_left_out(done.adopted)}: the program has {_them(done.adopted)}, for the next `pulumi up`"
    if not done.inventory.read:
        yield "Nothing could be read, so nothing was written. `switchboard doctor` says what to do."
        return
    if not done.resources:
        yield "There is nothing to import. Nothing was changed at the vendors."
        return
    count, files = _counted(done.resources), ", ".join(map(str, done.files))
    if done.is_written:
        project = done.asked.project
        what = f"{project.folder}/" if project.is_new else files
        yield f"Wrote {what} ({count}). Nothing was changed at the vendors."
        if not project.is_new:
            yield f"Add `import {project.main}` to the program in {project.sources}/."
        first, *others = _as_one_command(next_steps(done))
        yield f"Next:  {first}"
        yield from (f"       {line}" for line in others)
        yield from notes(done)
    else:
        yield f"Would write {count}: {files}. Nothing was changed."


def as_value(done: Import, safe: Callable[[str], str]) -> dict[str, Any]:
    """The report as JSON has it."""
    return {
        "accounts": [
            {"vendor": one.vendor, "account": one.origin.account, "endpoint": one.endpoint}
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
        "refused": described_refusals(done.inventory, safe),
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
        "files": [str(path) for path in done.files] if done.resources else [],
        "next": [safe(line) for line in next_steps(done)] if done.is_written else [],
        "notes": [safe(line) for line in notes(done)] if done.is_written else [],
    }


def next_steps(done: Import) -> Iterator[str]:
    """The commands to run next. They have no comments, which not every shell takes at a prompt."""
    project, stack_name = done.asked.project, done.asked.stack_name
    folder = str(project.folder)
    if folder.startswith("-"):
        folder = f"./{folder}"  # else `cd` takes it for an option
    steps = [f"cd {shlex.quote(folder)}"] if folder != "." else []
    if project.stack is None and not stack_name:
        steps.append(f"pulumi stack init {shlex.quote(project.name)}")
    elif stack_name and not project.is_new:
        steps.append(f"pulumi stack select {shlex.quote(stack_name)}")
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


def _as_one_command(steps: Iterable[str]) -> Iterator[str]:
    """These commands as lines of a single one, which a shell reads as a whole before it runs any of it.

    Pulumi takes what follows on the terminal for the secret that it asks for, or throws it away.
    """
    *others, last = steps
    yield from (f"{step} &&" for step in others)
    yield last


def _left_out(objects: int) -> str:
    return "1 object is left out" if objects == 1 else f"{objects} objects are left out"


def _them(objects: int) -> str:
    return "it" if objects == 1 else "them"


def _counted(resources: int) -> str:
    return "1 resource" if resources == 1 else f"{resources} resources"
