"""What a configuration type consists of, and what is missing.

A type has a definition, a sample, an emulated API that answers at the path in the sample, a place in an
example, and a place in each table of the emulator.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pulumi_switchboard.emulator.api import Api
from pulumi_switchboard.emulator.apis import discover
from pulumi_switchboard.resource.definition import AnyDefinition, type_name

from tests.emulator.subjects import DEFAULT, SUBJECTS
from tests.samples import every
from tests.samples.sample import Sample

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DEFINITIONS = "provider/pulumi_switchboard/definitions"
DECLARED = re.compile(r"\b((?:twilio|ultravox)(?:\.[a-z]\w*)*\.[A-Z]\w*)\(")
"""A resource of this package in a program."""
EMULATOR_PAGE = "docs/emulator.md"
KEY = re.compile(r"`((?:twilio/\w+|ultravox):\w+)`")
"""The key of a type in a page."""


def gaps_here(types: Iterable[AnyDefinition]) -> list[str]:
    """What the types of this repository lack."""
    paths = {one.key: path_below_definitions(one) for one in types}
    examples = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(EXAMPLES.rglob("*.py"))}
    tables = {
        "tests/emulator/subjects.py": {subject.type for subject in (*SUBJECTS, DEFAULT)},
        EMULATOR_PAGE: set(KEY.findall((ROOT / EMULATOR_PAGE).read_text())),
    }
    return gaps(paths, every(), discover(), examples, tables)


def path_below_definitions(definition: AnyDefinition) -> str:
    """Where a definition is, such as `twilio/voice/client_configuration.py`; its sample has the same path."""
    return definition.inputs.__module__.partition(".definitions.")[2].replace(".", "/") + ".py"


def gaps(
    types: Mapping[str, str],
    samples: Sequence[Sample],
    apis: Sequence[Api],
    examples: Mapping[str, str],
    tables: Mapping[str, Collection[str]],
) -> list[str]:
    """One sentence for each file that a type lacks, or that belongs to no type.

    Args:
        types: The path of each definition below `definitions/`, by the key of its type.
        samples: The samples.
        apis: The APIs of the emulator.
        examples: The text of each example, by its path.
        tables: The keys of the types in each table of the emulator, by the path of its file.
    """
    return [
        *_without_sample(types, {sample.type for sample in samples}),
        *_without_definition(types, samples),
        *_unanswered(samples, apis),
        *_unused(samples, apis),
        *_undeclared(types, examples),
        *_without_row(types, tables),
    ]


def _without_sample(types: Mapping[str, str], sampled: Collection[str]) -> Iterator[str]:
    for key, path in types.items():
        if key not in sampled:
            yield f"{key} has no sample: add tests/samples/{path}"


def _without_definition(types: Mapping[str, str], samples: Sequence[Sample]) -> Iterator[str]:
    for sample in samples:
        if sample.type not in types:
            yield f"there is a sample of {sample.type}, but no definition: add one to {DEFINITIONS}/"


def _unanswered(samples: Sequence[Sample], apis: Sequence[Api]) -> Iterator[str]:
    for sample in samples:
        if not any(_answers(api, sample) for api in apis):
            yield (
                f"no emulated API answers {sample.collection} of the sample of {sample.type}: "
                "add one to provider/pulumi_switchboard/emulator/apis/"
            )


def _unused(samples: Sequence[Sample], apis: Sequence[Api]) -> Iterator[str]:
    for api in apis:
        if not any(_answers(api, sample) for sample in samples):
            place = f"{api.host}{'/'.join(api.routes[0].template)}"
            yield (
                f"the emulated API of {place} has no sample: add that of its type to tests/samples/, "
                f"and the definition to {DEFINITIONS}/ if there is none"
            )


def _undeclared(types: Mapping[str, str], examples: Mapping[str, str]) -> Iterator[str]:
    names = {type_name(key) for key in types}
    declared = {name: path for path, text in examples.items() for name in DECLARED.findall(text)}
    for name in sorted(names - declared.keys()):
        yield f"no example declares {name}: add it to a program in examples/"
    for name in sorted(declared.keys() - names):
        yield f"{declared[name]} declares {name}, which has no definition: add one to {DEFINITIONS}/"


def _without_row(types: Collection[str], tables: Mapping[str, Collection[str]]) -> Iterator[str]:
    for place, keys in tables.items():
        for key in types:
            if key not in keys:
                yield f"{key} is not in {place}: add it to the table there"


def _answers(api: Api, sample: Sample) -> bool:
    host, *segments = sample.collection.split("/")
    return api.host == host and api.has(["", *segments])
