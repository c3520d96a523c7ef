"""The switches of Conversation Orchestrator, each at its other values."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from pulumi_switchboard.emulator import Switches
from pulumi_switchboard.emulator.faults import Answer, Operation

from tests.emulator.client import assert_error
from tests.emulator.orchestrator import (
    COLLECTION,
    CREATE,
    OPERATIONS,
    SERVICE,
    Orchestrator,
    body,
    orchestrator,
    path_of,
)

IN_TEN_SECONDS = {"operation_time": 10}


@contextmanager
def switched(options: dict[str, Any] | None = None, **switches: Any) -> Iterator[Orchestrator]:
    with orchestrator(switches=Switches(**switches), **options or {}) as vendor:
        yield vendor


def only_id(vendor: Orchestrator) -> str:
    (identifier,) = vendor.objects()
    return identifier


def test_related_of_a_write_can_be_null_or_absent() -> None:
    with switched(orchestrator_related="null") as vendor:
        write = vendor.write("POST", json=body())
        assert write.json()["related"] is None
        assert vendor.operation(write)["related"] == {"configurationId": only_id(vendor)}
    with switched(orchestrator_related="absent") as vendor:
        assert set(vendor.write("POST", json=body()).json()) == {"statusUrl"}


def test_related_of_an_operation_can_be_null_or_absent_or_wait_for_its_end() -> None:
    with switched(orchestrator_operation_related="null") as vendor:
        assert vendor.operation(vendor.write("POST", json=body()))["related"] is None
    with switched(orchestrator_operation_related="absent") as vendor:
        assert "related" not in vendor.operation(vendor.write("POST", json=body()))
    with switched(IN_TEN_SECONDS, orchestrator_operation_related="completed") as vendor:
        write = vendor.write("POST", json=body())
        assert "related" not in vendor.operation(write)
        vendor.emulator.advance(10)
        assert vendor.operation(write)["related"] == {"configurationId": only_id(vendor)}


@pytest.mark.parametrize(("prefix", "status"), [("cfg", 404), ("cfg_alias", 200)])
def test_related_can_have_another_prefix_that_paths_know_or_not(prefix: str, status: int) -> None:
    with switched(orchestrator_related_prefix=prefix) as vendor:
        write = vendor.write("POST", json=body())
        named = write.json()["related"]["configurationId"]
        assert vendor.operation(write)["related"] == {"configurationId": named}
        assert named == only_id(vendor).replace("conv_", "cfg_")
        assert vendor.get(path_of(named)).status_code == status
        assert vendor.write("DELETE", named).status_code == (202 if status == 200 else 404)


def test_a_completed_operation_can_have_a_result() -> None:
    with switched(IN_TEN_SECONDS, orchestrator_operation_result=True) as vendor:
        write = vendor.write("POST", json=body())
        assert "result" not in vendor.operation(write)
        vendor.emulator.advance(10)
        result = vendor.operation(write)["result"]
        assert result == {"type": "RESOURCE_ID", "id": only_id(vendor)}


@pytest.mark.parametrize(
    ("switch", "headers"),
    [("operation_id", {"Operation-Id"}), ("location", {"Location"}), ("none", set[str]())],
)
def test_headers_of_a_write_can_be_left_out(switch: str, headers: set[str]) -> None:
    with switched({"retry_after": 1}, orchestrator_accepted_headers=switch) as vendor:
        write = vendor.write("POST", json=body())
        assert {name for name in ("Operation-Id", "Location") if name in write.headers} == headers
        assert write.headers["Retry-After"] == "1"


def test_the_status_url_can_be_on_another_origin() -> None:
    with switched(orchestrator_status_url="elsewhere") as vendor:
        write = vendor.write("POST", json=body())
        path = f"/v2/ControlPlane/Operations/{write.headers['Operation-Id']}"
        assert write.json()["statusUrl"] == f"https://elsewhere.example{path}"
        assert write.headers["Location"] == f"https://elsewhere.example{path}"
        shown = vendor.get(f"{OPERATIONS}/{write.headers['Operation-Id']}").json()
        assert shown["statusUrl"] == f"https://elsewhere.example{path}"


def test_an_operation_can_be_pending_until_it_ends() -> None:
    with switched({"operation_polls": 4}, orchestrator_running=False) as vendor:
        write = vendor.write("POST", json=body())
        statuses = [vendor.operation(write)["status"] for _ in range(4)]
        assert statuses == ["PENDING", "PENDING", "PENDING", "COMPLETED"]


def test_the_error_of_an_operation_can_have_a_code() -> None:
    with switched(orchestrator_operation_error_code=True) as vendor:
        with vendor.emulator.inject(CREATE, Operation("FAILED", code=20001)):
            write = vendor.write("POST", json=body())
        assert vendor.operation(write)["error"]["code"] == 20001


def test_a_young_operation_can_be_a_404_at_first() -> None:
    with switched({"operation_polls": 2}, orchestrator_young_operation=2) as vendor:
        write = vendor.write("POST", json=body())
        path = f"{OPERATIONS}/{write.headers['Operation-Id']}"
        responses = [vendor.get(path) for _ in range(4)]
        assert [response.status_code for response in responses] == [404, 404, 200, 200]
        assert [response.json()["status"] for response in responses[2:]] == ["PENDING", "COMPLETED"]


def test_an_old_operation_can_be_forgotten() -> None:
    with switched(IN_TEN_SECONDS, orchestrator_operation_days=7) as vendor:
        write = vendor.write("POST", json=body())
        vendor.emulator.advance(7 * 24 * 3600)
        assert vendor.operation(write)["status"] == "COMPLETED"
        vendor.emulator.advance(10)
        assert_error(vendor.get(f"{OPERATIONS}/{write.headers['Operation-Id']}"), 404, 20404)
        assert len(vendor.objects()) == 1


def test_reads_can_lag_behind_operations_that_are_over() -> None:
    with switched(orchestrator_lag=2) as vendor:
        identifier = vendor.write("POST", json=body()).json()["related"]["configurationId"]
        assert len(vendor.objects()) == 1
        assert vendor.get(path_of(identifier)).status_code == 404
        assert vendor.get(COLLECTION).json()["configurations"] == []
        created = vendor.shown(identifier)
        vendor.write("PUT", identifier, body(description="New"))
        assert vendor.get(COLLECTION).json()["configurations"] == [created]
        assert vendor.shown(identifier) == created
        updated = vendor.shown(identifier)
        assert updated["description"] == "New"
        vendor.write("DELETE", identifier)
        assert [vendor.get(path_of(identifier)).status_code for _ in range(3)] == [200, 200, 404]
        assert vendor.get(COLLECTION).json()["configurations"] == []


CHANNELS = {"SMS": {}, "RCS": {"statusTimeouts": {"closed": 5}, "captureRules": [{"from": "a", "to": "b"}]}}


def test_what_was_not_sent_can_be_empty() -> None:
    with switched(orchestrator_fill="empty") as vendor:
        shown = vendor.created(channelSettings=CHANNELS)
        assert shown["channelSettings"] == {
            "SMS": {"statusTimeouts": {"inactive": None, "closed": None}, "captureRules": []},
            "RCS": {
                "statusTimeouts": {"inactive": None, "closed": 5},
                "captureRules": [{"from": "a", "to": "b", "metadata": {}}],
            },
        }
        assert (shown["statusCallbacks"], shown["intelligenceConfigurationIds"]) == ([], [])
        assert (shown["conversationsV1Bridge"], shown["memoryExtractionEnabled"]) == (None, False)
        assert vendor.updated("PUT", shown["id"], shown)["version"] == 2


def test_what_was_not_sent_can_be_absent() -> None:
    with switched(orchestrator_fill="absent") as vendor:
        shown = vendor.created(channelSettings=CHANNELS)
        assert shown["channelSettings"] == CHANNELS
        assert shown["memoryExtractionEnabled"] is False
        assert not {"statusCallbacks", "intelligenceConfigurationIds", "conversationsV1Bridge"} & set(shown)
        assert "channelSettings" not in vendor.created()


def test_there_can_be_newer_members_that_writes_set_and_a_put_without_them_drops() -> None:
    newer = {
        "traitExtractionStrategyIds": ["mem_traitextraction_1"],
        "observationExtractionStrategyIds": None,
        "redactionConfigurationId": "redaction_1",
    }
    with switched(orchestrator_newer_members=True) as vendor:
        created = vendor.created(**newer)
        assert {name: created[name] for name in newer} == newer
        assert vendor.updated("PUT", created["id"], created)["redactionConfigurationId"] == "redaction_1"
        updated = vendor.updated("PATCH", created["id"], {"redactionConfigurationId": "redaction_2"})
        assert updated["traitExtractionStrategyIds"] == ["mem_traitextraction_1"]
        assert vendor.updated("PUT", created["id"], body())["redactionConfigurationId"] is None
        refused = vendor.write("POST", json=body(traitExtractionStrategyIds=[1]))
        assert_error(refused, 400, 20001, "traitExtractionStrategyIds[0]: must be a string")
    with switched() as vendor:
        assert_error(vendor.write("POST", json=body(**newer)), 400, 20001, "is unknown")
        created = vendor.created()
        assert not set(newer) & set(vendor.updated("PUT", created["id"], body(**newer)))


def assert_other_error(response: requests.Response, status: int, code: int) -> None:
    shown = response.json()
    assert response.status_code == status
    assert shown == {
        "code": code,
        "message": shown["message"],
        "httpStatusCode": status,
        "userError": status < 500,
        "params": {},
    }


def test_errors_can_have_the_other_shape() -> None:
    bridge = {"conversationsV1Bridge": {"serviceId": SERVICE}}
    with switched(orchestrator_error_shape="E2") as vendor:
        created = vendor.created(**bridge)
        assert_other_error(vendor.write("POST", json={}), 400, 20001)
        assert_other_error(vendor.get(path_of("unknown")), 404, 20404)
        assert_other_error(vendor.get(COLLECTION, auth=("nobody", "x")), 401, 20003)
        conflict = vendor.write("POST", json=body(**bridge))
        assert_other_error(conflict, 409, 20409)
        assert conflict.headers["X-Conflicting-Resource-Id"] == created["id"]
        with vendor.emulator.inject(CREATE, Answer(503)):
            assert_other_error(vendor.write("POST", json=body()), 503, 20503)
        assert_error(vendor.get("/conversations.twilio.com/nowhere"), 404, 20404)


def test_a_conflict_can_have_the_code_400() -> None:
    bridge = {"conversationsV1Bridge": {"serviceId": SERVICE}}
    with switched(orchestrator_error_shape="E1_conflict_400") as vendor:
        created = vendor.created(**bridge)
        conflict = vendor.write("POST", json=body(**bridge))
        assert_error(conflict, 409, 400)
        assert conflict.headers["X-Conflicting-Resource-Id"] == created["id"]
        assert_error(vendor.get(path_of("unknown")), 404, 20404)


def test_writes_can_be_done_at_once() -> None:
    with switched(IN_TEN_SECONDS, orchestrator_synchronous=True) as vendor:
        write = vendor.write("POST", json=body())
        assert write.status_code == 201
        created = write.json()
        assert vendor.objects() == {created["id"]: created}
        for method, version in (("PUT", 2), ("PATCH", 3)):
            write = vendor.write(method, created["id"], body())
            assert (write.status_code, write.json()["version"]) == (200, version)
            assert not {"Operation-Id", "Location"} & set(write.headers)
        write = vendor.write("DELETE", created["id"])
        assert (write.status_code, write.content) == (204, b"")
        assert vendor.objects() == {}


def test_there_can_be_no_patch() -> None:
    with switched(orchestrator_patch=False) as vendor:
        assert_error(vendor.write("PATCH", vendor.created()["id"], {}), 405, 20004)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_the_grouping_type_can_be_changed(method: str) -> None:
    with switched(orchestrator_grouping_type_can_change=True) as vendor:
        sent = body(conversationGroupingType="GROUP_BY_PARTICIPANT_ADDRESSES")
        updated = vendor.updated(method, vendor.created()["id"], sent)
        assert updated["conversationGroupingType"] == "GROUP_BY_PARTICIPANT_ADDRESSES"


def test_concurrent_writes_can_be_accepted_and_come_true_in_their_order() -> None:
    with switched(IN_TEN_SECONDS, orchestrator_concurrent_writes="accept") as vendor:
        identifier = vendor.write("POST", json=body()).json()["related"]["configurationId"]
        assert_error(vendor.write("PUT", identifier, body()), 404, 20404)
        vendor.emulator.advance(10)
        writes = [vendor.write("PUT", identifier, body(description=text)) for text in ("one", "two")]
        writes += [vendor.write("DELETE", identifier), vendor.write("PUT", identifier, body())]
        vendor.emulator.advance(10)
        statuses = [vendor.operation(write)["status"] for write in writes]
        assert statuses == ["COMPLETED", "COMPLETED", "COMPLETED", "FAILED"]
        assert vendor.objects() == {}


def test_bridges_can_be_shared() -> None:
    with switched(orchestrator_unique_bridges=False) as vendor:
        for _ in range(2):
            vendor.created(conversationsV1Bridge={"serviceId": SERVICE})


def test_display_names_can_be_unique() -> None:
    with switched(orchestrator_unique_display_names=True) as vendor:
        first, second = vendor.created(displayName="One"), vendor.created(displayName="Two")
        for refused in (
            vendor.write("POST", json=body(displayName="One")),
            vendor.write("PUT", second["id"], body(displayName="One")),
        ):
            assert_error(refused, 409, 20409, "displayName")
            assert refused.headers["X-Conflicting-Resource-Id"] == first["id"]
        vendor.updated("PUT", first["id"], body(displayName="One"))


def test_an_account_can_have_a_limit() -> None:
    with switched(orchestrator_limit=2) as vendor:
        first, _ = vendor.created(), vendor.created()
        assert_error(vendor.write("POST", json=body()), 400, 20001, "limit of 2 configurations")
        vendor.write("DELETE", first["id"])
        vendor.created()
