"""The answers of Conversations v1 against the vendor's own description of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from pulumi_switchboard.emulator import Emulator

from tests.emulator.conversations import EVERYTHING, HOST, PATH, Conversations

SPECS = Path(__file__).parents[2].parent / "shared" / "reference" / "specs"
SPEC = SPECS / "twilio_conversations_v1_configuration.json"

pytestmark = pytest.mark.skipif(
    not SPEC.exists(), reason="the vendor's OpenAPI files are not next to the repository"
)


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(SPEC.read_text())
    return parsed


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Conversations]:
    client = Conversations(emulator)
    yield client
    client.close()


def described(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the description of the path."""
    path: dict[str, Any] = spec["paths"][PATH.removeprefix(HOST)]
    return path


def schema_of(spec: dict[str, Any], response: requests.Response) -> dict[str, Any]:
    """Return the description of an answer's body, without which there must be no such answer."""
    operation = described(spec)[str(response.request.method).lower()]
    declared = operation["responses"][str(response.status_code)]
    assert response.headers["Content-Type"] == "application/json"
    return resolved(spec, declared["content"]["application/json"]["schema"])


def resolved(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference."""
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def mismatches(spec: dict[str, Any], schema: dict[str, Any], body: dict[str, Any]) -> set[str]:
    """Return the members that are not as the schema says; all have to be there, and no other."""
    assert set(body) == set(schema["properties"])
    members = {name: resolved(spec, member) for name, member in schema["properties"].items()}
    return {name for name, member in members.items() if not matches(member, body[name])}


def matches(schema: dict[str, Any], value: object) -> bool:
    """Say whether a value is as a schema says."""
    if value is None:
        return schema.get("nullable") is True
    if schema["type"] == "array":
        return isinstance(value, list) and all(matches(schema["items"], item) for item in value)
    return isinstance(value, str) and value in schema.get("enum", [value])


def test_answers_are_as_the_vendor_describes_them(client: Conversations, spec: dict[str, Any]) -> None:
    for response in (client.send(EVERYTHING), client.get(PATH)):
        assert mismatches(spec, schema_of(spec, response), response.json()) == set()


def test_of_an_unset_configuration_only_the_method_is_null_against_the_description(
    client: Conversations, spec: dict[str, Any]
) -> None:
    for response in (client.get(PATH), client.send({})):
        assert mismatches(spec, schema_of(spec, response), response.json()) == {"method"}


def test_the_vendor_s_example_can_be_sent_and_is_answered_as_it_says(
    client: Conversations, spec: dict[str, Any]
) -> None:
    operation = described(spec)["post"]
    sent = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["examples"]
    answer = operation["responses"]["200"]["content"]["application/json"]["examples"]["update"]["value"]
    response = client.send(sent["update"]["value"])
    unlike = {name for name, value in response.json().items() if value != answer[name]}
    assert unlike == {"account_sid", "post_webhook_url"}  # another account, and a slip: http for https


def test_every_method_and_parameter_that_the_vendor_describes_is_there_and_no_other(
    client: Conversations, spec: dict[str, Any]
) -> None:
    for method in ("get", "post", "put", "patch", "delete"):
        assert (client.request(method, PATH).status_code == 405) == (method not in described(spec))
    content = described(spec)["post"]["requestBody"]["content"]
    (form,) = content.values()
    assert set(content) == {"application/x-www-form-urlencoded"}
    assert set(form["schema"]["properties"]) == set(EVERYTHING)
