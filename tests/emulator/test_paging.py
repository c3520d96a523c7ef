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
    names = "configurations", "nextToken", "previousToken"
    return orchestrator, Orchestrator.path, *names, orchestrator.create


def test_the_tokens_lead_through_all_pages_and_back(listed: Listed) -> None:
    client, path, items, following, previous, create = listed
    empty = client.get(path).json()
    assert empty[items] == []
    assert empty["meta"] in (
        {"direct_token": True, "list_key": "content", "page_size": 50},
        {"key": "configurations", "pageSize": 0},
    )
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
        for read in (pages[following], pages[previous][::-1]):
            assert [item for content in read for item in content] == created
    token = client.get(path, params={"pageSize": 1}).json()["meta"][following]
    client.delete(f"{path}/{created[0]['id']}")
    read = client.get(path, params={"pageToken": token}).json()[items]
    assert read == created[1:], "a deletion between two pages skips nothing"


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
