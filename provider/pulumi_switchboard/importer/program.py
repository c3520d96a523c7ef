"""A program that declares the objects of accounts as they are, so that its first update only adopts them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.fields.validation import Problem
from pulumi_switchboard.importer.arguments import arguments_of, problems_of
from pulumi_switchboard.importer.declaration import Declaration
from pulumi_switchboard.importer.modules import Statement, texts
from pulumi_switchboard.importer.names import Names
from pulumi_switchboard.importer.needed_secrets import NeededSecret, NeededSecrets
from pulumi_switchboard.importer.references import in_order


@dataclass(frozen=True)
class Undeclarable:
    """An object that the program does not declare."""

    found: FoundObject
    problems: tuple[Problem, ...]
    """Why: paths and reasons, without values."""


@dataclass(frozen=True)
class Program:
    """A program, and what else is to be known of it."""

    files: Mapping[str, str]
    """The text of each file, by its name."""
    secrets: tuple[NeededSecret, ...]
    undeclarable: tuple[Undeclarable, ...]


def program_of(
    objects: Iterable[FoundObject],
    *,
    main: str = "__main__",
    prefix: str = "",
    used_names: Collection[str] = (),
    used_settings: Collection[str] = (),
) -> Program:
    """The program that adopts these objects. Their order does not matter.

    Args:
        objects: The objects.
        main: The name of the module that is to be run or imported.
        prefix: How the names of other modules begin, if there are so many objects that there are any.
        used_names: Names of resources that the stack has already.
        used_settings: Names of settings that the stack has already.
    """
    distinct = {(found.definition.key, found.id): found for found in objects}
    names = Names(used_names, used_settings)
    declarations: list[Declaration] = []
    undeclarable: list[Undeclarable] = []
    for found in sorted(distinct.values(), key=lambda one: (one.definition.key, one.name, one.id)):
        arguments = arguments_of(found)
        if problems := problems_of(found, arguments):
            undeclarable.append(Undeclarable(found, tuple(problems)))
            continue
        name = names.resource(found)
        declarations.append(Declaration(found, name, names.variable(found.definition, name), arguments))
    secrets = NeededSecrets(names)
    statements = _statements(in_order(declarations), secrets)
    files = {f"{module}.py": text for module, text in texts(statements, main, prefix).items()}
    return Program(files, secrets.all(), tuple(undeclarable))


def _statements(declarations: Sequence[Declaration], secrets: NeededSecrets) -> list[Statement]:
    """The statements of a program, each of which refers only to earlier ones."""
    statements: list[Statement] = []
    earlier: dict[str, Declaration] = {}
    for one in declarations:
        keys = secrets.keys(one)
        uses = frozenset(other.variable for other in one.references(earlier))
        statements.append(Statement(one.definition, one.variable, one.call(earlier, keys), uses, bool(keys)))
        if one.id is not None:
            earlier[one.id] = one
    return statements
