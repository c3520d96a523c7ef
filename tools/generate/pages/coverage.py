"""The page that lists the vendors' operations: which type uses them, and which are left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.rest.collection import Collection

from tests.samples.sample import Sample
from tools.generate.completeness import path_below_definitions
from tools.generate.pages.left_out import LEFT_OUT, NOT_MANAGED
from tools.generate.pages.markdown import NOTE, table
from tools.generate.pages.requests import POLLS, SENT_AS, requests

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/coverage.md"
DESCRIPTIONS = ROOT / "tests/emulator/openapi"
METHODS = ("get", "post", "put", "patch", "delete")
HEAD = f"""\
# API coverage

{NOTE}

This page lists the operations of the vendors' APIs that this package uses, with the type that uses each of
them, and those that it leaves out.

## Used

The tests in `tests/conformance` send these operations for each type, from its sample.
`tests/emulator/test_openapi.py` compares requests and answers with the vendors' descriptions. The page of a
type says where its facts come from.

"""
MIDDLE = """
## Left out of these APIs

"""
END = """
## Not managed

No type uses these APIs yet.

"""

Operation: TypeAlias = tuple[str, str, str]
"""Host, method and path; each variable of the path is `{}`."""


def coverage(types: Sequence[AnyDefinition], samples: Mapping[str, Sample]) -> str:
    """The text of the page."""
    used = _used(types, samples)
    return "".join(
        [
            HEAD,
            table(("operation", "used by", "for", "sample"), _rows(types, used)),
            "\n",
            MIDDLE,
            table(("operation", "why"), ((_shown(one), why) for one, why in LEFT_OUT.items())),
            "\n",
            END,
            table(
                ("API", "paths", "why"),
                ((one.api, ", ".join(f"`{path}`" for path in one.paths), one.why) for one in NOT_MANAGED),
            ),
            "\n",
        ]
    )


def unexplained(types: Sequence[AnyDefinition], samples: Mapping[str, Sample]) -> list[str]:
    """One sentence for each operation that is left out without a reason, or has one though a type uses it."""
    used = {operation for found in _used(types, samples).values() for operation in found}
    place = "tools/generate/pages/left_out.py"
    paths = {(host, path) for host, _, path in used}
    wrong = [" ".join(operation) for operation in LEFT_OUT if operation in used]
    wrong += [path for one in NOT_MANAGED for path in one.paths if (one.host, _template(path)) in paths]
    return [
        *(
            f"say in {place} why no type uses {' '.join(operation)}"
            for operation in sorted(described() - used - LEFT_OUT.keys())
        ),
        *(f"a type uses {operation}: remove that from {place}" for operation in wrong),
    ]


def _used(
    types: Sequence[AnyDefinition], samples: Mapping[str, Sample]
) -> dict[str, dict[Operation, list[str]]]:
    return {one.key: uses(one, samples[one.key].collection.partition("/")[0]) for one in types}


def uses(definition: AnyDefinition, host: str) -> dict[Operation, list[str]]:
    """The operations that a type uses, each with what for."""
    found: dict[Operation, list[str]] = {}
    for verb, sent in requests(definition).items():
        for one in sent:
            what = "wait" if one.method == POLLS else verb.partition(" ")[0]
            _add(found, (host, SENT_AS.get(one.method, one.method), _template(one.path)), what)
    api = definition.api
    if isinstance(api, Collection) and api.pages is not None:
        _add(found, (host, "GET", _template(api.path)), "look-ups")
    return found


def described() -> set[Operation]:
    """The operations in the vendors' descriptions that are in the repository."""
    return {
        (document["servers"][0]["url"].removeprefix("https://"), method.upper(), _template(path))
        for file in DESCRIPTIONS.glob("*.json")
        for document in [json.loads(file.read_text())]
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }


def _rows(
    types: Sequence[AnyDefinition], used: Mapping[str, Mapping[Operation, list[str]]]
) -> Iterator[tuple[str, str, str, str]]:
    for one in types:
        place = path_below_definitions(one)
        for operation, verbs in used[one.key].items():
            yield (
                _shown(operation),
                f"[`{one.name}`](types/{one.name}.md)",
                ", ".join(verbs),
                f"[{Path(place).name}](../tests/samples/{place})",
            )


def _shown(operation: Operation) -> str:
    host, method, path = operation
    return f"`{method} {host}{path.replace('{}', '{id}')}`"


def _template(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _add(found: dict[Operation, list[str]], operation: Operation, what: str) -> None:
    verbs = found.setdefault(operation, [])
    if what not in verbs:
        verbs.append(what)
