"""Runs generated programs with stand-ins for Pulumi and the package, which record what is declared."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

from pulumi_switchboard import definitions
from pulumi_switchboard.fields.models import Id
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.importer.program import Program


@dataclass
class Declared:
    """A resource that a program declares."""

    type: str
    name: str
    arguments: dict[str, Any]
    import_: str
    outputs: tuple[str, ...] = ()
    used: list[str] = field(default_factory=list)
    """The outputs that others have used."""

    def __getattr__(self, name: str) -> str:
        """The output that is the id, in place of which the program has the id itself."""
        if name not in self.outputs:
            raise AttributeError(name)
        self.used.append(name)
        return self.import_


@dataclass
class _Namespace:
    """A module with types in it, or a type."""

    run: _Run
    path: str

    def __getattr__(self, name: str) -> _Namespace:
        return _Namespace(self.run, f"{self.path}.{name}")

    def __call__(self, name: str, *, opts: Any, **arguments: Any) -> Declared:
        *modules, last = self.path.split(".")
        key = f"{'/'.join(modules)}:{last}"
        outputs = () if key == "twilio/example:Example" else fields_with(definitions.find(key).state, Id)
        self.run.declared.append(made := Declared(key, name, arguments, opts.import_, outputs))
        return made


@dataclass
class _Run:
    """What a program finds when it is run."""

    files: Mapping[str, str]
    settings: Mapping[str, str]
    declared: list[Declared] = field(default_factory=list)
    modules: dict[str, Any] = field(default_factory=dict)

    def load(self, name: str, *_: Any) -> Any:
        """The module that a program imports."""
        if name in self.modules:
            assert self.modules[name] is not None, f"{name} imports itself"
            return self.modules[name]
        if name == "pulumi":
            config = SimpleNamespace(require_secret=self.settings.__getitem__)
            return SimpleNamespace(Config=lambda: config, ResourceOptions=SimpleNamespace)
        if name == "pulumi_switchboard":
            return SimpleNamespace(**{vendor: _Namespace(self, vendor) for vendor in ("twilio", "ultravox")})
        self.modules[name] = None
        module = ModuleType(name)
        module.__dict__["__builtins__"] = {**vars(builtins), "__import__": self.load}
        exec(compile(self.files[f"{name}.py"], name, "exec"), module.__dict__)  # noqa: S102 - what is tested
        self.modules[name] = module
        return module


def run(program: Program, main: str = "__main__", **hidden: str) -> list[Declared]:
    """What the program declares.

    Args:
        program: The program.
        main: The module that is run.
        hidden: The values of the settings whose values no vendor shows.
    """
    shown = {secret.key: secret.value for secret in program.secrets if secret.value is not None}
    running = _Run(program.files, {**shown, **hidden})
    running.load(main)
    unused = {name.removesuffix(".py") for name in program.files} - set(running.modules)
    assert not unused, f"nothing imports {unused}"
    return running.declared
