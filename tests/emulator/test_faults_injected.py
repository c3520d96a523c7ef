"""A fault as a test holds it: waiting for it, and noticing that it never happened."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold, NeverFiredError, Outage, RateLimit, Stall

from tests.emulator.client import CONFIGURATIONS, SID, Client, configuration
from tests.emulator.raw import connection, create_request

CREATE = "POST voice.twilio.com/v2/Configurations/Client"
LIST = "GET voice.twilio.com/v2/Configurations/Client"

pytestmark = pytest.mark.usefixtures("quiet")


def test_waiting_for_a_fault_that_does_not_come_says_what_came(client: Client, emulator: Emulator) -> None:
    injected = emulator.inject(LIST, Answer(503), nth=2, where="page")
    client.get(f"{CONFIGURATIONS}?pageSize=1")
    with pytest.raises(TimeoutError) as timeout:
        injected.wait(0.01)
    assert str(timeout.value) == (
        f"Answer(status=503) at '{LIST}' (nth=2 where 'page') did not fire within 0.01 s; 1 requests matched"
    )
    injected.remove(may_be_idle=True)


def test_a_fault_that_never_fired_is_an_error_at_the_end_of_its_block(emulator: Emulator) -> None:
    with pytest.raises(NeverFiredError) as never, emulator.inject(CREATE, Hold()):
        pass
    assert str(never.value) == f"never fired: Hold() at '{CREATE}' (nth=1)"


def test_a_rate_that_was_kept_never_fired(client: Client, emulator: Emulator) -> None:
    with pytest.raises(NeverFiredError), emulator.inject(LIST, RateLimit(per_second=1)):
        client.get(CONFIGURATIONS)


def test_the_exception_of_a_block_is_not_hidden(emulator: Emulator) -> None:
    with pytest.raises(KeyError), emulator.inject(CREATE, Hold()):
        raise KeyError


def test_all_faults_that_never_fired_are_named_at_the_end_of_the_emulator() -> None:
    emulator = Emulator()
    emulator.inject(CREATE, Answer(503))
    emulator.inject("*", Stall(1, "body"))
    emulator.inject(LIST, Hold()).remove()
    emulator.inject("*", Hold()).remove(may_be_idle=True)
    with pytest.raises(NeverFiredError) as never, emulator:
        pass
    message = str(never.value)
    assert f"Answer(status=503) at '{CREATE}'" in message
    assert "Stall(seconds=1, point='body') at '*'" in message
    assert f"Hold() at '{LIST}'" in message, "it was removed, and had never fired"
    assert "Hold() at '*'" not in message


def test_a_fault_is_named_once_however_often_it_is_removed() -> None:
    emulator = Emulator()
    injected = emulator.inject(LIST, Hold())
    for _ in range(2):
        injected.remove()
    with pytest.raises(NeverFiredError) as never, emulator:
        pass
    assert str(never.value) == f"never fired: Hold() at '{LIST}' (nth=1)"

    with emulator:
        """A new start knows nothing of it."""


def test_a_reset_forgets_that_a_fault_never_fired() -> None:
    with Emulator() as emulator:
        emulator.inject(LIST, Hold()).remove()
        emulator.inject(LIST, Hold())
        emulator.reset()


def test_the_end_of_the_emulator_hides_no_exception() -> None:
    emulator = Emulator()
    emulator.inject(CREATE, Answer(503))
    with pytest.raises(KeyError), emulator:
        raise KeyError


def test_faults_end_with_the_emulator() -> None:
    emulator = Emulator()
    with pytest.raises(NeverFiredError), emulator:
        emulator.inject(LIST, Answer(503))
    with emulator:
        client = Client(emulator)
        assert client.get(CONFIGURATIONS).status_code == 200
        client.close()


def test_closing_answers_what_is_held_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    with Emulator() as emulator, connection(emulator) as held, connection(emulator) as stalled:
        hold = emulator.inject(CREATE, Hold())
        held.sendall(create_request())
        hold.wait()
        stall = emulator.inject(CREATE, Stall(1000))
        stalled.sendall(create_request())
        stall.wait()
        emulator.__exit__(None, None, None)
        assert held.recv(65536).startswith(b"HTTP/1.1 201 ")
        assert stalled.recv(65536).startswith(b"HTTP/1.1 201 ")
    assert set(threading.enumerate()) <= before


def test_closing_ends_an_outage() -> None:
    with Emulator() as emulator:
        client = Client(emulator)
        emulator.inject(CREATE, Outage())
        client.create()
        client.close()


def test_a_reset_answers_what_is_held_and_then_forgets_everything(
    client: Client, emulator: Emulator, pool: ThreadPoolExecutor
) -> None:
    hold = emulator.inject(CREATE, Hold())
    emulator.inject(LIST, Answer(503))
    response = pool.submit(client.post, CONFIGURATIONS, configuration())
    hold.wait()
    emulator.reset()
    assert response.result().status_code == 201
    assert (emulator.state, emulator.journal) == ({}, [])
    assert client.get(CONFIGURATIONS).status_code == 200


def test_a_fault_is_as_safe_as_the_emulator_under_many_clients(
    emulator: Emulator, pool: ThreadPoolExecutor
) -> None:
    def create(_number: int) -> int:
        client = Client(emulator)
        status = client.post(CONFIGURATIONS, configuration()).status_code
        client.close()
        return status

    with emulator.inject(CREATE, Answer(503), nth=10, times=20) as injected:
        statuses = list(pool.map(create, range(64)))
    assert (injected.fired, statuses.count(503), statuses.count(201)) == (20, 20, 44)
    assert len(emulator.state[SID]["twilio/voice:ClientConfiguration"]) == 44
