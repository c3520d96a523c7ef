"""Many operations at once: us, the stock host, and a script that knows in advance when all is done."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

from pulumi_switchboard.emulator import Emulator

from bench.result import Result, seconds
from bench.stacks import stack
from tests.engine.programs import ALL_AT_ONCE, CONFIGURATIONS, supports
from tests.engine.stack import ACCOUNT, SECRET

MANY = 64
OPERATION_SECONDS = 2.0
BUDGET = 1.25
PATH = f"/{CONFIGURATIONS}"
PROGRAM = supports((f"desk-{number}" for number in range(MANY)), "Customer support")
SLEEPING = f"""
    from pulumi import dynamic

    class Sleeping(dynamic.ResourceProvider):
        def configure(self, req):
            from pulumi_switchboard.dynamic import host
            host.widen()

        def create(self, props):
            import time
            time.sleep({OPERATION_SECONDS})
            return dynamic.CreateResult("id", props)

    class Thing(dynamic.Resource):
        def __init__(self, name):
            super().__init__(Sleeping(), name, {{"display_name": name, "description": "Customer support"}})

    for number in range({MANY}):
        Thing(f"desk-{{number}}")
"""
"""What Pulumi itself allows: resources whose create sleeps, in a host as wide as ours."""


def measure() -> list[Result]:
    """The time of a deployment of 64 configurations, and the requests of one."""
    with Emulator() as emulator, stack("pass", emulator.url) as empty:
        empty.up()
        nothing = seconds(empty.up)
    shortest = OPERATION_SECONDS + nothing
    ours, requests = deployed()
    theirs, _ = deployed(SWITCHBOARD_PLAIN_HOST="1")
    perfect = seconds(scripted)
    with stack(SLEEPING) as sleeping:
        least = seconds(lambda: sleeping.up(None, *ALL_AT_ONCE))
    budget = f"<= {BUDGET} x (2 s + an empty up of {nothing:.2f} s)"
    return [
        Result(
            f"{MANY} configurations, operations of {OPERATION_SECONDS:.0f} s",
            f"{ours:.2f} s",
            f"{shortest:.2f} s: ratio {ours / shortest:.2f}; resources that sleep as long {least:.2f} s; "
            f"stock host {theirs:.1f} s; perfect script without Pulumi {perfect:.2f} s",
            budget,
            ours <= BUDGET * shortest,
        ),
        Result("requests for a create", requests, "", "1 POST + polls + 1 GET", requests.endswith("+ 1 GET")),
    ]


def deployed(**environment: str) -> tuple[float, str]:
    """How long the deployment takes, and the requests of one configuration on average."""
    with (
        Emulator(operation_time=OPERATION_SECONDS) as emulator,
        stack(PROGRAM, emulator.url, **environment) as deployment,
    ):
        took = seconds(lambda: deployment.up(None, *ALL_AT_ONCE))
        asked = [f"{entry.method} {entry.path}" for entry in emulator.journal]
    posts = sum(request.startswith("POST") for request in asked)
    polls = sum("/Operations/" in request for request in asked)
    gets = len(asked) - posts - polls
    assert posts == MANY
    return took, f"{posts / MANY:g} POST + {polls / MANY:.1f} polls + {gets / MANY:g} GET"


def scripted() -> None:
    """What the vendor's API alone allows: all writes at once, one look at the right moment, one read."""
    with Emulator(operation_time=OPERATION_SECONDS) as emulator, ThreadPoolExecutor(MANY) as pool:
        for _ in pool.map(lambda number: _created(emulator.url, number), range(MANY)):
            pass


def _created(url: str, number: int) -> None:
    body = {
        "displayName": f"Desk {number}",
        "description": "Customer support",
        "conversationGroupingType": "GROUP_BY_PROFILE",
        "memoryStoreId": "mem_store_1",
    }
    token = b64encode(f"{ACCOUNT}:{SECRET}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
    connection = HTTPConnection(urlsplit(url).netloc)

    def ask(method: str, path: str, sent: str | None = None) -> dict[str, object]:
        connection.request(method, path, sent, headers)
        shown: dict[str, object] = json.loads(connection.getresponse().read())
        return shown

    accepted = ask("POST", PATH, json.dumps(body))
    time.sleep(OPERATION_SECONDS)
    operation = ask("GET", urlsplit(str(accepted["statusUrl"])).path)
    assert operation["status"] == "COMPLETED"
    related = accepted["related"]
    assert isinstance(related, dict)
    ask("GET", f"{PATH}/{related['configurationId']}")
    connection.close()
