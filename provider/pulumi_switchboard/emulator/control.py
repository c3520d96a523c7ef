"""The control requests, which show and reset what the emulator knows."""

import asyncio
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from pulumi_switchboard.emulator.faults.control import fault_routes
from pulumi_switchboard.emulator.faults.plan import Plan
from pulumi_switchboard.emulator.journal import Journal
from pulumi_switchboard.emulator.json_body import parse_json
from pulumi_switchboard.emulator.request_body import read_body
from pulumi_switchboard.emulator.store import Store


def control_routes(store: Store, journal: Journal, plan: Plan) -> list[BaseRoute]:
    """Return the routes under `/_emulator`."""

    async def show_state(_request: Request) -> Response:
        return JSONResponse(store.snapshot())

    async def show_journal(_request: Request) -> Response:
        record = journal.record()
        entries = [asdict(entry) for entry in record.entries]
        return JSONResponse(entries, headers={"Journal-Dropped": str(record.dropped)})

    async def reset(_request: Request) -> Response:
        # It waits for the requests that are held, which need the event loop meanwhile.
        await asyncio.to_thread(plan.clear)
        store.clear()
        journal.clear()
        store.clock.reset()
        return Response(status_code=204)

    async def advance(request: Request) -> Response:
        try:
            store.clock.advance(_seconds(await read_body(request)))
        except ValueError as error:
            return JSONResponse({"message": str(error)}, 400)
        return JSONResponse({"time": store.clock.now()})

    return [
        Route("/state", show_state, methods=["GET"]),
        Route("/journal", show_journal, methods=["GET"]),
        Route("/reset", reset, methods=["POST"]),
        Route("/clock", advance, methods=["POST"]),
        *fault_routes(plan),
    ]


def _seconds(body: bytes) -> float:
    try:
        wanted = parse_json(body)
    except ValueError:
        wanted = None
    if not isinstance(wanted, dict) or set(wanted) != {"advance"}:
        raise ValueError('body: must be JSON such as {"advance": 60}')
    seconds = wanted["advance"]
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise ValueError("advance: must be a number of seconds")  # noqa: TRY004 - of the request, not of Python
    return seconds
