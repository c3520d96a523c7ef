"""The lists of Voice and of Conversation Orchestrator."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.emulator.client import STORE, Orchestrator, Voice, assert_refused
from tests.promises import proves

Listed = tuple[Any, str, str, str, str, Callable[[], Any]]


@pytest.fixture(params=["voice", "orchestrator"])
def listed(request: pytest.FixtureRequest, voice: Voice, orchestrator: Orchestrator) -> Listed:
    """A client, the path of the list, the names of its items and two tokens, and what creates an object."""
    if request.param == "voice":
        return voice, Voice.path, "content", "next_token", "previous_token", voice.create
    return (
        orchestrator,
        Orchestrator.path,
        "configurations",
        "nextToken",
        "previousToken",
        orchestrator.create,
    )


def test_an_empty_list_has_its_meta(voice: Voice, orchestrator: Orchestrator) -> None:
    meta = {"direct_token": True, "list_key": "content", "page_size": 50}
    assert voice.get(Voice.path).json() == {"content": [], "meta": meta}
    empty = {"configurations": [], "meta": {"key": "configurations", "pageSize": 0}}
    assert orchestrator.get(Orchestrator.path).json() == empty


def test_the_tokens_lead_through_all_pages_and_back(listed: Listed) -> None:
    client, path, items, following, previous, create = listed
    created = [create() for _ in range(5)]
    for size in (1, 2, 3, 5, 6):
        page = client.get(path, params={"pageSize": size}).json()
        pages = {following: [page[items]], previous: []}
        assert previous not in page["meta"]
        for direction in (following, previous):
            while token := page["meta"].get(direction):
                assert re.fullmatch(r"[\w-]+", token)
                page = client.get(path, params={"pageSize": size, "pageToken": token}).json()
                pages[direction].append(page[items])
                told = page["meta"].get("page_size", page["meta"].get("pageSize"))
                assert told == (size if items == "content" else len(page[items]))
            if direction == following:
                pages[previous].append(page[items])
        forward, backward = pages[following], pages[previous][::-1]
        for read in (forward, backward):
            assert [item for content in read for item in content] == created


def test_a_deletion_between_two_pages_skips_nothing(listed: Listed) -> None:
    client, path, items, following, _, create = listed
    created = [create() for _ in range(3)]
    token = client.get(path, params={"pageSize": 1}).json()["meta"][following]
    client.delete(f"{path}/{created[0]['id']}")
    assert client.get(path, params={"pageToken": token}).json()[items] == created[1:]


def test_a_page_has_50_items_unless_told_otherwise(listed: Listed) -> None:
    client, path, items, *_, create = listed
    for _ in range(51):
        create()
    assert len(client.get(path).json()[items]) == 50


@proves("emulator.strict")
def test_a_wrong_page_size_or_token_is_a_400(listed: Listed) -> None:
    client, path, *_ = listed
    for size in ("", "0", "-1", "x", "1001", "1.5", "²"):
        assert_refused(client.get(path, params={"pageSize": size}), 400, "pageSize")
    for token in ("x", "!!!", "YWZ0ZXI", "_w"):
        assert_refused(client.get(path, params={"pageToken": token}), 400, "pageToken")


def test_the_filter_finds_the_configurations_of_a_memory_store(orchestrator: Orchestrator) -> None:
    other = STORE.replace("store", "service")
    first, second = orchestrator.create(), orchestrator.create(memoryStoreId=other)
    for store, found in ((STORE, [first]), (other, [second]), (STORE[:-1] + "0", [])):
        page = orchestrator.get(Orchestrator.path, params={"memoryStoreId": store}).json()
        assert page["configurations"] == found
    assert f"memoryStoreId={STORE}" in str(orchestrator.emulator.journal)
    for wrong in ("", "mem_store_1", "memora_service_123", STORE.upper()):
        refused = orchestrator.get(Orchestrator.path, params={"memoryStoreId": wrong})
        assert_refused(refused, 400, "memoryStoreId: must match ^mem_(store|service)_")
