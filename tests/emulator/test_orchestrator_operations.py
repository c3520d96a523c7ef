"""Conversation Orchestrator: how a write is accepted, and comes true when its operation ends."""

import re
import time

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Stale

from tests.emulator.client import OTHER_SID, assert_error
from tests.emulator.orchestrator import (
    COLLECTION,
    OPERATIONS,
    SERVICE,
    Orchestrator,
    body,
    orchestrator,
    path_of,
)

OPERATION_ID = re.compile(r"proc_job_[0-7][0-9a-z]{25}")


def test_a_write_is_accepted_with_where_to_ask_and_what_it_is_about(vendor: Orchestrator) -> None:
    write = vendor.write("POST", json=body())
    assert write.status_code == 202
    operation_id = write.headers["Operation-Id"]
    assert OPERATION_ID.fullmatch(operation_id)
    identifier = next(iter(vendor.objects()))
    status_url = f"{vendor.emulator.url}{OPERATIONS}/{operation_id}"
    assert write.json() == {"statusUrl": status_url, "related": {"configurationId": identifier}}
    assert write.headers["Location"] == status_url
    assert "Retry-After" not in write.headers
    for method in ("PUT", "PATCH", "DELETE"):
        other = vendor.write(method, identifier, body())
        assert other.json()["related"] == {"configurationId": identifier}
        assert other.headers["Operation-Id"] != operation_id


def test_the_status_url_is_on_the_host_that_the_client_named(vendor: Orchestrator) -> None:
    host = {"Host": "conversations.twilio.com"}
    write = vendor.request("POST", "/v2/ControlPlane/Configurations", json=body(), headers=host)
    path = f"/v2/ControlPlane/Operations/{write.headers['Operation-Id']}"
    assert write.json()["statusUrl"] == f"http://conversations.twilio.com{path}"
    assert vendor.get(path, headers=host).json()["statusUrl"] == write.json()["statusUrl"]
    region = COLLECTION.replace("conversations.", "conversations.dublin.ie1.")
    write = vendor.post(region, body())
    assert write.json()["statusUrl"].startswith(
        f"{vendor.emulator.url}/conversations.dublin.ie1.twilio.com/v2/"
    )


def test_retry_after_comes_with_the_write_alone() -> None:
    with orchestrator(retry_after=5) as vendor:
        write = vendor.write("POST", json=body())
        assert write.headers["Retry-After"] == "5"
        assert "Retry-After" not in vendor.get(f"{OPERATIONS}/{write.headers['Operation-Id']}").headers


def test_without_a_time_an_operation_is_over_at_once(vendor: Orchestrator) -> None:
    write = vendor.write("POST", json=body())
    operation = vendor.operation(write)
    assert operation == {
        "operationId": write.headers["Operation-Id"],
        "status": "COMPLETED",
        "createdAt": operation["createdAt"],
        "completedAt": operation["createdAt"],
        "statusUrl": write.json()["statusUrl"],
        "error": None,
        "related": write.json()["related"],
    }


def test_an_operation_is_pending_then_running_then_completed_at_its_time() -> None:
    with orchestrator(operation_time=1000) as vendor:
        write = vendor.write("POST", json=body())
        operation = vendor.operation(write)
        assert (operation["status"], operation["completedAt"]) == ("PENDING", None)
        vendor.emulator.advance(500)
        assert vendor.operation(write) == {**operation, "status": "RUNNING"}
        vendor.emulator.advance(500)
        completed = vendor.operation(write)
        assert completed == {**operation, "status": "COMPLETED", "completedAt": completed["completedAt"]}
        vendor.emulator.advance(1000)
        assert vendor.operation(write) == completed
        assert vendor.shown(operation["related"]["configurationId"])["createdAt"] == completed["completedAt"]


def test_a_write_comes_true_when_its_operation_ends_and_not_before() -> None:
    with orchestrator(operation_time=1000) as vendor:
        write = vendor.write("POST", json=body())
        identifier = write.json()["related"]["configurationId"]
        assert_error(vendor.get(path_of(identifier)), 404, 20404)
        assert vendor.get(COLLECTION).json()["configurations"] == []
        assert vendor.emulator.state == {}
        vendor.emulator.advance(1000)
        created = vendor.shown(identifier)
        vendor.write("PUT", identifier, body(description="New"))
        assert vendor.shown(identifier) == created
        assert vendor.objects() == {identifier: created}
        vendor.emulator.advance(1000)
        updated = vendor.shown(identifier)
        assert (updated["description"], updated["version"]) == ("New", 2)
        vendor.write("DELETE", identifier)
        assert vendor.get(COLLECTION).json()["configurations"] == [updated]
        vendor.emulator.advance(1000)
        assert_error(vendor.get(path_of(identifier)), 404, 20404)


def test_by_time_a_write_comes_true_without_anyone_asking_for_its_operation() -> None:
    with orchestrator(operation_time=1000) as vendor:
        vendor.write("POST", json=body())
        vendor.emulator.advance(1000)
        assert len(vendor.objects()) == 1
        assert len(vendor.emulator.journal) == 1


def test_a_real_time_passes_as_well() -> None:
    with orchestrator(operation_time=0.02) as vendor:
        write = vendor.write("POST", json=body())
        time.sleep(0.02)
        assert vendor.operation(write)["status"] == "COMPLETED"


def test_by_polls_an_operation_ends_at_a_get_of_it_whatever_the_time() -> None:
    with orchestrator(operation_polls=3) as vendor:
        write = vendor.write("POST", json=body())
        vendor.emulator.advance(1000)
        assert vendor.operation(write)["status"] == "PENDING"
        vendor.get(COLLECTION)
        assert vendor.operation(write)["status"] == "RUNNING"
        assert vendor.emulator.state == {}
        assert vendor.operation(write)["status"] == "COMPLETED"
        assert len(vendor.objects()) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"operation_time": -1},
        {"operation_time": float("nan")},
        {"operation_polls": 0},
        {"operation_time": 1, "operation_polls": 1},
        {"retry_after": -1},
    ],
)
def test_an_impossible_pace_is_an_error(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"must be|only one of them"):
        Emulator(**options)  # type: ignore[arg-type]


def test_a_write_is_refused_while_another_on_the_same_configuration_goes_on() -> None:
    with orchestrator(operation_time=1000) as vendor:
        write = vendor.write("POST", json=body())
        identifier = write.json()["related"]["configurationId"]
        for _ in ("creation", "change"):
            for method in ("PUT", "PATCH", "DELETE"):
                refused = vendor.write(method, identifier, body())
                assert_error(refused, 409, 20409, "in progress")
                assert refused.headers["X-Conflicting-Resource-Id"] == identifier
            vendor.emulator.advance(1000)
            assert vendor.write("PUT", identifier, body()).status_code == 202
        assert vendor.write("POST", json=body()).status_code == 202


def test_what_forbids_a_write_when_its_operation_ends_fails_it() -> None:
    with orchestrator(operation_time=1000) as vendor:
        bridge = {"conversationsV1Bridge": {"serviceId": SERVICE}}
        first = vendor.write("POST", json=body(**bridge))
        second = vendor.write("POST", json=body(**bridge))
        vendor.emulator.advance(1000)
        assert vendor.operation(first)["status"] == "COMPLETED"
        failed = vendor.operation(second)
        assert failed["status"] == "FAILED"
        assert failed["error"]["type"] == "https://www.twilio.com/docs/errors/20409"
        assert (failed["error"]["status"], failed["error"]["title"]) == (409, "Conflict")
        assert list(vendor.objects()) == [first.json()["related"]["configurationId"]]


def test_an_unknown_operation_and_that_of_another_account_are_404s(vendor: Orchestrator) -> None:
    write = vendor.write("POST", json=body())
    stranger = Orchestrator(vendor.emulator, (OTHER_SID, "token"))
    assert_error(stranger.get(f"{OPERATIONS}/{write.headers['Operation-Id']}"), 404, 20404)
    stranger.close()
    assert_error(vendor.get(f"{OPERATIONS}/proc_job_unknown"), 404, 20404)
    assert_error(vendor.request("DELETE", f"{OPERATIONS}/{write.headers['Operation-Id']}"), 405, 20004)


def test_a_reset_forgets_operations(vendor: Orchestrator) -> None:
    write = vendor.write("POST", json=body())
    vendor.emulator.reset()
    assert_error(vendor.get(f"{OPERATIONS}/{write.headers['Operation-Id']}"), 404, 20404)


def test_a_stale_read_is_as_before_the_operation_that_ended_last() -> None:
    get = "GET conversations.twilio.com/v2/ControlPlane/Configurations/{id}"
    with orchestrator(operation_time=1000) as vendor:
        identifier = vendor.write("POST", json=body()).json()["related"]["configurationId"]
        vendor.emulator.advance(1000)
        write = vendor.write("PUT", identifier, body())
        vendor.emulator.advance(1000)
        with vendor.emulator.inject(get, Stale()):
            assert vendor.shown(identifier)["version"] == 1
        assert vendor.shown(identifier)["version"] == 2
        assert vendor.operation(write)["status"] == "COMPLETED"
