"""What `switchboard import` is to write: the program for the objects that are new to a project."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.inventory import Inventory
from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.cli.adopted import adopted_objects
from pulumi_switchboard.cli.managed import ManagedObject, managed_objects
from pulumi_switchboard.cli.project import Project
from pulumi_switchboard.cli.reading import named
from pulumi_switchboard.importer.needed_secrets import NeededSecret
from pulumi_switchboard.importer.program import Program, program_of
from pulumi_switchboard.settings import GROUPS
from pulumi_switchboard.vendors.credentials import Given, Sources


@dataclass(frozen=True)
class Asked:
    """What the user asks of an import."""

    project: Project
    """The project to import into."""
    stack_name: str
    """The stack to set up; empty if none is to be."""
    names: Sequence[str] | None
    """Patterns for the names of the objects; without any, all objects are meant."""
    elsewhere: Collection[ManagedObject]
    """What the stacks of other projects manage."""
    is_dry_run: bool
    """Whether nothing is to be written."""


@dataclass(frozen=True)
class Import:
    """An import: what was read, and the program for it."""

    asked: Asked
    inventory: Inventory
    found: tuple[FoundObject, ...]
    """The objects that were asked for."""
    managed: int
    """How many of them a stack has."""
    adopted: int
    """How many of the others the program of the project has, with `import_`."""
    objects: tuple[FoundObject, ...]
    """The rest."""
    program: Program
    """The program that adopts them."""
    settings: tuple[Given, ...]
    """The settings of the accounts, which the program needs as well."""

    @property
    def resources(self) -> int:
        """How many resources the program declares."""
        return len(self.objects) - len(self.program.undeclarable)

    @property
    def files(self) -> dict[Path, str]:
        """The files of the project to write."""
        return self.asked.project.files(self.program.files)

    @property
    def is_written(self) -> bool:
        """Whether there is anything to write, and it is to be written."""
        return bool(self.resources) and not self.asked.is_dry_run

    @property
    def missing_settings(self) -> list[Given]:
        """The settings of the accounts that the stack does not have."""
        left = [one for one in self.settings if not one.is_configured]
        return [one for one in left if one.setting.secret or not self.asked.stack_name]

    @property
    def missing_secrets(self) -> list[NeededSecret]:
        """The secrets of the program that the stack does not have."""
        return [one for one in self.program.secrets if one.value is None or not self.asked.stack_name]


def plan_import(
    asked: Asked, inventory: Inventory, sources: Sources, used_settings: Collection[str]
) -> Import:
    """Choose what a program is to adopt, and make the program.

    Args:
        asked: What the user asks for.
        inventory: What the accounts contain.
        sources: The settings of the accounts.
        used_settings: The keys in the configuration of the project's stack.

    Raises:
        SettingsError: The state of the project's stack cannot be read.
    """
    project = asked.project
    own = list(managed_objects(project.stack.export())) if project.stack is not None else []
    managed = {*own, *asked.elsewhere}
    adopted = set() if project.is_new else set(adopted_objects(project.sources))
    found = named(inventory.objects, asked.names)
    unmanaged = [one for one in found if ManagedObject.like(one) not in managed]
    objects = [one for one in unmanaged if (_class_name(one), one.id) not in adopted]
    program = program_of(
        objects,
        main=project.main,
        prefix="" if project.is_new else f"{project.main}_",
        used_names={one.resource_name for one in own},
        used_settings={key.partition(":")[2] for key in used_settings},
    )
    return Import(
        asked=asked,
        inventory=inventory,
        found=tuple(found),
        managed=len(found) - len(unmanaged),
        adopted=len(unmanaged) - len(objects),
        objects=tuple(objects),
        program=program,
        settings=tuple(_settings(sources, inventory)),
    )


def _settings(sources: Sources, inventory: Inventory) -> Iterator[Given]:
    """The settings of the accounts in the inventory."""
    read = {account.vendor for account in inventory.accounts}
    others = [definition.vendor for definition in definitions.every() if definition.vendor.name not in read]
    unused = {setting for vendor in others for setting in vendor.settings}
    for group in GROUPS:
        yield from (given for given in sources.group(group).values() if given.setting not in unused)


def _class_name(found: FoundObject) -> str:
    return found.definition.name.rpartition(".")[2]
