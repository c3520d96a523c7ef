"""Faults of the connection."""

import socket
import time
from contextlib import suppress

import pytest
import requests
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Outage, Reset, Truncate

from tests.emulator.client import CONFIGURATIONS, SID, Client, configuration
from tests.emulator.raw import address, connection, create_request, receive_all, request

CREATE = "POST voice.twilio.com/v2/Configurations/Client"
LIST = "GET voice.twilio.com/v2/Configurations/Client"
DELETE = "DELETE voice.twilio.com/v2/Configurations/Client/{id}"

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize("after", [False, True])
def test_a_reset_breaks_the_connection_before_or_after_processing(emulator: Emulator, *, after: bool) -> None:
    with connection(emulator) as opened, emulator.inject(CREATE, Reset(after=after)):
        opened.sendall(create_request())
        with pytest.raises(ConnectionResetError):
            opened.recv(1)
    assert bool(emulator.state) == after
    assert [entry.status for entry in emulator.journal] == [None]


def test_a_truncated_answer_is_processed_and_half_of_it_arrives(emulator: Emulator) -> None:
    with connection(emulator) as opened, emulator.inject(CREATE, Truncate()):
        opened.sendall(create_request())
        head, _, body = receive_all(opened).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 201 ")
    length = int(head.lower().partition(b"content-length: ")[2].split()[0])
    assert 0 < len(body) == length // 2
    assert len(emulator.state[SID]["twilio/voice:ClientConfiguration"]) == 1


def test_a_client_notices_a_truncated_answer(client: Client, emulator: Emulator) -> None:
    with (
        emulator.inject(CREATE, Truncate()),
        pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"),
    ):
        client.post(CONFIGURATIONS, configuration())


def test_an_answer_without_a_body_cannot_be_truncated(client: Client, emulator: Emulator) -> None:
    created = client.create()
    with emulator.inject(DELETE, Truncate()):
        assert client.delete(f"{CONFIGURATIONS}/{created['id']}").status_code == 204


def test_an_outage_begins_with_the_answer_and_ends_with_the_release_on_the_same_port(
    client: Client, emulator: Emulator
) -> None:
    url = emulator.url
    with connection(emulator) as idle, emulator.inject(CREATE, Outage()) as injected:
        idle.sendall(request("GET", path="/_emulator/state"))
        assert idle.recv(1)
        response = client.post(CONFIGURATIONS, configuration())
        assert (response.status_code, response.headers["Connection"]) == (201, "close")
        assert receive_all(idle).endswith(b"{}")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address(emulator))
        injected.release()
        assert client.get(CONFIGURATIONS).json()["content"] == [response.json()]
    assert emulator.url == url


def test_no_other_program_can_take_the_port_during_an_outage(emulator: Emulator) -> None:
    with emulator.outage(), pytest.raises(OSError, match="in use"):
        socket.create_server(address(emulator))


def test_an_outage_ends_by_itself(client: Client, emulator: Emulator) -> None:
    with emulator.inject(LIST, Outage(0.05)):
        assert client.get(CONFIGURATIONS).ok
        assert served_again(client)


def served_again(client: Client) -> bool:
    for _ in range(1000):
        with suppress(requests.ConnectionError):
            return client.get(CONFIGURATIONS).ok
        time.sleep(0.01)
    return False


def test_an_outage_in_python_lasts_as_long_as_its_block(client: Client, emulator: Emulator) -> None:
    created = client.create()
    with emulator.outage(), pytest.raises(requests.ConnectionError, match="refused"):
        client.get(CONFIGURATIONS)
    assert client.get(CONFIGURATIONS).json()["content"] == [created]


def test_outages_may_overlap(client: Client, emulator: Emulator) -> None:
    with emulator.outage():
        with emulator.outage():
            pass
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address(emulator))
    assert client.get(CONFIGURATIONS).ok


def test_there_is_no_outage_of_an_emulator_that_does_not_run() -> None:
    with pytest.raises(RuntimeError, match="unless its `with` block runs"), Emulator().outage():
        pass


def test_an_emulator_can_end_during_an_outage_and_frees_its_port() -> None:
    with Emulator() as emulator:
        where = address(emulator)
        outage = emulator.outage()
        outage.__enter__()
    with socket.create_server(where):
        pass
    outage.__exit__(None, None, None)
