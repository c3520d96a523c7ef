"""The Ultravox answers against the vendor's own description of them."""

import uuid
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml  # type: ignore[import-untyped]
from pulumi_switchboard.emulator import Emulator

from tests.emulator.ultravox import ALICE, BOB, HOST, PATH, Ultravox, body

SPECS = Path(__file__).parents[2].parent / "shared" / "reference" / "specs"
SPEC = SPECS / "ultravox_configuration_endpoints.2026-07.yaml"

pytestmark = pytest.mark.skipif(
    not SPEC.exists(), reason="the vendor's OpenAPI files are not next to the repository"
)


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.load(SPEC.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return parsed


def conform(spec: dict[str, Any], response: requests.Response) -> None:
    """Assert that the description has this answer, and that the body is as it says."""
    method = str(response.request.method).lower()
    path = str(response.request.path_url).removeprefix(HOST)
    declared = spec["paths"][path][method]["responses"][str(response.status_code)]
    if "content" not in declared:
        assert response.content == b""
        return
    assert response.headers["Content-Type"] == "application/json"
    assert_matches(spec, declared["content"]["application/json"]["schema"], response.json())


def assert_matches(spec: dict[str, Any], schema: dict[str, Any], value: object) -> None:
    """Assert that a value is as a schema says, and has no member that the schema does not name."""
    schema = resolved(spec, schema)
    kinds: dict[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool}
    assert isinstance(value, kinds[schema["type"]])
    if schema.get("format") == "uuid":
        assert str(uuid.UUID(str(value))) == value
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        answered = {name: member for name, member in properties.items() if not member.get("writeOnly")}
        others: dict[str, Any] | None = schema.get("additionalProperties")
        assert {name for name in schema.get("required", ()) if name in answered} <= set(value)
        for name, member in value.items():
            expected = answered.get(name, others)
            assert expected is not None, name
            assert_matches(spec, expected, member)
    if isinstance(value, list):
        assert len(value) <= schema.get("maxItems", len(value))
        for item in value:
            assert_matches(spec, schema["items"], item)


def resolved(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference, also one that stands in `allOf`, where others are described."""
    (schema,) = schema.get("allOf", [schema])
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def test_answers_are_as_the_vendor_describes_them(emulator: Emulator, spec: dict[str, Any]) -> None:
    client = Ultravox(emulator)
    sent = {"callCreationAllowedAgentIds": [ALICE, BOB], "requestContextMapping": {"From": "caller"}}
    for response in (
        client.post(PATH, body()),
        client.get(PATH),
        client.patch(sent),
        client.get(PATH),
        client.post(PATH, body(callCreationAllowAllAgents=True)),
        client.delete(PATH),
    ):
        conform(spec, response)
    client.close()


def test_every_method_that_the_vendor_describes_is_there_and_no_other(
    emulator: Emulator, spec: dict[str, Any]
) -> None:
    client = Ultravox(emulator)
    described = spec["paths"][PATH.removeprefix(HOST)]
    for method in ("get", "post", "put", "patch", "delete"):
        assert (client.request(method, PATH, json={}).status_code == 405) == (method not in described)
    client.close()


@pytest.mark.parametrize("method", ["post", "patch"])
def test_every_member_that_the_vendor_describes_can_be_sent(
    emulator: Emulator, spec: dict[str, Any], method: str
) -> None:
    client = Ultravox(emulator)
    client.created()
    operation = spec["paths"][PATH.removeprefix(HOST)][method]
    schema = resolved(spec, operation["requestBody"]["content"]["application/json"]["schema"])
    samples = {"string": "text", "array": [], "boolean": True, "object": {}}
    sent = {name: samples[resolved(spec, member)["type"]] for name, member in schema["properties"].items()}
    conform(spec, client.request(method, PATH, json=sent))
    client.close()
