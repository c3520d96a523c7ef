"""The list of Voice v2 Client configurations."""

import re

import pytest
from pulumi_switchboard.emulator import Switches

from tests.emulator.client import CONFIGURATIONS, Client, assert_error, client_of


def test_an_empty_list_has_its_meta(client: Client) -> None:
    response = client.get(CONFIGURATIONS)
    assert response.status_code == 200
    assert response.json() == {
        "content": [],
        "meta": {"direct_token": True, "list_key": "content", "page_size": 50},
    }


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_the_tokens_lead_through_all_pages_and_back(client: Client, size: int) -> None:
    created = [client.create(f"name-{number}") for number in range(5)]
    page = client.get(CONFIGURATIONS, params={"pageSize": size}).json()
    assert "previous_token" not in page["meta"]
    forward = [page["content"]]
    while token := page["meta"].get("next_token"):
        assert re.fullmatch(r"[\w-]+", token)
        page = client.get(CONFIGURATIONS, params={"pageSize": size, "pageToken": token}).json()
        assert page["meta"]["page_size"] == size
        forward.append(page["content"])
    assert [item for content in forward for item in content] == created
    backward = [page["content"]]
    while token := page["meta"].get("previous_token"):
        page = client.get(CONFIGURATIONS, params={"pageSize": size, "pageToken": token}).json()
        backward.append(page["content"])
    assert [item for content in reversed(backward) for item in content] == created


def test_a_deletion_between_two_pages_skips_nothing(client: Client) -> None:
    created = [client.create() for _ in range(3)]
    page = client.get(CONFIGURATIONS, params={"pageSize": 1}).json()
    client.delete(f"{CONFIGURATIONS}/{created[0]['id']}")
    token = page["meta"]["next_token"]
    rest = client.get(CONFIGURATIONS, params={"pageToken": token}).json()
    assert rest["content"] == created[1:]


@pytest.mark.parametrize("size", ["", "0", "-1", "x", "1001", "1.5", "²"])
def test_a_wrong_page_size_is_a_400(client: Client, size: str) -> None:
    assert_error(client.get(CONFIGURATIONS, params={"pageSize": size}), 400, 20001, "pageSize")


@pytest.mark.parametrize("token", ["x", "!!!", "YWZ0ZXI", "_w"])
def test_a_token_of_somewhere_else_is_a_400(client: Client, token: str) -> None:
    assert_error(client.get(CONFIGURATIONS, params={"pageToken": token}), 400, 20001, "pageToken")


def test_switch_voice_list_and_unset_default_refuses_both() -> None:
    with client_of(Switches(voice_list_and_unset_default=False)) as client:
        assert_error(client.get(CONFIGURATIONS), 405, 20004)
        assert_error(client.delete(f"{CONFIGURATIONS}/Default"), 405, 20004)
