"""The modules of a generated program: which declarations each of them has, and its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pulumi_switchboard.importer.names import class_word, natural_order
from pulumi_switchboard.importer.source import LINE, Call, Name, source
from pulumi_switchboard.resource.definition import AnyDefinition

MOST_IN_PROGRAM = 50
"""How many resources a single module has at most."""
MOST_IN_MODULE = 250
"""How many resources each of several modules has at most."""
CONFIG = "config = pulumi.Config()"


@dataclass(frozen=True)
class Statement:
    """A resource that is assigned to a variable."""

    definition: AnyDefinition
    variable: str
    value: Call
    uses: frozenset[str]
    """The variables of other resources in it."""
    has_secrets: bool
    """Whether it reads the stack's configuration."""


@dataclass(frozen=True)
class Module:
    """A module of the program."""

    name: str
    summary: str
    statements: Sequence[Statement]

    def text(self, homes: Mapping[str, str]) -> str:
        """The source.

        Args:
            homes: The module of each variable.
        """
        config = [CONFIG] if any(one.has_secrets for one in self.statements) else []
        body = [source(one.value, f"{one.variable} = ") for one in self.statements]
        return _joined(f'"""{self.summary}"""', "\n\n".join(self._imports(homes)), *config, *body)

    def _imports(self, homes: Mapping[str, str]) -> Iterator[str]:
        """The imports of other packages, and those of the program's own modules."""
        if not self.statements:
            return
        vendors = {one.definition.name.partition(".")[0] for one in self.statements}
        yield f"import pulumi\n{_import('pulumi_switchboard', vendors)}"
        used: defaultdict[str, set[str]] = defaultdict(set)
        for name in (name for one in self.statements for name in one.uses if homes[name] != self.name):
            used[homes[name]].add(name)
        if used:
            yield "\n".join(_import(home, used[home]) for home in sorted(used, key=natural_order))


def texts(statements: Sequence[Statement], main: str, prefix: str) -> dict[str, str]:
    """The text of each module, by its name.

    Args:
        statements: The declarations in their order.
        main: The name of the module that a program runs or imports.
        prefix: How the names of the other modules begin.
    """
    if len(statements) <= MOST_IN_PROGRAM:
        summary = "The imported objects, which the first `pulumi up` adopts as they are."
        return {main: Module(main, summary, statements).text(dict.fromkeys(_variables(statements), main))}
    modules = list(_by_type(statements, prefix))
    homes = {name: module.name for module in modules for name in _variables(module.statements)}
    return {main: _main_text(modules), **{module.name: module.text(homes) for module in modules}}


def _by_type(statements: Sequence[Statement], prefix: str) -> Iterator[Module]:
    """A module for each type, or several ones for a type with many resources."""
    types = dict.fromkeys(one.definition.key for one in statements)
    for key in types:
        those = [one for one in statements if one.definition.key == key]
        definition = those[0].definition
        name = f"{prefix}{re.sub('[/:]', '_', key.partition(':')[0])}_{class_word(definition)}"
        summary = f"The imported objects of {definition.name}"
        if len(those) <= MOST_IN_MODULE:
            yield Module(name, f"{summary}.", those)
            continue
        starts = range(0, len(those), MOST_IN_MODULE)
        for number, start in enumerate(starts, 1):
            part = those[start : start + MOST_IN_MODULE]
            yield Module(f"{name}_{number}", f"{summary}, part {number} of {len(starts)}.", part)


def _main_text(modules: Iterable[Module]) -> str:
    """The module that imports all others; without `__all__` the imports would look unused."""
    names = sorted((module.name for module in modules), key=natural_order)
    imports = "\n".join(f"import {name}" for name in names)
    summary = '"""All imported objects. Each module declares those of a type when it is imported."""'
    return _joined(summary, imports, source(names, "__all__ = "))


def _import(module: str, names: Iterable[str]) -> str:
    """The import of these names, in one line or with a line for each."""
    ordered = sorted(names, key=natural_order)
    line = f"from {module} import {', '.join(ordered)}"
    return line if len(line) <= LINE else f"from {module} import " + source(Call("", [*map(Name, ordered)]))


def _variables(statements: Iterable[Statement]) -> list[str]:
    return [one.variable for one in statements]


def _joined(*blocks: str) -> str:
    return "\n\n".join(filter(None, blocks)) + "\n"
