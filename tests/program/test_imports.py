"""What an import loads, and what a program can import."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files

import pulumi_switchboard
from pulumi_switchboard import definitions

from tests.promises import proves
from tools.generate.lookups import look_ups
from tools.generate.types import nested

ONLY_OF_THE_PROVIDER = ("pydantic", "requests", "tenacity", "starlette", "typer")
LOADED_BY_A_PROGRAM = [
    "__init__",
    "background",
    "dynamic",
    "identity",
    "program",
    "settings",
    "sensitive",
    "setting_problems",
    "similar_names",
    "state_keys",
    "twilio",
]
CODE = f"""
import sys
import pulumi, pulumi.dynamic
before = set(sys.modules)
import pulumi_switchboard, pulumi_switchboard.twilio.voice
new = set(sys.modules) - before
print(sorted(name for name in {ONLY_OF_THE_PROVIDER!r} if name in new))
ours = {{name.split(".", 1)[1] for name in new if name.startswith("pulumi_switchboard.")}}
print(sorted(name for name in ours if name.split(".")[0] not in {[*LOADED_BY_A_PROGRAM, "ultravox"]!r}))
print("dynamic.bridge" in ours)
"""


@proves("program.light-import")
def test_a_program_loads_nothing_that_only_the_provider_needs() -> None:
    said = subprocess.check_output([sys.executable, "-c", CODE], text=True, timeout=300)

    assert said.splitlines() == ["[]", "[]", "False"]


@proves("program.typed")
def test_the_public_names_are_those_of_the_types() -> None:
    public: defaultdict[str, set[str]] = defaultdict(set, {"pulumi_switchboard": {"Provider", "__version__"}})
    for definition in definitions.every():
        *packages, name = f"pulumi_switchboard.{definition.name}".split(".")
        parts = [model.__name__ for model in nested(definition.inputs)]
        public[".".join(packages)] |= {name, *parts, *(f"{part}ArgsDict" for part in parts)}
        found = look_ups(definition)
        functions = [function for function in (found.get, found.list_all) if function]
        public[".".join(packages)] |= {found.result, *functions, *(f"{one}_output" for one in functions)}
        for depth in range(1, len(packages)):
            public[".".join(packages[:depth])].add(packages[depth])

    for module, names in public.items():
        imported = import_module(module)
        assert set(imported.__all__) == names
        assert all(hasattr(imported, name) for name in names)
    assert set(dir(pulumi_switchboard)) == public["pulumi_switchboard"]
    assert pulumi_switchboard.__version__ == version("pulumi-switchboard")
    assert files("pulumi_switchboard").joinpath("py.typed").is_file()
