"""What the emulator takes and remembers has an end."""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
from pulumi_switchboard.emulator import Emulator, newest
from pulumi_switchboard.emulator.faults import Reset, plan

from tests.emulator.client import CONFIGURATIONS, Client, assert_error, configuration
from tests.emulator.orchestrator import Orchestrator, body
from tests.emulator.raw import connection

MIB = 1 << 20
TELEPHONY = "/api.ultravox.ai/api/telephony_configs/twilio"
HEADERS = {"Content-Type": "application/json"}


def chunks(count: int) -> Iterator[bytes]:
    """Return a body that is sent without saying how long it is, as so many chunks of 64 KiB."""
    return (b" " * 65536 for _ in range(count))


def padded(size: int) -> bytes:
    """Return a request for a configuration of so many bytes."""
    return json.dumps(configuration()).encode().ljust(size)


def test_a_body_of_the_largest_size_is_taken(client: Client, emulator: Emulator) -> None:
    assert client.request("POST", CONFIGURATIONS, data=padded(MIB), headers=HEADERS).status_code == 201


@pytest.mark.parametrize("count", [17, 128])
@pytest.mark.parametrize("says_its_length", [True, False])
def test_a_larger_body_is_a_413_of_the_vendor(
    client: Client, emulator: Emulator, count: int, *, says_its_length: bool
) -> None:
    data = b"".join(chunks(count)) if says_its_length else chunks(count)
    response = client.request("POST", CONFIGURATIONS, data=data, headers=HEADERS)
    assert_error(response, 413, 413, "larger than 1048576 bytes")
    assert [entry.status for entry in emulator.journal] == [413]
    assert emulator.state == {}
    assert client.get(CONFIGURATIONS).status_code == 200


def test_a_body_that_is_announced_as_too_large_is_not_waited_for(emulator: Emulator) -> None:
    head = f"POST {TELEPHONY} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
    with connection(emulator) as opened, opened.makefile("rb") as answer:
        opened.sendall(f"{head}Content-Length: {10**15}\r\n\r\n".encode())
        assert answer.readline().startswith(b"HTTP/1.1 413 ")


def test_a_body_that_is_too_large_is_refused_in_the_shape_of_its_vendor(client: Client) -> None:
    response = client.request("POST", TELEPHONY, data=chunks(17))
    assert (response.status_code, set(response.json())) == (413, {"detail"})


@pytest.mark.parametrize("path", ["clock", "faults"])
@pytest.mark.parametrize("says_its_length", [True, False])
def test_a_larger_body_of_a_control_request_is_a_413(
    client: Client, path: str, *, says_its_length: bool
) -> None:
    data = b"".join(chunks(17)) if says_its_length else chunks(17)
    response = client.request("POST", f"/_emulator/{path}", data=data)
    assert response.status_code == 413
    assert "larger than 1048576 bytes" in response.json()["message"]


def test_a_body_for_a_host_of_no_vendor_is_limited_too(client: Client) -> None:
    response = client.request("POST", "/nowhere/else", data=chunks(17))
    assert response.status_code == 413
    assert "larger than" in response.json()["message"]


def nested(depth: int) -> bytes:
    """Return JSON of so many lists in each other, with brackets in a text that do not count."""
    text = json.dumps("[" * 500 + '\\"' + "[" * 500)
    return b"[" * depth + text.encode() + b"]" * depth


@pytest.mark.parametrize("depth", [101, 900, 200_000])
def test_a_body_that_is_nested_too_deeply_is_refused_in_the_vendor_s_shape(
    client: Client, emulator: Emulator, depth: int
) -> None:
    for data in (nested(depth), b"[" * depth, b'{"a":' * depth):
        response = client.request("POST", CONFIGURATIONS, data=data, headers=HEADERS)
        assert_error(response, 400, 20001, "nested more than 100 levels deep")
    assert emulator.state == {}


def test_nesting_up_to_the_limit_is_read_and_then_checked(client: Client) -> None:
    response = client.request("POST", CONFIGURATIONS, data=nested(100), headers=HEADERS)
    assert_error(response, 400, 20001, "must be an object")


@pytest.mark.parametrize(
    "data",
    [b'"' + b'\\"' * (MIB // 2 - 1), b'"' * MIB, b"[]" * (MIB // 2)],
    ids=["escaped quotes", "quotes", "brackets"],
)
def test_a_body_of_nothing_but_marks_is_refused(client: Client, data: bytes) -> None:
    response = client.request("POST", CONFIGURATIONS, data=data, headers=HEADERS)
    assert_error(response, 400, 20001, "not valid JSON")


@pytest.mark.parametrize(
    ("path", "message"),
    [("clock", "must be JSON such as"), ("faults", "is nested more than 100 levels deep")],
)
@pytest.mark.parametrize("depth", [101, 900, 200_000])
def test_a_control_request_that_is_nested_too_deeply_is_refused(
    client: Client, path: str, message: str, depth: int
) -> None:
    response = client.request("POST", f"/_emulator/{path}", data=nested(depth))
    assert response.status_code == 400
    assert f"body: {message}" in response.json()["message"]


def test_a_number_that_json_cannot_carry_is_refused(client: Client, emulator: Emulator) -> None:
    data = json.dumps(configuration(description="x")).replace('"x"', "1e400").encode()
    response = client.request("POST", CONFIGURATIONS, data=data, headers=HEADERS)
    assert_error(response, 400, 20001, "not valid JSON")


def test_the_journal_keeps_the_newest_entries_and_counts_the_others() -> None:
    with Emulator(journal_size=2) as emulator:
        client = Client(emulator)
        for size in (1, 2, 3):
            client.get(CONFIGURATIONS, params={"pageSize": size})
        shown = client.get("/_emulator/journal")
        assert [entry.path[-1] for entry in emulator.journal] == ["2", "3"]
        assert [entry["path"][-1] for entry in shown.json()] == ["2", "3"]
        assert (emulator.journal_dropped, shown.headers["Journal-Dropped"]) == (1, "1")
        emulator.reset()
        client.get(CONFIGURATIONS)
        assert (len(emulator.journal), emulator.journal_dropped) == (1, 0)
        client.close()


def test_the_journal_has_at_least_one_entry() -> None:
    with pytest.raises(ValueError, match="journal_size"):
        Emulator(journal_size=0)


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the emulator remember three keys, operations and faults."""
    monkeypatch.setattr(newest, "KEPT", 3)
    monkeypatch.setattr(plan, "MOST", 3)


def test_the_newest_operations_are_remembered(forgetful: None, vendor: Orchestrator) -> None:
    writes = [vendor.write("POST", json=body()) for _ in range(4)]
    urls = [write.json()["statusUrl"].removeprefix(vendor.emulator.url) for write in writes]
    assert [vendor.get(url).status_code for url in urls] == [404, 200, 200, 200]
    assert len(vendor.objects()) == 4


def test_the_newest_idempotency_keys_are_remembered(forgetful: None, vendor: Orchestrator) -> None:
    keys = [str(UUID(int=number)) for number in range(4)]
    for key in [*keys, keys[1], keys[3]]:
        vendor.write("POST", json=body(), key=key)
    assert len(vendor.objects()) == 4
    vendor.write("POST", json=body(), key=keys[0])
    assert len(vendor.objects()) == 5


def test_faults_are_refused_beyond_a_number(forgetful: None, client: Client, emulator: Emulator) -> None:
    faults = [emulator.inject("*", Reset(), where="never") for _ in range(3)]
    with pytest.raises(ValueError, match="3 faults already; remove some"):
        emulator.inject("*", Reset())
    response = client.post("/_emulator/faults", {"at": "*", "do": {"kind": "reset"}})
    assert (response.status_code, response.json()["message"][:15]) == (400, "there are 3 fau")
    faults[0].remove(may_be_idle=True)
    emulator.inject("*", Reset()).remove(may_be_idle=True)
