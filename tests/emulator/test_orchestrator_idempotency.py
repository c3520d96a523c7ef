"""Idempotency keys of writes to Conversation Orchestrator."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from pulumi_switchboard.emulator import Switches
from pulumi_switchboard.emulator.faults import Operation

from tests.emulator.client import OTHER_SID, assert_error
from tests.emulator.orchestrator import CREATE, Orchestrator, body, orchestrator

KEY = "01890a5d-aa0f-7c80-b8e6-0242ac140004"
DAY = 24 * 3600


def answer(response: requests.Response) -> tuple[int, Any, dict[str, str]]:
    """Return what is the same in every answer to a key: all but the id of the request."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    assert headers.pop("twilio-request-id").startswith("RQ")
    assert headers.pop("date").endswith("GMT"), "it tells the time of this answer"
    return response.status_code, response.json(), headers


def test_a_write_that_is_sent_twice_is_done_once_and_answered_the_same(vendor: Orchestrator) -> None:
    first = vendor.write("POST", json=body(), key=KEY)
    again = vendor.write("POST", json=body(), key=KEY.upper())
    assert answer(again) == answer(first)
    assert first.status_code == 202
    assert len(vendor.objects()) == 1


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_every_write_can_have_a_key(vendor: Orchestrator, method: str) -> None:
    identifier = vendor.created()["id"]
    first, again = (vendor.write(method, identifier, body(), key=KEY) for _ in range(2))
    assert answer(again) == answer(first)
    assert [shown["version"] for shown in vendor.objects().values()] in ([2], [])


def test_a_known_key_is_answered_the_same_while_its_operation_goes_on() -> None:
    with orchestrator(operation_time=1000) as vendor:
        identifier = vendor.write("POST", json=body(), key=KEY).json()["related"]["configurationId"]
        again = vendor.write("POST", json=body(), key=KEY)
        assert again.json()["related"]["configurationId"] == identifier
        vendor.emulator.advance(1000)
        assert list(vendor.objects()) == [identifier]


def test_a_known_key_names_an_operation_that_failed_and_an_object_that_is_gone(vendor: Orchestrator) -> None:
    with vendor.emulator.inject(CREATE, Operation("FAILED")):
        vendor.write("POST", json=body(), key=KEY)
    assert vendor.operation(vendor.write("POST", json=body(), key=KEY))["status"] == "FAILED"
    other = KEY.replace("0", "1")
    identifier = vendor.write("POST", json=body(), key=other).json()["related"]["configurationId"]
    vendor.write("DELETE", identifier)
    again = vendor.write("POST", json=body(), key=other)
    assert again.json()["related"]["configurationId"] == identifier
    assert vendor.objects() == {}


def test_a_key_is_forgotten_after_a_day(vendor: Orchestrator) -> None:
    first = vendor.write("POST", json=body(), key=KEY)
    vendor.emulator.advance(DAY - 60)
    assert answer(vendor.write("POST", json=body(), key=KEY)) == answer(first)
    vendor.emulator.advance(60)
    assert vendor.write("POST", json=body(), key=KEY).json() != first.json()
    assert len(vendor.objects()) == 2


def test_a_refused_write_is_not_remembered(vendor: Orchestrator) -> None:
    assert_error(vendor.write("POST", json={}, key=KEY), 400, 20001)
    assert vendor.write("POST", json=body(), key=KEY).status_code == 202


def test_a_key_is_of_one_account(vendor: Orchestrator) -> None:
    stranger = Orchestrator(vendor.emulator, (OTHER_SID, "token"))
    first, second = (client.write("POST", json=body(), key=KEY) for client in (vendor, stranger))
    assert first.json() != second.json()
    stranger.close()


@pytest.mark.parametrize("key", ["", "x", KEY[:-1], f"{{{KEY}}}", KEY.replace("-", "")])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_key_that_is_no_uuid_is_a_400(vendor: Orchestrator, method: str, key: str) -> None:
    identifier = "" if method == "POST" else vendor.created()["id"]
    before = vendor.emulator.state
    assert_error(vendor.write(method, identifier, body(), key=key), 400, 20001, "Idempotency-Key")
    assert vendor.emulator.state == before


def test_a_known_key_with_other_content_or_another_path_gets_the_first_answer(vendor: Orchestrator) -> None:
    other = vendor.created()["id"]
    first = vendor.write("POST", json=body(), key=KEY)
    before = vendor.emulator.state
    assert answer(vendor.write("POST", json=body(description="New"), key=KEY)) == answer(first)
    assert answer(vendor.write("DELETE", other, key=KEY)) == answer(first)
    assert vendor.emulator.state == before


@pytest.mark.parametrize(("switch", "status", "code"), [("refuse", 400, 20001), ("conflict", 409, 20409)])
def test_switch_key_with_other_content_refuses_it(switch: Any, status: int, code: int) -> None:
    with orchestrator(switches=Switches(orchestrator_key_with_other_content=switch)) as vendor:
        first = vendor.write("POST", json=body(), key=KEY)
        refused = vendor.write("POST", json=body(description="New"), key=KEY)
        assert_error(refused, status, code, "Idempotency-Key: was used for another request")
        reordered = dict(reversed(body().items()))
        assert answer(vendor.write("POST", json=reordered, key=KEY)) == answer(first)


def test_a_key_that_many_send_at_once_is_done_once(vendor: Orchestrator, pool: ThreadPoolExecutor) -> None:
    def create(_number: int) -> str:
        client = Orchestrator(vendor.emulator)
        write = client.write("POST", json=body(), key=KEY)
        client.close()
        return str(write.json()["statusUrl"])

    assert len(set(pool.map(create, range(16)))) == 1
    assert len(vendor.objects()) == 1


def test_the_journal_has_the_keys(vendor: Orchestrator) -> None:
    vendor.write("POST", json=body(), key=KEY)
    assert [entry.idempotency_key for entry in vendor.emulator.journal] == [KEY]
