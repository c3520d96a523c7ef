"""What a provider process and state remember: claims on objects, settings taken over, and lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.errors import (
    ConflictError,
    LostAnswerError,
    Refusal,
    SwitchboardError,
    UnreachableError,
    VendorError,
)
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.lifecycle.listings import LOOKS_BEFORE_A_LIST, Listings
from pulumi_switchboard.resource.claims import Claims
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.vendors.vendor import Origin

from tests.clock import Clock
from tests.fields.example import ExampleState
from tests.promises import proves

OBJECT = ("https://twilio.com", "AC1", "twilio/voice:ClientConfiguration", "id-1")


@proves("claims.never-deleted-for-another")
def test_an_object_is_deleted_only_for_the_resource_that_has_it() -> None:
    claims = Claims()
    assert claims.is_free(OBJECT)
    assert claims.other_user(OBJECT, "urn:a", None) is None

    claims.claim(OBJECT, "urn:a", "first")
    assert not claims.is_free(OBJECT)
    assert claims.other_user(OBJECT, "urn:a", "first") is None
    assert claims.other_user(OBJECT, "urn:b", "first") is None, "the former URN of a resource with an alias"
    assert claims.other_user(OBJECT, "urn:a", "second") == "urn:a"
    assert claims.other_user((*OBJECT[:-1], "id-2"), "urn:b", "first") is None

    claims.claim(OBJECT, "urn:a", "second")
    assert claims.other_user(OBJECT, "urn:a", "first") == "urn:a", "the resource has taken it up again"
    for generation in (None, ""):
        claims.claim((*OBJECT[:-1], "id-3"), "urn:a", generation)
        assert claims.other_user((*OBJECT[:-1], "id-3"), "urn:a", generation) is None
        assert claims.other_user((*OBJECT[:-1], "id-3"), "urn:b", generation) == "urn:a"


@proves("process.plain-host", "identity.object-of-its-own")
def test_a_pending_create_is_kept_for_the_resource_that_it_is_of() -> None:
    claims = Claims()
    claims.keep_pending_create("urn:a", {"operation": "operation-1"})
    assert claims.pending_create("urn:a") == {"operation": "operation-1"}
    assert claims.pending_create("urn:b") is None

    claims.keep_pending_create("", {"operation": "operation-2"})
    assert claims.pending_create("") is None, "without a URN, it may be that of any resource"


@proves("setting.once-per-account")
def test_two_resources_cannot_have_one_object() -> None:
    claims = Claims()
    claims.claim(OBJECT, "urn:a")

    with pytest.raises(ConflictError, match=r"id-1 is managed by two resources; the other one is urn:a"):
        claims.claim(OBJECT, "urn:b")
    with pytest.raises(ConflictError, match="the account's default is managed by two resources"):
        claims.claim(OBJECT, "urn:b", noun="the account's default")
    assert claims.other_user(OBJECT, "urn:a", None) is None, "the refused claim has changed the other one"


@proves("delete.protection")
def test_only_an_object_of_the_same_resource_and_type_takes_the_place_of_another() -> None:
    claims = Claims()
    claims.claim(OBJECT, "urn:a")
    claims.claim(("name in the program", *OBJECT[:-1], "desk"), "urn:a")
    claims.claim((*OBJECT[:-1], "id-2"), "urn:b")
    assert not claims.has_another(OBJECT, "urn:a")

    claims.claim((*OBJECT[:-1], "id-3"), "urn:a")
    assert claims.has_another(OBJECT, "urn:a")


@proves("process.state-format")
def test_the_saved_text_of_a_take_over_stays_between_releases_and_additions_are_kept() -> None:
    text = (
        '{"existed":false,"values":{"room":"hall","mode":null},'
        '"written":{"room":"cellar","mode":null,"levels":[1]},"written_before":[{"room":"attic"}],"unreadable":["key"]}'
    )
    original = SavedOriginal(
        existed=False,
        values={"room": "hall", "mode": None},
        written={"room": "cellar", "mode": None, "levels": [1]},
        written_before=[{"room": "attic"}],
        unreadable=["key"],
    )

    assert original.text() == text
    assert SavedOriginal.of({"_saved_original": text}) == original
    for known in ({}, {"_saved_original": None}, {"_saved_original": "{}"}):
        assert SavedOriginal.of(known) == SavedOriginal(existed=True)
    assert SavedOriginal().text() == "{}"

    text = '{"values":{"room":"hall"},"since":"noon"}'
    assert json.loads(SavedOriginal.of({"_saved_original": text}).with_written({"room": "attic"}).text()) == {
        "values": {"room": "hall"},
        "written": {"room": "attic"},
        "since": "noon",
    }


def test_an_original_that_can_not_be_read_is_not_taken_for_an_empty_one() -> None:
    wanted = {"room": "cellar", "key": "k"}
    original = SavedOriginal().with_fields(
        {"room": "hall"}, wanted, ["key"], lambda _, *two: two[0] == two[1]
    )
    assert (original.values, original.unreadable) == ({"room": "hall"}, ["key"])


def test_a_write_that_is_repeated_is_remembered_once() -> None:
    original = SavedOriginal().with_written({"room": "cellar"})
    for _ in range(5):
        original = original.with_pending_write({"room": "attic"})
    assert original.written_before == [{"room": "cellar"}, {"room": "attic"}]
    assert original.is_pending
    assert not original.with_written({"room": "attic"}).is_pending


class Lists:
    """A type whose objects can be listed."""

    def __init__(self, *ids: str, error: SwitchboardError | None = None) -> None:
        self.ids = ids
        self.error = error
        self.asked = 0

    def objects(self, _context: ResourceContext) -> Iterator[ExampleState]:
        """All objects."""
        self.asked += 1
        if self.error is not None:
            raise self.error
        return (to_model(ExampleState, {"example_id": id}) for id in self.ids)

    def found(self, listings: Listings, *ids: str, account: str = "AC1") -> list[str]:
        """Which of the objects the list shows."""
        context = SimpleNamespace(
            definition=SimpleNamespace(key="example:Example"),
            origin=Origin(account, "https://example.com"),
            deadline=Clock().deadline(),
            progress=lambda _: None,
        )
        api = cast("Collection", SimpleNamespace(list=self.objects))
        return [id for id in ids if listings.find(cast("ResourceContext", context), api, id) is not None]


FIRST = [f"id-{number}" for number in range(LOOKS_BEFORE_A_LIST)]


@proves("preview.many-looks-one-list")
def test_many_looks_at_one_account_need_one_list() -> None:
    lists, listings = Lists("late", "later"), Listings()
    assert lists.found(listings, *FIRST) == []
    assert lists.asked == 0
    assert lists.found(listings, "late", "unlisted", "later") == ["late", "later"]
    assert lists.asked == 1
    assert lists.found(listings, "late", account="AC2") == []


@proves("preview.many-looks-one-list", "preview.vendor-unreachable")
def test_a_list_that_is_refused_or_not_answered_is_asked_for_once() -> None:
    for error in (VendorError(Refusal("Example", 405, 1, "no list")), LostAnswerError("odd")):
        lists, listings = Lists("late", error=error), Listings()
        assert lists.found(listings, *FIRST, "late", "later") == []
        assert lists.asked == 1

    lists, listings = Lists("late", error=UnreachableError("no way")), Listings()
    lists.found(listings, *FIRST)
    for _ in range(2):
        with pytest.raises(UnreachableError):
            lists.found(listings, "late")
    assert lists.asked == 1
