"""The Voice answers against the vendor's own description of them."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.emulator.client import CONFIGURATIONS, DEFAULT, Client, configuration

SPECS = Path(__file__).parents[2].parent / "shared" / "reference" / "specs"
SPEC = SPECS / "twilio_voice_v2_configurations.2026-09.structure.json"
COLLECTION = "/v2/Configurations/{Type}"
ITEM = f"{COLLECTION}/{{IdOrUniqueName}}"
POINTER = f"{COLLECTION}/Default"

pytestmark = pytest.mark.skipif(
    not SPEC.exists(), reason="the vendor's OpenAPI files are not next to the repository"
)


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(SPEC.read_text())
    return parsed


def conform(spec: dict[str, Any], response: requests.Response, path: str) -> None:
    """Assert that the description of a path has this answer and that the body is as it says."""
    method = str(response.request.method).lower()
    declared = spec["paths"][path][method]["responses"]
    assert str(response.status_code) in declared
    content = declared[str(response.status_code)].get("content")
    if content is None:
        assert response.content == b""
    else:
        assert response.headers["Content-Type"] == "application/json"
        assert_matches(spec, content["application/json"]["schema"], response.json())


def assert_matches(spec: dict[str, Any], schema: dict[str, Any], value: object) -> None:
    """Assert that a value is as a schema says, and has no member that the schema does not name."""
    if "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if value is None:
        assert schema.get("nullable") is True
        return
    kinds: dict[str, type] = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    assert isinstance(value, kinds[schema["type"]])
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        assert set(schema.get("required", ())) <= set(value)
        for name, member in value.items() if properties else ():
            assert name in properties
            assert_matches(spec, properties[name], member)
    if isinstance(value, list):
        for item in value:
            assert_matches(spec, schema["items"], item)


def test_answers_are_as_the_vendor_describes_them(client: Client, spec: dict[str, Any]) -> None:
    created = client.post(CONFIGURATIONS, configuration(unique_name="name"))
    conform(spec, created, COLLECTION)
    path = f"{CONFIGURATIONS}/{created.json()['id']}"
    conform(spec, client.get(path), ITEM)
    conform(spec, client.put(path, configuration()), ITEM)
    conform(spec, client.post(DEFAULT, {"configuration_id": created.json()["id"]}), POINTER)
    conform(spec, client.get(DEFAULT), POINTER)
    conform(spec, client.delete(path), ITEM)


def test_errors_are_as_the_vendor_describes_them(client: Client, spec: dict[str, Any]) -> None:
    missing = f"{CONFIGURATIONS}/missing"
    for response, path in (
        (client.post(CONFIGURATIONS, {}), COLLECTION),
        (client.get(missing), ITEM),
        (client.put(missing, configuration()), ITEM),
        (client.delete(missing), ITEM),
        (client.get(DEFAULT), POINTER),
        (client.post(DEFAULT, {"configuration_id": "missing"}), POINTER),
        (client.get(missing, auth=("nobody", "x")), ITEM),
    ):
        assert not response.ok
        conform(spec, response, path)


def test_pages_are_as_the_vendor_describes_them(client: Client, spec: dict[str, Any]) -> None:
    schema = spec["components"]["schemas"]["voice.v2.paginated_configuration_response"]
    for number in range(3):
        client.create(f"name-{number}")
    first = client.get(CONFIGURATIONS, params={"pageSize": 1}).json()
    token = first["meta"]["next_token"]
    second = client.get(CONFIGURATIONS, params={"pageSize": 1, "pageToken": token}).json()
    for page in (first, second):
        assert_matches(spec, schema, page)
