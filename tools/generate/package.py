"""The modules of the package that are generated: the resource classes, and the packages that export them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable

from pulumi_switchboard.resource.definition import AnyDefinition

from tools.generate.templates import package_module, resource_module


def modules(types: Iterable[AnyDefinition]) -> dict[str, str]:
    """The text of each generated module, by its path in the package."""
    files: dict[str, str] = {}
    sources: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    packages: defaultdict[str, set[str]] = defaultdict(set)
    for definition in types:
        module, _ = definition.key.split(":")
        source = definition.inputs.__module__.rpartition(".")[2]
        files[f"{module}/{source}.py"] = text = resource_module(definition)
        body = ast.parse(text).body
        names = [node.name for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
        sources[module][f"pulumi_switchboard.{module.replace('/', '.')}.{source}"] = sorted(names)
        *parents, last = module.split("/")
        if parents:
            packages["/".join(parents)].add(last)
    for module, imports in sources.items():
        files[f"{module}/__init__.py"] = package_module(
            f"Resources and look-ups of {module.replace('/', '.')}.", imports
        )
    for package, members in packages.items():
        files[f"{package}/__init__.py"] = package_module(
            f"Resources and look-ups of {package}.",
            {f"pulumi_switchboard.{package.replace('/', '.')}": sorted(members)},
        )
    return files
