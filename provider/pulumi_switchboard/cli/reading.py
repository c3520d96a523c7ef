"""What the commands about live accounts share: the reading with its progress, and what they say of it."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

import typer

from pulumi_switchboard.accounts.inventory import Inventory, Refusal, read_inventory
from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.cli.stack import ConfigValue, Stack
from pulumi_switchboard.cli.terminal import ExitCode, messages, progress_shown
from pulumi_switchboard.errors import SettingsError, SwitchboardError, VendorError
from pulumi_switchboard.fields.paths import path_text
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.setting_problems import CORRECT_THE_NAME, misspellings
from pulumi_switchboard.transport.text import safe_text


def config_of(stack: Stack | None) -> dict[str, ConfigValue]:
    """The configuration of a stack; empty without one.

    Raises:
        SettingsError: The Pulumi CLI cannot read it, or a setting is misspelled. The program of the stack
            refuses that as well: without the setting, requests could go to another account.
    """
    config, project = ({}, "") if stack is None else (stack.config(), stack.project)
    found = misspellings(config, os.environ, project)
    for other in (one for one in found if not one.is_error):
        messages().print(f"! {safe_text(other.text)}")
    if wrong := [one.text for one in found if one.is_error]:
        raise SettingsError("; ".join(wrong), remedy=CORRECT_THE_NAME)
    return config


def session_of(config: Mapping[str, ConfigValue]) -> Session:
    """A session with the settings of a stack, and those of the environment."""
    return Session({key: given.value for key, given in config.items()})


def read_accounts(session: Session, types: Iterable[AnyDefinition]) -> Inventory:
    """Read all objects of the types; the progress is shown on a terminal."""
    with progress_shown() as show:
        return read_inventory(session, types, lambda text: show(session.safe(text)))


def named(objects: Iterable[FoundObject], patterns: Sequence[str] | None) -> list[FoundObject]:
    """The objects whose names match one of the patterns; all objects if there are none."""
    return [
        one
        for one in objects
        if not patterns or any(one.name and fnmatchcase(one.name, pattern) for pattern in patterns)
    ]


def described(one: FoundObject) -> dict[str, str]:
    """What names an object, for JSON."""
    return {
        "type": one.definition.name,
        "id": one.id,
        "name": one.name,
        "account": one.origin.account,
    }


def described_refusals(inventory: Inventory, safe: Callable[[str], str]) -> list[dict[str, str]]:
    """The types that could not be read, and why, for JSON."""
    return [
        {"type": refusal.definition.name, "error": safe(str(refusal.error))} for refusal in inventory.refusals
    ]


def account_lines(inventory: Inventory, objects: Iterable[FoundObject]) -> Iterator[str]:
    """A line for each account, with the number of these objects in each of its modules."""
    counts = Counter(dict.fromkeys(map(_module, inventory.read), 0))
    counts.update(_module(one.definition) for one in objects)
    for account in inventory.accounts:
        shown = [f"{module} {n}" for (vendor, module), n in counts.items() if vendor == account.vendor]
        yield f"{account}   {', '.join(shown) or 'nothing could be read'}"


def problem_lines(objects: Iterable[FoundObject], refusals: Iterable[Refusal]) -> Iterator[str]:
    """A line for each object with members that its type does not model, and for each type that is refused."""
    for one in objects:
        if one.unknown:
            paths = ", ".join(map(path_text, one.unknown))
            yield f"! {one.definition.name} {one.title}: {paths}: not known here, kept at the vendor"
    groups: defaultdict[tuple[str, str], list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        access = refusal.definition.evidence.access
        groups[refusal.error.summary, access if access in refusal.error.facts else ""].append(refusal)
    for group in groups.values():
        names = ", ".join(refusal.definition.name for refusal in group)
        yield f"✗ {names}: {_reason(group[0].error)}"


def end_if_partial(inventory: Inventory, *, is_whole: bool = True) -> None:
    """End the command with the exit code that says so if not all was read, or not all could be used."""
    if not inventory.read:
        raise typer.Exit(ExitCode.FAILED)
    if inventory.refusals or not is_whole:
        raise typer.Exit(ExitCode.PARTIAL)


def _reason(error: SwitchboardError) -> str:
    """Why a type could not be read. What a vendor's refusal advises is for a program."""
    return str(error.with_remedy("")) if isinstance(error, VendorError) else str(error)


def _module(definition: AnyDefinition) -> tuple[str, str]:
    """The vendor and the module of a type; a vendor without modules has its types in their place."""
    parts = definition.name.split(".")
    return definition.vendor.name, parts[1]
