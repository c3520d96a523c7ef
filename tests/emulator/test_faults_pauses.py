"""Faults that make a request wait."""

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Hold, Stall

from tests.emulator.client import CONFIGURATIONS, SID, Client, configuration
from tests.emulator.raw import connection, create_request

CREATE = "POST voice.twilio.com/v2/Configurations/Client"
KIND = "twilio/voice:ClientConfiguration"

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize("action", [Hold("before"), Stall(point="before")])
def test_a_request_that_waits_before_is_processed_after_the_release(
    client: Client, emulator: Emulator, pool: ThreadPoolExecutor, action: Hold | Stall
) -> None:
    with emulator.inject(CREATE, action) as injected:
        response = pool.submit(client.post, CONFIGURATIONS, configuration())
        injected.wait()
        assert emulator.state == {}
        assert [entry.status for entry in emulator.journal] == [None]
        injected.release()
        assert len(emulator.state[SID][KIND]) == 1
    assert response.result().status_code == 201


@pytest.mark.parametrize("action", [Hold("after"), Stall(point="after")])
def test_a_request_that_waits_after_is_processed_and_answered_after_the_release(
    client: Client, emulator: Emulator, pool: ThreadPoolExecutor, action: Hold | Stall
) -> None:
    with emulator.inject(CREATE, action) as injected:
        response = pool.submit(client.post, CONFIGURATIONS, configuration())
        injected.wait()
        assert len(emulator.state[SID][KIND]) == 1
        assert [entry.status for entry in emulator.journal] == [None]
        assert not response.done()
        injected.release()
        assert [entry.status for entry in emulator.journal] == [201]
    assert response.result().status_code == 201


def test_a_stall_in_the_body_comes_after_the_head_and_half_of_it(
    emulator: Emulator, pool: ThreadPoolExecutor
) -> None:
    with connection(emulator) as opened, emulator.inject(CREATE, Stall(point="body")) as injected:
        opened.sendall(create_request())
        head, body = receive_head(opened)
        length = int(head.lower().partition(b"content-length: ")[2].split()[0])
        body += receive(opened, length // 2 - len(body))
        rest = pool.submit(opened.recv, 65536)
        injected.wait()
        assert not rest.done()
        injected.release()
        body += rest.result()
    assert len(body) == length


def receive_head(opened: socket.socket) -> tuple[bytes, bytes]:
    """Return the head of an answer, and what came of its body with it."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += opened.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    return head, body


def receive(opened: socket.socket, count: int) -> bytes:
    """Return as many bytes."""
    received = b""
    while len(received) < count:
        received += opened.recv(count - len(received))
    return received


@pytest.mark.parametrize("point", ["before", "after", "body"])
def test_a_stall_ends_by_itself(
    client: Client, emulator: Emulator, point: Literal["before", "after", "body"]
) -> None:
    with emulator.inject(CREATE, Stall(0.01, point)):
        assert client.create()


@pytest.mark.parametrize("point", ["before", "after", "body"])
def test_a_stalled_request_is_processed_even_if_its_client_has_gone(
    emulator: Emulator, point: Literal["before", "after", "body"]
) -> None:
    with emulator.inject(CREATE, Stall(point=point)) as injected:
        with connection(emulator) as opened:
            opened.sendall(create_request())
            injected.wait()
        injected.release()
        assert len(emulator.state[SID][KIND]) == 1


def test_a_request_held_before_is_dropped_when_its_client_goes(emulator: Emulator) -> None:
    with emulator.inject(CREATE, Hold()) as injected:
        with connection(emulator) as opened:
            opened.sendall(create_request())
            injected.wait()
        injected.release()
        assert emulator.state == {}
        assert [entry.status for entry in emulator.journal] == [None]


def test_a_request_held_after_stays_processed_when_its_client_goes(emulator: Emulator) -> None:
    with emulator.inject(CREATE, Hold("after")) as injected:
        with connection(emulator) as opened:
            opened.sendall(create_request())
            injected.wait()
        injected.release()
        assert len(emulator.state[SID][KIND]) == 1
        assert [entry.status for entry in emulator.journal] == [None]


def test_a_released_fault_holds_no_more(client: Client, emulator: Emulator) -> None:
    with emulator.inject(CREATE, Hold(), times=None) as injected:
        injected.release()
        client.create()
        client.create()
    assert injected.fired == 2


def test_held_requests_block_no_other(client: Client, emulator: Emulator, pool: ThreadPoolExecutor) -> None:
    with emulator.inject(CREATE, Hold(), times=3, where="held") as injected:
        clients = [Client(emulator) for _ in range(3)]
        held = [pool.submit(other.create, f"held-{n}") for n, other in enumerate(clients)]
        injected.wait()
        client.create("free")
        assert [each["unique_name"] for each in emulator.state[SID][KIND].values()] == ["free"]
        injected.release()
        assert [each.result()["unique_name"] for each in held] == ["held-0", "held-1", "held-2"]
        for other in clients:
            other.close()


def test_removing_a_fault_lets_go_what_it_holds(
    client: Client, emulator: Emulator, pool: ThreadPoolExecutor
) -> None:
    injected = emulator.inject(CREATE, Hold())
    response = pool.submit(client.post, CONFIGURATIONS, configuration())
    injected.wait()
    injected.remove()
    assert response.result().status_code == 201


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan")])
def test_a_time_that_cannot_be_waited_for_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="seconds: must be 0 or more"):
        Stall(seconds)


def test_another_point_is_refused() -> None:
    with pytest.raises(ValueError, match="point: must be before, after or body"):
        Stall(point="between")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="point: must be before or after"):
        Hold("body")  # type: ignore[arg-type]
