"""The answers of Conversation Orchestrator against the vendor's own description of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from pulumi_switchboard.emulator import Switches
from pulumi_switchboard.emulator.faults import Answer, Operation

from tests.emulator.orchestrator import (
    COLLECTION,
    CREATE,
    OPERATIONS,
    SERVICE,
    Orchestrator,
    body,
    orchestrator,
    path_of,
)

SPECS = Path(__file__).parents[2].parent / "shared" / "reference" / "specs"
SPEC = SPECS / "twilio_conversations_v2_controlplane.2026-09.json"
LIST = "/v2/ControlPlane/Configurations"
ITEM = f"{LIST}/{{id}}"
OPERATION = "/v2/ControlPlane/Operations/{id}"
RULES = [{"from": "*", "to": "+18005550100", "metadata": {"callType": "PSTN"}}, {"from": "a", "to": "b"}]
CHANNELS = {"VOICE": {"statusTimeouts": {"closed": 5}, "captureRules": RULES}, "SMS": {}}

pytestmark = pytest.mark.skipif(
    not SPEC.exists(), reason="the vendor's OpenAPI files are not next to the repository"
)


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(SPEC.read_text())
    return parsed


@pytest.fixture
def exact() -> Iterator[Orchestrator]:
    """An emulator without what other sources than the description say: nulls, and the status RUNNING."""
    switches = Switches(orchestrator_fill="absent", orchestrator_running=False)
    with orchestrator(switches=switches, operation_polls=2, retry_after=1) as vendor:
        yield vendor


def conform(spec: dict[str, Any], response: requests.Response, path: str) -> None:
    """Assert that the description of a path has this answer, and that head and body are as it says."""
    method = str(response.request.method).lower()
    declared = resolved(spec, spec["paths"][path][method]["responses"][str(response.status_code)])
    for name, header in declared.get("headers", {}).items():
        if name in response.headers:
            kinds = {"integer": int, "string": str}
            kinds[header["schema"]["type"]](response.headers[name])
    assert response.headers["Content-Type"] == "application/json"
    assert_matches(spec, declared["content"]["application/json"]["schema"], response.json())


def resolved(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference."""
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = spec
    for name in schema["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


def assert_matches(spec: dict[str, Any], schema: dict[str, Any], value: object) -> None:
    """Assert that a value is as a schema says, and has no member that the schema does not name."""
    schema = resolved(spec, schema)
    if value is None:
        assert schema.get("nullable") is True
        return
    kinds: dict[str, type] = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    assert isinstance(value, kinds[schema["type"]])
    assert value in schema.get("enum", [value])
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        others = schema.get("additionalProperties")
        assert set(schema.get("required", ())) <= set(value)
        for name, member in value.items():
            assert name in properties or isinstance(others, dict), name
            assert_matches(spec, properties.get(name, others), member)
    if isinstance(value, list):
        assert len(value) <= schema.get("maxItems", len(value))
        for item in value:
            assert_matches(spec, schema["items"], item)


def finish(vendor: Orchestrator, write: requests.Response) -> list[requests.Response]:
    """Ask for an operation until it is over, and return the answers."""
    path = f"{OPERATIONS}/{write.headers['Operation-Id']}"
    return [vendor.get(path), vendor.get(path)]


def test_answers_are_as_the_vendor_describes_them(exact: Orchestrator, spec: dict[str, Any]) -> None:
    bridge = {"serviceId": SERVICE}
    sent = body(channelSettings=CHANNELS, statusCallbacks=[{"url": "https://a.example"}])
    created = exact.write("POST", json={**sent, "conversationsV1Bridge": bridge})
    conform(spec, created, LIST)
    for answer in finish(exact, created):
        conform(spec, answer, OPERATION)
    identifier = created.json()["related"]["configurationId"]
    conform(spec, exact.get(path_of(identifier)), ITEM)
    conform(spec, exact.get(COLLECTION), LIST)
    for method in ("PUT", "PATCH", "DELETE"):
        write = exact.write(method, identifier, sent)
        conform(spec, write, ITEM)
        for answer in finish(exact, write):
            conform(spec, answer, OPERATION)


def test_a_failed_operation_is_as_the_vendor_describes_it(exact: Orchestrator, spec: dict[str, Any]) -> None:
    with exact.emulator.inject(CREATE, Operation("FAILED")):
        write = exact.write("POST", json=body())
    _, failed = finish(exact, write)
    assert failed.json()["status"] == "FAILED"
    conform(spec, failed, OPERATION)


def test_errors_are_as_the_vendor_describes_them(exact: Orchestrator, spec: dict[str, Any]) -> None:
    write = exact.write("POST", json=body())
    identifier = write.json()["related"]["configurationId"]
    unknown = path_of("unknown")
    for response, path in (
        (exact.post(COLLECTION, {}), LIST),
        (exact.get(f"{COLLECTION}?pageSize=0"), LIST),
        (exact.put(path_of(identifier), body()), ITEM),
        (exact.get(unknown), ITEM),
        (exact.put(unknown, body()), ITEM),
        (exact.request("PATCH", unknown, json={}), ITEM),
        (exact.delete(unknown), ITEM),
        (exact.get(f"{OPERATIONS}/unknown"), OPERATION),
    ):
        assert not response.ok
        conform(spec, response, path)
    for status in (429, 500, 503):
        with exact.emulator.inject(CREATE, Answer(status)):
            conform(spec, exact.write("POST", json=body()), LIST)


def test_pages_are_as_the_vendor_describes_them(exact: Orchestrator, spec: dict[str, Any]) -> None:
    for _ in range(3):
        finish(exact, exact.write("POST", json=body()))
    first = exact.get(COLLECTION, params={"pageSize": 1})
    token = first.json()["meta"]["nextToken"]
    for page in (first, exact.get(COLLECTION, params={"pageSize": 1, "pageToken": token})):
        conform(spec, page, LIST)


def test_by_default_the_nulls_are_all_that_the_description_does_not_have(
    vendor: Orchestrator, spec: dict[str, Any]
) -> None:
    created = vendor.created(channelSettings=CHANNELS)
    operation = spec["paths"][ITEM]["get"]["responses"]["200"]
    assert_matches(spec, operation["content"]["application/json"]["schema"], without_nulls(created))


def without_nulls(value: Any) -> Any:
    """Return a JSON value without the members that are null."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value
