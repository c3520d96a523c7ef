"""What every declared collection does: the life of an object, unique names and lists."""

import re
from typing import Any

import pytest
import requests

from tests.emulator.client import STORE, Client, Memory, Orchestrator, Voice, assert_refused, shown
from tests.emulator.subjects import COLLECTIONS, Subject, each_collection, wait
from tests.promises import proves

each_unique = pytest.mark.parametrize(
    "subject", [subject for subject in COLLECTIONS if subject.unique], ids=lambda subject: subject.type
)


def listed(subject: Subject, objects: list[Any]) -> list[Any]:
    """Return a list of objects, the oldest first, as the collection lists them."""
    return [each["id"] for each in objects[::-1]] if subject.type == Memory.type else objects


@proves("emulator.strict")
@each_collection
def test_an_object_is_shown_as_it_was_written_last_until_it_is_deleted(
    subject: Subject, client: Client
) -> None:
    created = subject.create(client)
    path = f"{subject.path}/{created['id']}"
    assert re.fullmatch(r"[a-z_]+_[0-7][0-9a-z]{25}", created["id"])
    assert client.objects(subject.type) == {created["id"]: created}
    assert created["description"] == subject.good["description"]
    client.emulator.advance(60)
    for method, sent in subject.updates.items():
        before = shown(client.get(path))
        wait(client, subject.write(client, method, path, sent))
        after = shown(client.get(path))
        assert after != before
        dates = {"date_created", "createdAt"} & set(before)
        assert {name: after[name] for name in ("id", *dates)} == {
            name: before[name] for name in ("id", *dates)
        }
        assert all(after[name] > before[name] for name in {"date_updated", "version"} & set(before))
        assert client.objects(subject.type) == {created["id"]: after}
        assert wait(client, subject.write(client, method, path, sent)) in {"", "COMPLETED"}, "once more"
    deleted = client.delete(path)
    assert deleted.status_code == (202 if subject.status == 202 else 204)
    wait(client, deleted)
    assert client.emulator.state == {}
    for method in ("GET", "DELETE", *subject.updates):
        assert_refused(subject.write(client, method, path, subject.good), 404, "was not found")


def is_refused(client: Client, answer: requests.Response) -> bool:
    """Return whether a write is a 409, or its operation fails."""
    return answer.status_code == 409 or wait(client, answer) == "FAILED"


@proves("emulator.strict")
@each_unique
def test_a_unique_name_cannot_be_taken_twice_and_can_be_given_up(subject: Subject, client: Client) -> None:
    first, second = subject.create(client, 1), subject.create(client, 2)
    ((method, sent),) = subject.updates.items()
    taken = {subject.unique: first[subject.unique]}
    before = client.objects(subject.type)
    assert is_refused(client, subject.post(client, {**subject.good, **taken}))
    change = {**sent, **taken}
    assert is_refused(client, subject.write(client, method, f"{subject.path}/{second['id']}", change))
    assert client.objects(subject.type) == before
    own = f"{subject.path}/{first['id']}"
    for name in (first[subject.unique], "new"):
        assert not is_refused(client, subject.write(client, method, own, {**sent, subject.unique: name}))
    assert subject.create(client, 1)[subject.unique] == first[subject.unique]


@each_collection
def test_the_tokens_lead_through_all_pages_and_back(subject: Subject, client: Client) -> None:
    assert subject.names is not None
    items, following, previous = subject.names
    empty = shown(client.get(subject.path))
    assert empty[items] == []
    assert empty["meta"] in (
        {"direct_token": True, "list_key": "content", "page_size": 50},
        {"key": items, "pageSize": 0},
    )
    objects = [subject.create(client, number) for number in range(5)]
    expected = listed(subject, objects)
    for size in (1, 2, 3, 5, 6):
        page = client.get(subject.path, params={"pageSize": size}).json()
        pages = {following: [page[items]], previous: []}
        assert previous not in page["meta"]
        for direction in (following, previous):
            while token := page["meta"].get(direction):
                assert re.fullmatch(r"[\w-]+", token)
                page = client.get(subject.path, params={"pageSize": size, "pageToken": token}).json()
                pages[direction].append(page[items])
                told = page["meta"][subject.size_of]
                assert told == (size if subject.size_of == "page_size" else len(page[items]))
            if direction == following:
                pages[previous].append(page[items])
        for read in (pages[following], pages[previous][::-1]):
            assert [item for content in read for item in content] == expected
    token = client.get(subject.path, params={"pageSize": 1}).json()["meta"][following]
    first = objects[-1 if subject.type == Memory.type else 0]
    wait(client, client.delete(f"{subject.path}/{first['id']}"))
    read = client.get(subject.path, params={"pageToken": token}).json()[items]
    assert read == expected[1:], "a deletion between two pages skips nothing"


def test_a_page_has_50_items_unless_told_otherwise(voice: Voice) -> None:
    for _ in range(51):
        voice.create()
    assert len(voice.get(Voice.path).json()["content"]) == 50


@proves("emulator.strict")
@each_collection
def test_a_wrong_page_size_or_token_is_a_400(subject: Subject, client: Client) -> None:
    for size in ("", "0", "-1", "x", "1001", "1.5", "²", "1" * 5000):
        assert_refused(client.get(subject.path, params={"pageSize": size}), 400, "pageSize")
    for token in ("x", "!!!", "YWZ0ZXI", "_w", "ä"):
        assert_refused(client.get(subject.path, params={"pageToken": token}), 400, "pageToken")


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
