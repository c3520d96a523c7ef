"""Writes `tests/typing/programs`: for each type, a program that mypy and pyright prove the types with."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any

from pulumi_switchboard.fields.tree import tree
from pulumi_switchboard.resource.definition import AnyDefinition

from tests.samples.sample import Sample
from tools.generate.completeness import path_below_definitions
from tools.generate.templates import NOTE
from tools.generate.types import input_type, nested, shown_type

FOLDER = Path(__file__).parents[2] / "tests/typing/programs"
WORDS = {
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
    "Any": "typing",
    "Literal": "typing",
    "assert_type": "typing_extensions",
}
"""What a program may import besides Pulumi and the type, and from where."""


def programs(types: Iterable[AnyDefinition], samples: Mapping[str, Sample]) -> dict[Path, str]:
    """The program of each type that has a sample, by its path."""
    return {path_of(one): program(one, samples[one.key]) for one in types if one.key in samples}


def path_of(definition: AnyDefinition) -> Path:
    """The path of the program of a type."""
    return FOLDER / path_below_definitions(definition).replace("/", "_")


def program(definition: AnyDefinition, sample: Sample) -> str:
    """The program of a type.

    It gives the fewest and all arguments, says what type each argument and output has, and gives the outputs
    of one resource to another.
    """
    module, name = definition.key.split(":")
    fields = sorted(tree(definition.inputs).members.values(), key=lambda field: not field.is_required)
    outputs = tree(definition.state).members.values()
    body = [
        f"def declare(*, {', '.join(f'{field.name}: {input_type(field)}' for field in fields)}) -> {name}:",
        '    """Every argument may be a value or an output, at every depth."""',
        f"    return {name}('declared', {', '.join(f'{field.name}={field.name}' for field in fields)})",
        "",
        f"fewest = {name}('fewest', {_given(sample.minimal)})",
        f"made = declare({_given(sample.maximal)})",
        "assert_type(made.id, pulumi.Output[str])",
        *(f"assert_type(made.{field.name}, pulumi.Output[{shown_type(field)}])" for field in outputs),
        f"copied = {name}('copied', {_given(sample.maximal, {field.name for field in outputs})})",
    ]
    text = "\n".join(body)
    inner = [
        word for model in nested(definition.state) for word in (model.__name__, f"{model.__name__}ArgsDict")
    ]
    names = [name, *(word for word in inner if _has(text, word))]
    lines = [
        f'"""What type checkers have to accept of `{definition.name}`; never run.\n\n{NOTE}\n"""',
        *(f"from {source} import {word}" for word, source in WORDS.items() if _has(text, word)),
        "import pulumi",
        f"from pulumi_switchboard.{module.replace('/', '.')} import {', '.join(names)}",
        text,
    ]
    return "\n".join(lines) + "\n"


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", text) is not None


def _given(arguments: Mapping[str, Any], outputs: Container[str] = ()) -> str:
    """The arguments of a call; the value of one that is also an output is the output of `made`."""
    return ", ".join(
        f"{name}=made.{name}" if name in outputs else f"{name}={value!r}" for name, value in arguments.items()
    )
