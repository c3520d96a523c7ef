"""The vendors' own OpenAPI descriptions of their APIs, and whether a value is as a schema says.

Those that may be redistributed are in `openapi/`. The others are read from `../shared/reference/specs`, next
to the repository, if that exists.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import yaml  # type: ignore[import-untyped]

HERE = Path(__file__).parent / "openapi"
OUTSIDE = Path(__file__).parents[2].parent / "shared" / "reference" / "specs"

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}
NOT_OF_KIND = {"object": [], "array": {}, "string": 1, "integer": "1", "number": "1", "boolean": "true"}
GONE = object()
"""In the place of a member that is left out."""
FORMATS: dict[str, Callable[[str], object]] = {
    "date-time": lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")),
    "uuid": UUID,
}
LIMITS: dict[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, values: value in values,
    "minimum": lambda value, least: bool(value >= least),
    "maximum": lambda value, most: bool(value <= most),
    **dict.fromkeys(("minLength", "minItems"), lambda value, least: len(value) >= least),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties"), lambda value, most: len(value) <= most),
    "pattern": lambda value, pattern: re.search(pattern, value) is not None,
}
STRUCTURE = {"$ref", "type", "format", "nullable", "properties", "required", "additionalProperties", "items"}
STRUCTURE |= {"allOf", "oneOf", "anyOf", "readOnly", "writeOnly"}
PROSE = {"description", "title", "example", "examples", "default", "deprecated", "discriminator"}


@dataclass(frozen=True)
class Operation:
    """What a description says about a method and a path."""

    document: Any
    said: Any

    @property
    def query(self) -> set[str]:
        parameters = [self.resolved(each) for each in self.said.get("parameters", ())]
        return {each["name"] for each in parameters if each["in"] == "query"}

    @property
    def request(self) -> Any:
        """The bodies that a request may have, by content type."""
        return self.said.get("requestBody", {}).get("content", {})

    def answer(self, status: int) -> Any:
        said = self.said["responses"].get(str(status))
        return None if said is None else self.resolved(said)

    @property
    def has_errors(self) -> bool:
        return any(status >= "4" for status in self.said["responses"])

    def resolved(self, said: Any) -> Any:
        while "$ref" in said:
            found = self.document
            for name in said["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            said = found
        return said

    def members(self, schema: Any) -> set[str]:
        """The members that a request with this schema can have."""
        properties = self.resolved(schema).get("properties", {})
        return {name for name, member in properties.items() if not self.resolved(member).get("readOnly")}

    def problems(self, schema: Any, value: Any, path: str = "", *, is_request: bool = False) -> Iterator[str]:
        """Say where a value is not as a schema says; a member that the schema does not name is a problem."""
        schema = self.resolved(schema)
        if unknown := set(schema) - STRUCTURE - PROSE - set(LIMITS):
            raise NotImplementedError(f"the keywords {unknown} of a schema")
        place = path or "body"
        for part in schema.get("allOf", ()):
            yield from self.problems(part, value, path, is_request=is_request)
        for union in (schema[name] for name in ("oneOf", "anyOf") if name in schema):
            if all([*self.problems(part, value, path, is_request=is_request)] for part in union):
                yield f"{place}: is none of the alternatives"
        if value is None:
            if not schema.get("nullable", "type" not in schema):
                yield f"{place}: is null"
            return
        if kind := schema.get("type"):
            is_boolean = isinstance(value, bool)  # which is no number
            if not isinstance(value, KINDS[kind]) or is_boolean != (kind == "boolean"):
                yield f"{place}: is no {kind}"
                return
        yield from (f"{place}: {problem}" for problem in limit_problems(schema, value))
        if isinstance(value, list):
            for number, item in enumerate(value):
                yield from self.problems(schema["items"], item, f"{path}[{number}]", is_request=is_request)
        if isinstance(value, dict):
            yield from self._members(schema, value, path, is_request=is_request)

    def wrong(self, schema: Any, value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Return places in a good request, each with a value at its end that the schema does not allow."""
        schema = self.resolved(schema)
        if path:
            yield *path, NOT_OF_KIND[schema["type"]]
        if "enum" in schema or "pattern" in schema:
            yield *path, "?"
        if "maxLength" in schema:
            yield *path, "a" * (schema["maxLength"] + 1)
        if "minimum" in schema:
            yield *path, schema["minimum"] - 1
        if schema.get("minLength"):
            yield *path, "a" * (schema["minLength"] - 1)
        if isinstance(value, list) and value:
            if "maxItems" in schema:
                yield *path, value[:1] * (schema["maxItems"] + 1)
            yield from self.wrong(schema["items"], value[0], (*path, 0))
        if isinstance(value, dict):
            properties, others = schema.get("properties", {}), schema.get("additionalProperties")
            yield from ((*path, name, GONE) for name in schema.get("required", ()) if name in value)
            if properties and not others:
                yield *path, "unknown", 1
            for name, member in value.items():
                if known := properties.get(name, others):
                    yield from self.wrong(known, member, (*path, name))

    def _members(self, schema: Any, value: Any, path: str, *, is_request: bool) -> Iterator[str]:
        one_way = "readOnly" if is_request else "writeOnly"
        properties = {
            name: member
            for name, member in schema.get("properties", {}).items()
            if not self.resolved(member).get(one_way)
        }
        hidden = set(schema.get("properties", {})) - set(properties)
        for name in set(schema.get("required", ())) - hidden - set(value):
            yield f"{path}.{name}: is missing".removeprefix(".")
        others = schema.get("additionalProperties", not properties)
        for name, member in value.items():
            place = f"{path}.{name}".removeprefix(".")
            if name in properties:
                yield from self.problems(properties[name], member, place, is_request=is_request)
            elif isinstance(others, dict):
                yield from self.problems(others, member, place, is_request=is_request)
            elif not others:
                yield f"{place}: is not described"


def limit_problems(schema: Any, value: Any) -> Iterator[str]:
    """Say which limits a value of the right type does not keep."""
    for name, is_kept in LIMITS.items():
        if name in schema and not is_kept(value, schema[name]):
            yield f"{name} is {schema[name]}"
    if isinstance(value, str):
        try:
            FORMATS.get(schema.get("format", ""), str)(value)
        except ValueError:
            yield f"is no {schema['format']}"


def find(host: str, method: str, template: Iterable[str]) -> Operation | None:
    """Return what the descriptions say about a route of the emulator."""
    for document, item in _items(host, tuple(template)):
        if method.lower() in item:
            said = item[method.lower()]
            parameters = [*item.get("parameters", ()), *said.get("parameters", ())]
            return Operation(document, {**said, "parameters": parameters})
    return None


def methods(host: str, template: Iterable[str]) -> set[str]:
    """Return the methods that the first description of a path has."""
    items = _items(host, tuple(template))
    return {name.upper() for name in items[0][1] if name != "parameters"} & METHODS if items else set()


def _items(host: str, template: tuple[str, ...]) -> list[tuple[Any, Any]]:
    """Return the documents with a path and what they say of it, those of the repository first."""
    for folder in (HERE, OUTSIDE):
        fitting = [each for each in _paths(folder) if each[0] == host and _fits(each[1], template)]
        # A description can have a template for many paths besides one of them: the more exact one counts.
        exact = min((path.count("{") for _, path, _, _ in fitting), default=0)
        if fitting:
            return [(document, item) for _, path, document, item in fitting if path.count("{") == exact]
    return []


def schema_named(host: str, name: str) -> Any:
    for folder in (HERE, OUTSIDE):
        for server, _, document, _ in _paths(folder):
            if server == host and name in document["components"]["schemas"]:
                return document, {"$ref": f"#/components/schemas/{name}"}
    raise LookupError(name)


def _fits(described: str, template: tuple[str, ...]) -> bool:
    segments = described.split("/")
    return len(segments) == len(template) and all(
        said == part or said.startswith("{") for said, part in zip(segments, template, strict=True)
    )


@cache
def _paths(folder: Path) -> list[tuple[str, str, Any, Any]]:
    """Return host, path, document and what it says of the path, the newest document first."""
    found = []
    for file in sorted(folder.glob("*.*"), reverse=True):
        if file.suffix == ".md":
            continue
        text = file.read_text()
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        document = json.loads(text) if file.suffix == ".json" else yaml.load(text, loader)  # noqa: S506 - safe
        host = urlsplit(document["servers"][0]["url"]).netloc
        found += [(host, path, document, item) for path, item in document["paths"].items()]
    return found
