"""The order of declarations: each type, and each resource of a type, after those that it refers to.

So no two modules of a program import each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from pulumi_switchboard.importer.declaration import Declaration


def in_order(declarations: Sequence[Declaration]) -> list[Declaration]:
    """The declarations in an order in which a program can have them.

    Where types or resources refer to each other in a circle, one refers to what comes later.
    """
    known = {one.id: one for one in declarations if one.id is not None}
    by_variable = {one.variable: one for one in declarations}
    types: dict[str, list[str]] = {one.definition.key: [] for one in declarations}
    within: dict[str, dict[str, list[str]]] = {key: {} for key in types}
    for one in declarations:
        key, others = one.definition.key, one.references(known)
        types[key] += [other.definition.key for other in others]
        within[key][one.variable] = [other.variable for other in others if other.definition.key == key]
    return [by_variable[variable] for key in _sorted(types) for variable in _sorted(within[key])]


def _sorted(references: Mapping[str, Iterable[str]]) -> list[str]:
    """The names, each after those that it refers to, as far as that is possible."""
    graph = {name: list(dict.fromkeys(to)) for name, to in references.items()}
    while True:
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            earlier, later, *_ = error.args[1]
            graph[later].remove(earlier)
