"""Operations whose end a fault decides."""

from typing import Any

import pytest
from pulumi_switchboard.emulator.faults import Operation

from tests.emulator.client import assert_error
from tests.emulator.orchestrator import (
    CREATE,
    DELETE,
    OPERATIONS,
    UPDATE,
    Orchestrator,
    body,
    orchestrator,
)

pytestmark = pytest.mark.usefixtures("quiet")

KEY = "01890a5d-aa0f-7c80-b8e6-0242ac140004"


def test_a_failed_operation_says_why_and_changes_nothing(vendor: Orchestrator) -> None:
    action = Operation("FAILED", title="Bad request", detail="No such store", code=20001, status=400)
    with vendor.emulator.inject(CREATE, action):
        write = vendor.write("POST", json=body())
    operation = vendor.operation(write)
    assert operation["status"] == "FAILED"
    assert operation["completedAt"] == operation["createdAt"]
    assert operation["error"] == {
        "type": "https://www.twilio.com/docs/errors/20001",
        "title": "Bad request",
        "status": 400,
        "detail": "No such store",
        "instance": f"/v2/ControlPlane/Operations/{operation['operationId']}",
    }
    assert operation["related"] == write.json()["related"]
    assert vendor.emulator.state == {}


def test_an_error_may_name_no_code(vendor: Orchestrator) -> None:
    with vendor.emulator.inject(CREATE, Operation("FAILED", code=None)):
        write = vendor.write("POST", json=body())
    assert vendor.operation(write)["error"]["type"] == "about:blank"


def test_a_cancelled_operation_changes_nothing(vendor: Orchestrator) -> None:
    created = vendor.created()
    with vendor.emulator.inject(UPDATE, Operation("CANCELLED")):
        write = vendor.write("PUT", created["id"], body(description="New"))
    operation = vendor.operation(write)
    assert (operation["status"], operation["completedAt"], operation["error"]) == ("CANCELLED", None, None)
    assert vendor.shown(created["id"]) == created
    assert vendor.write("PUT", created["id"], body()).status_code == 202


@pytest.mark.parametrize("end", ["FAILED", "CANCELLED"])
def test_an_operation_can_fail_although_the_write_comes_true(vendor: Orchestrator, end: Any) -> None:
    created = vendor.created()
    with vendor.emulator.inject(DELETE, Operation(end, applied=True)):
        write = vendor.write("DELETE", created["id"])
    assert vendor.operation(write)["status"] == end
    assert vendor.objects() == {}


def test_a_pending_operation_goes_on_until_the_release(vendor: Orchestrator) -> None:
    with vendor.emulator.inject(CREATE, Operation("PENDING")) as pending:
        write = vendor.write("POST", json=body())
        pending.wait()
        vendor.emulator.advance(1_000_000)
        assert vendor.operation(write)["status"] == "PENDING"
        assert vendor.emulator.state == {}
        pending.release()
        assert len(vendor.objects()) == 1
        assert vendor.operation(write)["status"] == "COMPLETED"


def test_a_pending_operation_is_released_over_http_as_well(vendor: Orchestrator) -> None:
    action = {"kind": "operation", "end": "PENDING"}
    fault = vendor.post("/_emulator/faults", {"at": CREATE, "do": action}).json()
    assert fault["do"] == action
    vendor.write("POST", json=body())
    assert vendor.emulator.state == {}
    assert vendor.post(f"/_emulator/faults/{fault['id']}/release").status_code == 204
    assert len(vendor.objects()) == 1


def test_the_end_of_the_emulator_completes_a_pending_operation() -> None:
    with orchestrator() as vendor:
        vendor.emulator.inject(CREATE, Operation("PENDING"))
        vendor.write("POST", json=body())
    assert len(vendor.objects()) == 1


def test_a_vanished_operation_is_a_404_and_the_write_comes_true() -> None:
    with orchestrator(operation_time=1000) as vendor:
        with vendor.emulator.inject(CREATE, Operation("vanished")):
            write = vendor.write("POST", json=body())
        for _ in range(2):
            assert_error(vendor.get(f"{OPERATIONS}/{write.headers['Operation-Id']}"), 404, 20404)
            vendor.emulator.advance(500)
        assert len(vendor.objects()) == 1


def test_an_operation_can_take_its_own_time() -> None:
    with orchestrator(operation_polls=100) as vendor:
        with vendor.emulator.inject(CREATE, Operation("COMPLETED", time=60)):
            write = vendor.write("POST", json=body())
        assert vendor.operation(write)["status"] == "PENDING"
        vendor.emulator.advance(60)
        assert vendor.operation(write)["status"] == "COMPLETED"


def test_an_operation_can_take_its_own_number_of_polls_and_be_called_what_you_like(
    vendor: Orchestrator,
) -> None:
    with vendor.emulator.inject(CREATE, Operation("FAILED", polls=3, word="IN_PROGRESS")):
        write = vendor.write("POST", json=body())
    statuses = [vendor.operation(write)["status"] for _ in range(4)]
    assert statuses == ["IN_PROGRESS", "IN_PROGRESS", "FAILED", "FAILED"]


def test_a_write_that_is_refused_leaves_the_fault_to_the_next(vendor: Orchestrator) -> None:
    with vendor.emulator.inject(CREATE, Operation("FAILED")) as injected:
        assert_error(vendor.write("POST", json={}), 400, 20001)
        assert injected.fired == 0
        assert vendor.operation(vendor.write("POST", json=body()))["status"] == "FAILED"
        assert injected.fired == 1
        assert vendor.operation(vendor.write("POST", json=body()))["status"] == "COMPLETED"


def test_a_write_with_a_known_key_leaves_the_fault_to_the_next(vendor: Orchestrator) -> None:
    vendor.write("POST", json=body(), key=KEY)
    with vendor.emulator.inject(CREATE, Operation("FAILED")):
        assert vendor.operation(vendor.write("POST", json=body(), key=KEY))["status"] == "COMPLETED"
        assert vendor.operation(vendor.write("POST", json=body()))["status"] == "FAILED"


@pytest.mark.parametrize(
    "action",
    [
        {"kind": "operation", "end": "FAILED", "title": "a", "detail": "b", "code": None, "status": 400},
        {"kind": "operation", "end": "CANCELLED", "applied": True},
        {"kind": "operation", "end": "COMPLETED", "time": 0.5, "word": "QUEUED"},
        {"kind": "operation", "end": "vanished", "polls": 2},
    ],
)
def test_every_fate_has_a_json_form(vendor: Orchestrator, action: dict[str, object]) -> None:
    response = vendor.post("/_emulator/faults", {"at": CREATE, "do": action})
    assert response.status_code == 201, response.text
    assert response.json()["do"] == action


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({}, "do.end: is required; add it"),
        ({"end": "DONE"}, "do.end: must be 'COMPLETED', 'FAILED', "),
        ({"end": "FAILED", "status": 200}, "do.status: must be from 400 to 599"),
        ({"end": "COMPLETED", "time": -1}, "do.time: must be 0 seconds or more"),
        ({"end": "COMPLETED", "polls": 0}, "do.polls: must be 1 or more"),
        ({"end": "COMPLETED", "time": 1, "polls": 1}, "time, polls: only one can say when it ends"),
        ({"end": "PENDING", "polls": 1}, "time, polls: a PENDING one ends with the release"),
        ({"end": "COMPLETED", "applied": True}, "do.applied: only one that failed or was cancelled"),
        ({"end": "COMPLETED", "word": ""}, "do.word: must not be empty"),
    ],
)
def test_a_wrong_fate_is_explained(vendor: Orchestrator, members: dict[str, object], message: str) -> None:
    response = vendor.post("/_emulator/faults", {"at": CREATE, "do": {"kind": "operation", **members}})
    assert response.status_code == 400
    assert message in response.json()["message"]
