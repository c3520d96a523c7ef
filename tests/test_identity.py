"""Keys of creates, and the names that follow from them."""

from __future__ import annotations

import re

import pytest
from pulumi_switchboard.identity import LONGEST_NAME, generated_name, key_of, unused_key

from tests.promises import proves

RESOURCE = "twilio/voice:ClientConfiguration::support"
FIRST = key_of("0d1e2f", RESOURCE)


@proves("process.state-format", "identity.generated-names", "identity.stacks-apart")
def test_a_generated_name_is_that_of_the_resource_and_never_changes_between_releases() -> None:
    assert generated_name(RESOURCE, FIRST) == generated_name("support", FIRST) == "support-4a75cf0"
    assert generated_name(RESOURCE, FIRST) != generated_name(RESOURCE, key_of("0d1e30", RESOURCE))
    assert len(generated_name("x" * LONGEST_NAME, FIRST)) == LONGEST_NAME


@pytest.mark.parametrize(
    ("resource", "stem"),
    [("my desk", "my-desk"), ("größe", "gr-e"), ("a::b", "a-b"), ("--x--", "x"), ("☎", "resource")],
)
def test_a_generated_name_has_no_character_that_a_vendor_might_refuse(resource: str, stem: str) -> None:
    assert re.fullmatch(rf"{stem}-[0-9a-f]{{7}}", generated_name(f"t:t:T::{resource}", FIRST))


@proves("keys.next-key")
def test_the_chain_of_keys_leads_past_all_objects_in_use() -> None:
    second = key_of(FIRST, "id-1")

    assert unused_key(FIRST, {}) == FIRST
    assert unused_key(FIRST, {FIRST: "id-1"}) == second
    assert unused_key(FIRST, {second: "id-2", FIRST: "id-1"}) == key_of(second, "id-2")
    assert unused_key(FIRST, {second: "id-2"}) == FIRST
