"""The emulator as a Python object: how it starts, stops and bears many clients."""

import ast
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pulumi_switchboard.emulator
import pytest
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import CONFIGURATIONS, SID, Client, configuration


def test_it_leaves_no_thread_and_frees_its_port_even_with_a_connection_open() -> None:
    before = set(threading.enumerate())
    with Emulator() as emulator:
        client = Client(emulator)
        client.create()
        port = int(emulator.url.rpartition(":")[2])
    assert set(threading.enumerate()) <= before
    with socket.create_server(("127.0.0.1", port)):
        pass
    client.close()


def test_it_can_be_started_again_and_remembers() -> None:
    emulator = Emulator()
    for _ in range(2):
        with emulator:
            client = Client(emulator)
            client.create()
            client.close()
    assert len(emulator.state[SID]["twilio/voice:ClientConfiguration"]) == 2


def test_it_has_no_url_while_it_does_not_run() -> None:
    emulator = Emulator()
    with pytest.raises(RuntimeError, match="no URL"):
        _ = emulator.url


def test_a_port_in_use_is_an_error() -> None:
    with Emulator() as first, pytest.raises(OSError, match="in use"):
        Emulator(port=int(first.url.rpartition(":")[2])).__enter__()


def test_an_account_that_no_vendor_knows_is_an_error() -> None:
    with pytest.raises(ValueError, match="AC123"):
        Emulator(accounts={"AC123": "secret"})


def test_64_clients_at_once_are_all_served(emulator: Emulator) -> None:
    def work(number: int) -> list[int]:
        client = Client(emulator)
        statuses = [client.post(CONFIGURATIONS, configuration(unique_name=f"name-{number}")).status_code]
        statuses.append(client.post(CONFIGURATIONS, configuration(unique_name="wanted-by-all")).status_code)
        client.close()
        return statuses

    with ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(work, range(64)))
    assert {first for first, _ in statuses} == {201}
    assert sorted(second for _, second in statuses) == [201] + [409] * 63
    assert len(emulator.state[SID]["twilio/voice:ClientConfiguration"]) == 65
    assert len(emulator.journal) == 128


def test_it_imports_nothing_of_pulumi_or_of_the_rest_of_the_package() -> None:
    package = pulumi_switchboard.emulator.__name__
    for file in Path(pulumi_switchboard.emulator.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert not name.startswith("pulumi") or name.startswith(package), f"{file.name}: {name}"
