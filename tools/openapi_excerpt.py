"""`python -m tools.openapi_excerpt DOCUMENT PATH…`: print what a vendor's document says of paths.

The tests of the emulator read such excerpts; `tests/emulator/openapi/README.md` says which may be in the
repository. An excerpt has the paths, whatever they refer to, and neither examples nor prose, unless
`--descriptions` asks for the vendor's descriptions of single members.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

METHODS = {"get", "post", "put", "patch", "delete", "parameters"}
INFO = {"title", "version", "license"}
NAMED = {"properties", "headers", "responses"}
PROSE = {"example", "examples", "summary", "tags", "operationId", "security", "title", "default"}


def excerpt(document: Any, paths: list[str], *, has_descriptions: bool) -> dict[str, Any]:
    """Return the part of a document that is about these paths."""
    dropped = PROSE if has_descriptions else PROSE | {"description"}
    found: dict[str, Any] = {
        path: {name: item for name, item in document["paths"][path].items() if name in METHODS}
        for path in paths
    }
    found = _without(found, dropped)
    components: dict[str, Any] = {}
    waiting = list(_references(found))
    while waiting:
        kind, name = waiting.pop().removeprefix("#/components/").split("/")
        if name not in components.setdefault(kind, {}):
            component = _without(document["components"][kind][name], dropped)
            components[kind][name] = component
            waiting += _references(component)
    return {
        "openapi": document["openapi"],
        "info": {name: item for name, item in document["info"].items() if name in INFO},
        "servers": document["servers"],
        "paths": found,
        "components": {kind: dict(sorted(named.items())) for kind, named in sorted(components.items())},
    }


def _without(value: Any, dropped: set[str], *, are_names: bool = False) -> Any:
    """Copy a value without these keywords; the names of members and headers are no keywords."""
    if isinstance(value, list):
        return [_without(item, dropped) for item in value]
    if not isinstance(value, dict):
        return value
    if are_names:
        kept = [name for name in value if not name.startswith("Access-Control-")]
    else:
        kept = [
            name for name in value if name not in dropped and not name.startswith("x-") and value[name] != ""
        ]
    return {name: _without(value[name], dropped, are_names=not are_names and name in NAMED) for name in kept}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[name] for name in ("$ref",) if isinstance(value.get(name), str))
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _references(item)


def text(value: Any, depth: int = 3, indent: str = "") -> str:
    """Return JSON that has one line for each operation, and for each component."""
    if depth == 0 or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    deeper = indent + " "
    lines = [f"{deeper}{json.dumps(name)}: {text(item, depth - 1, deeper)}" for name, item in value.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def main() -> None:
    """Print an excerpt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", type=Path)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--descriptions", action="store_true")
    given = parser.parse_args()
    document = json.loads(given.document.read_text())
    print(text(excerpt(document, given.paths, has_descriptions=given.descriptions)))


if __name__ == "__main__":
    main()
