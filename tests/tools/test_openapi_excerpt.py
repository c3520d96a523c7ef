"""The excerpts of the vendors' OpenAPI documents."""

import json
from pathlib import Path

import pytest

from tools import openapi_excerpt

DOCUMENT = {
    "openapi": "3.0.1",
    "info": {"title": "Things", "version": "1", "license": {"name": "MIT"}, "contact": {}},
    "servers": [{"url": "https://things.example"}],
    "paths": {
        "/things": {
            "x-origin": 1,
            "get": {
                "summary": "List things.",
                "responses": {"200": {"description": "OK", "schema": {"$ref": "#/components/schemas/Thing"}}},
            },
        },
        "/others": {"get": {"responses": {}}},
    },
    "components": {
        "schemas": {
            "Thing": {"type": "object", "example": {}, "properties": {"example": {"type": "string"}}},
            "Other": {"type": "string"},
        }
    },
}


def test_an_excerpt_has_the_paths_and_what_they_refer_to_without_prose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "document.json").write_text(json.dumps(DOCUMENT))
    monkeypatch.setattr("sys.argv", ["openapi_excerpt", str(tmp_path / "document.json"), "/things"])
    openapi_excerpt.main()
    assert json.loads(capsys.readouterr().out) == {
        "openapi": "3.0.1",
        "info": {"title": "Things", "version": "1", "license": {"name": "MIT"}},
        "servers": [{"url": "https://things.example"}],
        "paths": {
            "/things": {"get": {"responses": {"200": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}
        },
        "components": {
            "schemas": {"Thing": {"type": "object", "properties": {"example": {"type": "string"}}}}
        },
    }
