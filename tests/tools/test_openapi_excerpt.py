"""The excerpts of the vendors' OpenAPI documents."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools import openapi_excerpt

HEAD: dict[str, Any] = {"openapi": "3.0.1", "servers": [{"url": "https://things.example"}]}
INFO = {"title": "Things", "version": "1", "license": {"name": "MIT"}}
ANSWER = {"schema": {"$ref": "#/components/schemas/Thing"}}
THING: dict[str, Any] = {"type": "object", "properties": {"example": {"type": "string"}}}
LIST = {"summary": "List things.", "responses": {"200": {"description": "OK", **ANSWER}}}
DOCUMENT = {
    **HEAD,
    "info": {**INFO, "contact": {}},
    "paths": {"/things": {"x-origin": 1, "get": LIST}, "/others": {"get": {"responses": {}}}},
    "components": {"schemas": {"Thing": {**THING, "example": {}}, "Other": {"type": "string"}}},
}


def test_an_excerpt_has_the_paths_and_what_they_refer_to_without_prose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "document.json").write_text(json.dumps(DOCUMENT))
    monkeypatch.setattr("sys.argv", ["openapi_excerpt", str(tmp_path / "document.json"), "/things"])
    openapi_excerpt.main()
    assert json.loads(capsys.readouterr().out) == {
        **HEAD,
        "info": INFO,
        "paths": {"/things": {"get": {"responses": {"200": ANSWER}}}},
        "components": {"schemas": {"Thing": THING}},
    }
