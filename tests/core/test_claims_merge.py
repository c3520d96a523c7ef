"""Claims on objects, and what a full replacement keeps."""

from __future__ import annotations

import pytest
from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.merge import onto
from pulumi_switchboard.errors import ConflictError

OBJECT = ("https://twilio.com", "AC1", "twilio/voice:ClientConfiguration", "id-1")


def test_an_object_without_a_claim_is_held_by_no_one() -> None:
    assert Claims().holder(OBJECT, "urn:a", None) is None
    assert Claims().is_free(OBJECT)


def test_an_object_is_deleted_in_the_tenure_it_is_claimed_for_under_whatever_urn() -> None:
    claims = Claims()
    claims.claim(OBJECT, "urn:a", "first")

    assert claims.holder(OBJECT, "urn:a", "first") is None
    assert claims.holder(OBJECT, "urn:b", "first") is None, "the former URN of a resource renamed by an alias"
    assert claims.holder(OBJECT, "urn:a", "second") == "urn:a"
    assert claims.holder((*OBJECT[:-1], "id-2"), "urn:b", "first") is None
    assert not claims.is_free(OBJECT)


@pytest.mark.parametrize("tenure", [None, ""])
def test_an_object_without_a_tenure_is_deleted_under_the_urn_it_is_claimed_for(tenure: str | None) -> None:
    claims = Claims()
    claims.claim(OBJECT, "urn:a", tenure)

    assert claims.holder(OBJECT, "urn:a", tenure) is None
    assert claims.holder(OBJECT, "urn:b", tenure) == "urn:a"


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
