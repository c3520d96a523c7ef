"""Names made for objects, claims on them, and what a full replacement keeps."""

from __future__ import annotations

import re

import pytest
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.merge import onto
from pulumi_switchboard.core.naming import autoname
from pulumi_switchboard.errors import ConflictError

RESOURCE = "pulumi-python:dynamic/twilio/voice:ClientConfiguration::support"
OBJECT = ("https://twilio.com", "AC1", "twilio/voice:ClientConfiguration", "id-1")


def test_a_name_is_that_of_the_resource_and_seven_hex_digits() -> None:
    assert re.fullmatch(r"support-[0-9a-f]{7}", autoname("0d1e2f", RESOURCE))


def test_a_name_never_changes_between_releases() -> None:
    assert autoname("0d1e2f", RESOURCE) == "support-18e0a0e"


def test_the_same_program_in_another_stack_gets_another_name() -> None:
    assert autoname("0d1e2f", RESOURCE) != autoname("0d1e30", RESOURCE)


@pytest.mark.parametrize(
    ("resource", "stem"),
    [("my desk", "my-desk"), ("größe", "gr-e"), ("a::b", "a-b"), ("--x--", "x"), ("☎", "resource")],
)
def test_a_name_has_no_character_that_a_vendor_might_refuse(resource: str, stem: str) -> None:
    assert re.fullmatch(rf"{stem}-[0-9a-f]{{7}}", autoname("id", f"t:t:T::{resource}"))


def test_an_object_without_a_claim_is_held_by_no_one() -> None:
    assert Claims().holder(OBJECT, "urn:a", None) is None
    assert Claims().is_free(OBJECT)


@pytest.mark.parametrize("tenure", [None, "first"])
def test_an_object_is_deleted_under_the_name_and_in_the_tenure_it_is_claimed_for(tenure: str | None) -> None:
    claims = Claims()
    claims.claim(OBJECT, "urn:a", tenure)

    assert claims.holder(OBJECT, "urn:a", tenure) is None
    assert claims.holder(OBJECT, "urn:a", "second") == "urn:a"
    assert claims.holder(OBJECT, "urn:b", tenure) == "urn:a"
    assert claims.holder((*OBJECT[:-1], "id-2"), "urn:b", tenure) is None
    assert not claims.is_free(OBJECT)


def test_an_object_taken_up_again_is_not_deleted_in_its_former_tenure() -> None:
    claims = Claims()
    claims.claim(OBJECT, "urn:a", "first")
    claims.claim(OBJECT, "urn:a", "second")

    assert claims.holder(OBJECT, "urn:a", "first") == "urn:a"


def test_two_resources_cannot_hold_one_object() -> None:
    claims = Claims()
    claims.claim(OBJECT, "urn:a")

    with pytest.raises(ConflictError, match=r"id-1 is managed by two resources, the other one is urn:a"):
        claims.claim(OBJECT, "urn:b")
    assert claims.holder(OBJECT, "urn:a", None) is None, "the claim that was refused changed the other one"


def test_what_is_not_sent_is_kept_at_every_depth() -> None:
    shown = {"id": "x", "a": 1, "new": True, "deep": {"b": {"c": 1, "d": 2}, "list": [1, 2]}}

    assert onto(shown, {"a": 2, "deep": {"b": {"c": 3}, "list": [4]}}, without=["id"]) == {
        "a": 2,
        "new": True,
        "deep": {"b": {"c": 3, "d": 2}, "list": [4]},
    }


def test_a_null_that_is_sent_clears_what_is_shown() -> None:
    assert onto({"a": {"b": 1}}, {"a": None}) == {"a": None}


def test_an_object_takes_the_place_of_what_is_no_object() -> None:
    assert onto({"a": None, "b": "x"}, {"a": {"c": 1}, "b": {"d": 2}}) == {"a": {"c": 1}, "b": {"d": 2}}


def test_what_is_shown_is_not_changed() -> None:
    shown = {"a": {"b": 1}}

    onto(shown, {"a": {"b": 2}})

    assert shown == {"a": {"b": 1}}
