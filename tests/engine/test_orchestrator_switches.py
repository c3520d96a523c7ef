"""Where the vendor's sources disagree, a configuration lives the same life whichever of them is right."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.orchestrator import FULL, NEEDED, SERVICE, Orchestrator, configuration, ids
from tests.engine.stack import ACCOUNT, Stack

NO_ID: dict[str, Any] = {"orchestrator_related": "null", "orchestrator_operation_related": "null"}
CASES: dict[str, dict[str, Any]] = {
    "synchronous": {"orchestrator_synchronous": True},
    "id in the operation": {"orchestrator_related": "null"},
    "id in the completed operation": {
        "orchestrator_related": "absent",
        "orchestrator_operation_related": "completed",
    },
    "id in the result": {**NO_ID, "orchestrator_operation_result": True},
    "id in the list alone": NO_ID,
    "id in the list alone, members absent": {
        "orchestrator_related": "absent",
        "orchestrator_operation_related": "absent",
        "orchestrator_fill": "absent",
    },
    "another prefix": {"orchestrator_related_prefix": "cfg"},
    "another prefix that paths have, too": {"orchestrator_related_prefix": "cfg_alias"},
    "no headers": {"orchestrator_accepted_headers": "none"},
    "a location elsewhere": {
        "orchestrator_status_url": "elsewhere",
        "orchestrator_accepted_headers": "location",
    },
    "a status URL elsewhere": {
        "orchestrator_status_url": "elsewhere",
        "orchestrator_accepted_headers": "none",
        "orchestrator_running": False,
    },
    "an operation's id": {
        "orchestrator_accepted_headers": "operation_id",
        "orchestrator_error_shape": "E2",
        "orchestrator_patch": False,
        "orchestrator_grouping_type_can_change": True,
    },
    "young operations": {"orchestrator_young_operation": 2},
    "a lag": {"orchestrator_lag": 2},
    "a lag, and the id in the list alone": {**NO_ID, "orchestrator_lag": 2},
}


@pytest.fixture
def emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    with Emulator(operation_time=0.3, switches=Switches(**request.param)) as running:
        yield running


class _Refusal(socketserver.StreamRequestHandler):
    """A proxy's answer to whoever wants to leave the machine."""

    def handle(self) -> None:
        asked.append(self.rfile.readline().decode())
        self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")


asked: list[str] = []
"""What the proxy was asked for."""


@pytest.fixture(autouse=True)
def _nothing_goes_elsewhere(stack: Stack) -> Iterator[None]:
    """No request follows an address that an answer gives; all for https would go by way of this proxy."""
    asked.clear()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Refusal) as proxy:
        Thread(target=proxy.serve_forever, daemon=True).start()
        stack.environment["HTTPS_PROXY"] = f"http://127.0.0.1:{proxy.server_address[1]}"
        yield
        proxy.shutdown()
    assert not any("elsewhere.example" in line for line in asked)


@pytest.mark.parametrize("emulator", CASES.values(), ids=CASES, indirect=True)
def test_create_update_and_delete(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    other = configuration("other", {**NEEDED, "display_name": "Other"})
    export = 'pulumi.export("id", support.configuration_id)\npulumi.export("account", support.account_sid)\n'
    changed = {**FULL, "description": "Help", "status_callbacks": []}

    stack.up(configuration("support", FULL) + other + export)
    made = ids(stack)
    shown = colleague.named("Support")
    assert stack.outputs() == {"id": shown["id"], "account": ACCOUNT}
    assert set(made.values()) == set(colleague.all())
    assert colleague.new_writes() == ["POST", "POST"]
    stack.assert_settled()

    stack.up(configuration("support", changed) + other + export)
    assert colleague.new_writes() == ["PUT"]
    shown = colleague.named("Support")
    assert (shown["id"], shown["description"]) == (made["support"], "Help")
    assert not shown.get("statusCallbacks")
    stack.refresh()
    stack.assert_settled()
    assert ids(stack) == made

    stack.destroy()
    assert colleague.new_writes() == ["DELETE", "DELETE"]
    assert colleague.all() == {}


@pytest.mark.parametrize(
    "emulator",
    [{"orchestrator_error_shape": shape} for shape in ("E1", "E2", "E1_conflict_400")],
    ids=["E1", "E2", "E1_conflict_400"],
    indirect=True,
)
def test_a_refusal_is_told_in_the_words_of_the_vendor(stack: Stack, emulator: Emulator) -> None:
    colleague = Orchestrator(emulator)
    taken = colleague.add("Other", conversationsV1Bridge={"serviceId": SERVICE})

    said = stack.up(configuration("support", FULL), fails=True)

    assert "conversationsV1Bridge: another configuration has it already" in said
    assert "HTTP 409" in said
    assert taken in said
    assert colleague.new_writes() == ["POST"]
    assert ids(stack) == {}
    stack.up(configuration("support", {**FULL, "conversations_v1_bridge": None}))
    stack.assert_settled()
