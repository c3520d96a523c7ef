"""Conversation Orchestrator's operations: how a write is accepted and comes true, and its idempotency key."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests
from pulumi_switchboard.emulator.faults import Operation, Stale

from tests.emulator.client import (
    BRIDGE,
    IDEMPOTENCY_KEY,
    OTHER_SID,
    Orchestrator,
    assert_refused,
    body,
    path_of,
    running,
)
from tests.promises import proves

OPERATION_ID = re.compile(r"proc_job_[0-7][0-9a-z]{25}")
CREATE = f"POST {Orchestrator.path[1:]}"
ITEM = f"{Orchestrator.path[1:]}/{{id}}"


def ids(client: Orchestrator) -> list[str]:
    return list(client.objects(Orchestrator.type))


@proves("emulator.operations")
def test_a_write_is_accepted_with_where_to_ask_and_what_it_is_about(orchestrator: Orchestrator) -> None:
    write, id = orchestrator.start()
    operation_id = write.headers["Operation-Id"]
    assert OPERATION_ID.fullmatch(operation_id)
    assert ids(orchestrator) == [id]
    status_url = f"{orchestrator.emulator.url}{Orchestrator.operations}/{operation_id}"
    related = {"configurationId": id}
    assert write.json() == {"statusUrl": status_url, "related": related}
    assert write.headers["Location"] == status_url
    assert "Retry-After" not in write.headers
    operation = orchestrator.operation(write)
    dates = dict.fromkeys(("createdAt", "completedAt"), operation["createdAt"])
    expected = {"operationId": operation_id, "status": "COMPLETED", "error": None}
    assert operation == {**expected, **dates, **write.json()}
    for method in ("PUT", "PATCH", "DELETE"):
        other = orchestrator.write(method, id, body())
        assert other.json()["related"] == related
        assert other.headers["Operation-Id"] != operation_id
    host = {"Host": "conversations.twilio.com"}
    write = orchestrator.post("/v2/ControlPlane/Configurations", body(), headers=host)
    path = f"/v2/ControlPlane/Operations/{write.headers['Operation-Id']}"
    assert write.json()["statusUrl"] == f"http://conversations.twilio.com{path}"
    assert orchestrator.get(path, headers=host).json()["statusUrl"] == write.json()["statusUrl"]


@proves("emulator.operations")
def test_a_write_comes_true_at_the_time_that_was_asked_for_and_not_before() -> None:
    with running(Orchestrator, operation_time=1000, retry_after=5) as client:
        write, id = client.start()
        assert write.headers["Retry-After"] == "5"
        pending = client.operation(write)
        assert (pending["status"], pending["completedAt"]) == ("PENDING", None)
        assert "Retry-After" not in client.get(write.json()["statusUrl"]).headers
        assert_refused(client.get(path_of(id)), 404)
        assert (client.listed(), client.emulator.state) == ([], {})
        client.emulator.advance(500)
        assert client.operation(write) == {**pending, "status": "RUNNING"}
        client.emulator.advance(500)
        created = client.shown(id)
        completed = {**pending, "status": "COMPLETED", "completedAt": created["createdAt"]}
        assert client.operation(write) == completed
        client.write("PUT", id, body(description="New"))
        assert client.shown(id) == created
        client.emulator.advance(1000)
        updated = client.shown(id)
        assert (updated["description"], updated["version"]) == ("New", 2)
        client.write("DELETE", id)
        with client.emulator.inject(f"GET {ITEM}", Stale()):
            assert client.shown(id) == created, "as before the operation that ended last"
        assert client.listed() == [updated]
        client.emulator.advance(1000)
        assert_refused(client.get(path_of(id)), 404)
        assert client.operation(write) == completed
    with running(Orchestrator, operation_time=0.02) as client:
        client.start()
        time.sleep(0.02)
        assert (len(ids(client)), len(client.emulator.journal)) == (1, 1), "without a poll"


@proves("emulator.operations")
def test_a_write_comes_true_at_the_poll_that_was_asked_for_whatever_the_time() -> None:
    with running(Orchestrator, operation_polls=3) as client:
        write, _ = client.start()
        client.emulator.advance(1000)
        assert client.operation(write)["status"] == "PENDING"
        client.get(Orchestrator.path)
        assert client.operation(write)["status"] == "RUNNING"
        assert client.emulator.state == {}
        assert client.operation(write)["status"] == "COMPLETED"
        assert len(ids(client)) == 1


@proves("emulator.strict", "emulator.operations")
def test_writes_that_are_in_each_other_s_way_are_refused_or_fail() -> None:
    with running(Orchestrator, operation_time=1000) as client:
        (first, id), (second, _) = client.start(**BRIDGE), client.start(**BRIDGE)
        for _ in ("creation", "change"):
            for method in ("PUT", "PATCH", "DELETE"):
                refused = client.write(method, id, body())
                assert_refused(refused, 409, "in progress")
                assert refused.headers["X-Conflicting-Resource-Id"] == id
            client.emulator.advance(1000)
            assert client.write("PUT", id, body()).status_code == 202
        assert client.operation(first)["status"] == "COMPLETED"
        failed = client.operation(second)
        assert failed["status"] == "FAILED"
        expected = {"type": "https://www.twilio.com/docs/errors/20409", "status": 409, "title": "Conflict"}
        assert expected.items() <= failed["error"].items()
        assert ids(client) == [id]


@proves("emulator.operations", "emulator.strict")
def test_an_operation_belongs_to_its_account_and_a_fault_is_for_the_next_that_begins(
    orchestrator: Orchestrator,
) -> None:
    """See `tests/conformance/test_operations.py` for the ends that a fault can give it."""
    orchestrator.write("POST", json=body(), key=IDEMPOTENCY_KEY)
    with orchestrator.emulator.inject(CREATE, Operation("FAILED", code=None)) as injected:
        assert_refused(orchestrator.write("POST", json={}), 400)
        known = orchestrator.write("POST", json=body(), key=IDEMPOTENCY_KEY)
        assert (orchestrator.operation(known)["status"], injected.fired) == ("COMPLETED", 0)
        write, _ = orchestrator.start()
    failed = orchestrator.operation(write)
    assert (failed["status"], failed["error"]["type"], len(ids(orchestrator))) == ("FAILED", "about:blank", 1)
    with orchestrator.emulator.inject(CREATE, Operation("CANCELLED")):
        write, _ = orchestrator.start()
    cancelled = orchestrator.operation(write)
    assert (cancelled["status"], cancelled["completedAt"]) == ("CANCELLED", None)
    path = f"{Orchestrator.operations}/{write.headers['Operation-Id']}"
    with Orchestrator(orchestrator.emulator, (OTHER_SID, "token")) as other:
        assert_refused(other.get(path), 404)
    assert_refused(orchestrator.get(f"{Orchestrator.operations}/proc_job_unknown"), 404)
    orchestrator.emulator.reset()
    assert_refused(orchestrator.get(path), 404)


@proves("emulator.operations")
def test_a_pending_operation_goes_on_until_the_release_or_the_end_of_the_emulator() -> None:
    with running(Orchestrator) as client:
        with client.emulator.inject(CREATE, Operation("PENDING")) as pending:
            write, _ = client.start()
            pending.wait()
            client.emulator.advance(1_000_000)
            assert (client.operation(write)["status"], ids(client)) == ("PENDING", [])
            pending.release()
            assert (client.operation(write)["status"], len(ids(client))) == ("COMPLETED", 1)
        fault = {"at": CREATE, "do": {"kind": "operation", "end": "PENDING"}}
        injected = client.post("/_emulator/faults", fault).json()
        client.start()
        assert len(ids(client)) == 1
        assert client.post(f"/_emulator/faults/{injected['id']}/release").status_code == 204
        assert len(ids(client)) == 2
        client.emulator.inject(CREATE, Operation("PENDING"))
        client.start()
        assert len(ids(client)) == 2
    assert len(ids(client)) == 3


def answer(response: requests.Response) -> tuple[int, Any, dict[str, str]]:
    """Return what is the same in every answer to a key: all but the id of the request and the time."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    assert headers.pop("twilio-request-id").startswith("RQ")
    assert headers.pop("date").endswith("GMT")
    return response.status_code, response.json(), headers


@proves("emulator.strict")
def test_a_write_that_is_sent_again_with_a_key_is_done_once_and_answered_the_same(
    orchestrator: Orchestrator, pool: ThreadPoolExecutor
) -> None:
    first, again = (
        orchestrator.write("POST", json=body(), key=key) for key in (IDEMPOTENCY_KEY, IDEMPOTENCY_KEY.upper())
    )
    assert first.status_code == 202
    assert answer(again) == answer(first)
    assert orchestrator.emulator.journal[0].idempotency_key == IDEMPOTENCY_KEY
    (id,) = ids(orchestrator)
    for number, method in enumerate(("PUT", "PATCH", "DELETE")):
        key = IDEMPOTENCY_KEY.replace("0", str(number + 1))
        once, twice = (orchestrator.write(method, id, body(), key=key) for _ in range(2))
        assert answer(twice) == answer(once)
        versions = [shown["version"] for shown in orchestrator.objects(Orchestrator.type).values()]
        assert versions == ([] if method == "DELETE" else [number + 2])
    again = orchestrator.write("POST", json=body(), key=IDEMPOTENCY_KEY)
    assert again.json()["related"] == {"configurationId": id}, "although the object is gone"
    assert ids(orchestrator) == []

    def create(_number: int) -> str:
        with Orchestrator(orchestrator.emulator) as another:
            return str(
                another.write("POST", json=body(), key=IDEMPOTENCY_KEY.replace("0", "4")).json()["statusUrl"]
            )

    assert len(set(pool.map(create, range(16)))) == len(ids(orchestrator)) == 1


@proves("emulator.strict")
def test_a_key_is_a_uuid_that_is_known_for_a_day_for_one_account_and_for_no_refused_write(
    orchestrator: Orchestrator,
) -> None:
    for key in ("", "x", IDEMPOTENCY_KEY[:-1], f"{{{IDEMPOTENCY_KEY}}}", IDEMPOTENCY_KEY.replace("-", "")):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert_refused(
                orchestrator.write(method, "x" * (method != "POST"), body(), key), 400, "Idempotency-Key"
            )
    assert_refused(orchestrator.write("POST", json={}, key=IDEMPOTENCY_KEY), 400)
    first = orchestrator.write("POST", json=body(), key=IDEMPOTENCY_KEY)
    with Orchestrator(orchestrator.emulator, (OTHER_SID, "token")) as other:
        assert other.write("POST", json=body(), key=IDEMPOTENCY_KEY).json() != first.json()
    orchestrator.emulator.advance(24 * 3600 - 60)
    assert answer(orchestrator.write("POST", json=body(), key=IDEMPOTENCY_KEY)) == answer(first)
    orchestrator.emulator.advance(60)
    assert orchestrator.write("POST", json=body(), key=IDEMPOTENCY_KEY).json() != first.json()
    assert len(ids(orchestrator)) == 2


@proves("emulator.switches")
def test_a_known_key_with_other_content_gets_the_first_answer_or_is_refused(
    orchestrator: Orchestrator,
) -> None:
    other = orchestrator.create()["id"]
    first = orchestrator.write("POST", json=body(), key=IDEMPOTENCY_KEY)
    before = orchestrator.emulator.state
    assert answer(orchestrator.write("POST", json=body(description="New"), key=IDEMPOTENCY_KEY)) == answer(
        first
    )
    assert answer(orchestrator.write("DELETE", other, key=IDEMPOTENCY_KEY)) == answer(first)
    assert orchestrator.emulator.state == before
    for switch, status in (("refuse", 400), ("conflict", 409)):
        with running(Orchestrator, orchestrator_key_with_other_content=switch) as strict:
            first = strict.write("POST", json=body(), key=IDEMPOTENCY_KEY)
            id = first.json()["related"]["configurationId"]
            for method, place, sent in (("POST", "", body(description="New")), ("PUT", id, body())):
                refused = strict.write(method, place, sent, IDEMPOTENCY_KEY)
                assert_refused(refused, status, "Idempotency-Key: was used for another request")
            reordered = dict(reversed(body().items()))
            assert answer(strict.write("POST", json=reordered, key=IDEMPOTENCY_KEY)) == answer(first)
