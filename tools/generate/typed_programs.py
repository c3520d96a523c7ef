"""Writes `tests/typing/programs`: for each type, a program that mypy and pyright prove the types with."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.resource.definition import AnyDefinition

from tests.samples.sample import Sample
from tools.generate.completeness import path_below_definitions
from tools.generate.lookups import LookUps, look_ups
from tools.generate.templates import NOTE
from tools.generate.types import input_type, nested, shown_type

FOLDER = Path(__file__).parents[2] / "tests/typing/programs"
WORDS = {
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
    "asdict": "dataclasses",
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

    It gives the fewest and all arguments, says what type each argument and output has, gives the outputs of
    one resource to another, looks objects up, and gives what they show to a resource.
    """
    module, name = definition.key.split(":")
    fields = sorted(tree(definition.inputs).members.values(), key=lambda field: not field.is_required)
    outputs = tree(definition.state).members.values()
    found = look_ups(definition)
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
        *_look_ups(found, fields),
    ]
    text = "\n".join(body)
    inner = [
        word for model in nested(definition.state) for word in (model.__name__, f"{model.__name__}ArgsDict")
    ]
    functions = [found.get, f"{found.get}_output", found.list_all, f"{found.list_all}_output"]
    names = [name, *(word for word in (*inner, found.result, *functions) if word and _has(text, word))]
    lines = [
        f'"""What type checkers have to accept of `{definition.name}`; never run.\n\n{NOTE}\n"""',
        *(f"from {source} import {word}" for word, source in WORDS.items() if _has(text, word)),
        "import pulumi",
        f"from pulumi_switchboard.{module.replace('/', '.')} import {', '.join(names)}",
        text,
    ]
    return "\n".join(lines) + "\n"


def _look_ups(found: LookUps, arguments: Sequence[Field]) -> Iterator[str]:
    """Calls of each form, the type of each member, and a resource with the members that are arguments."""
    opts = "opts=pulumi.InvokeOptions(parent=made)"
    shown = {field.name: shown_type(field) for field in found.shown}
    for key in found.keys:
        yield f"assert_type({found.get}({key}='it'), {found.result})"
        yield f"assert_type({found.get}_output({key}=made.id, {opts}), pulumi.Output[{found.result}])"
    given = "id='it'" if found.keys else ""
    yield f"looked_up = {found.get}({given})"
    yield f"later = {found.get}_output({given})"
    yield from (f"assert_type(looked_up.{name}, {kind})" for name, kind in shown.items())
    yield "assert_type(asdict(looked_up), dict[str, Any])"
    if found.list_all:
        filters = ", ".join(f"{name}=made.{name}" for name in found.filters)
        plain = ", ".join(f"{name}=looked_up.{name}" for name in found.filters)
        yield f"assert_type({found.list_all}({plain}), list[{found.result}])"
        yield f"assert_type({found.list_all}_output({filters}), pulumi.Output[list[{found.result}]])"
    taken = [field.name for field in arguments if field.name in shown]
    if all(field.name in shown for field in arguments if field.is_required):
        passed = ", ".join(f"{name}=looked_up.{name}" for name in taken)
        yield f"again = {found.key.partition(':')[2]}('again', {passed})"
        passed = ", ".join(f"{name}=later.apply(lambda found: found.{name})" for name in taken)
        yield f"afterwards = {found.key.partition(':')[2]}('afterwards', {passed})"


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", text) is not None


def _given(arguments: Mapping[str, Any], outputs: Container[str] = ()) -> str:
    """The arguments of a call; the value of one that is also an output is the output of `made`."""
    return ", ".join(
        f"{name}=made.{name}" if name in outputs else f"{name}={value!r}" for name, value in arguments.items()
    )
