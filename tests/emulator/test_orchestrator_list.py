"""The list of Conversation Orchestrator configurations."""

import re

import pytest

from tests.emulator.client import assert_error
from tests.emulator.orchestrator import COLLECTION, STORE, Orchestrator

OTHER_STORE = "mem_service_01k1etk2y5f1y9fpe2epfdtvv2"


def test_an_empty_list_has_its_meta(vendor: Orchestrator) -> None:
    response = vendor.get(COLLECTION)
    assert response.status_code == 200
    assert response.json() == {"configurations": [], "meta": {"key": "configurations", "pageSize": 0}}


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_the_tokens_lead_through_all_pages_and_back(vendor: Orchestrator, size: int) -> None:
    created = [vendor.created() for _ in range(5)]
    page = vendor.get(COLLECTION, params={"pageSize": size}).json()
    assert "previousToken" not in page["meta"]
    forward = [page["configurations"]]
    while token := page["meta"].get("nextToken"):
        assert re.fullmatch(r"[\w-]+", token)
        page = vendor.get(COLLECTION, params={"pageSize": size, "pageToken": token}).json()
        assert page["meta"]["pageSize"] == len(page["configurations"])
        forward.append(page["configurations"])
    assert [item for items in forward for item in items] == created
    backward = [page["configurations"]]
    while token := page["meta"].get("previousToken"):
        page = vendor.get(COLLECTION, params={"pageSize": size, "pageToken": token}).json()
        backward.append(page["configurations"])
    assert [item for items in reversed(backward) for item in items] == created


def test_a_page_has_50_items_unless_told_otherwise(vendor: Orchestrator) -> None:
    for _ in range(51):
        vendor.created()
    assert len(vendor.get(COLLECTION).json()["configurations"]) == 50


def test_the_filter_finds_those_of_a_memory_store(vendor: Orchestrator) -> None:
    first, second = vendor.created(), vendor.created(memoryStoreId=OTHER_STORE)
    for store, found in ((STORE, [first]), (OTHER_STORE, [second]), (STORE[:-1] + "0", [])):
        page = vendor.get(COLLECTION, params={"memoryStoreId": store}).json()
        assert page["configurations"] == found
    assert f"memoryStoreId={STORE}" in str(vendor.emulator.journal)


@pytest.mark.parametrize("store", ["", "mem_store_1", "memora_service_123", STORE.upper()])
def test_a_filter_that_is_no_memory_store_is_a_400(vendor: Orchestrator, store: str) -> None:
    response = vendor.get(COLLECTION, params={"memoryStoreId": store})
    assert_error(response, 400, 20001, "memoryStoreId: must match ^mem_(store|service)_")


@pytest.mark.parametrize("size", ["", "0", "1001", "x"])
def test_a_wrong_page_size_is_a_400(vendor: Orchestrator, size: str) -> None:
    assert_error(vendor.get(COLLECTION, params={"pageSize": size}), 400, 20001, "pageSize")


def test_a_token_of_somewhere_else_is_a_400(vendor: Orchestrator) -> None:
    assert_error(vendor.get(COLLECTION, params={"pageToken": "x"}), 400, 20001, "pageToken")
