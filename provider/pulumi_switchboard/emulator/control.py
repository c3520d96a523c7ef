"""The control requests, which show and reset what the emulator knows."""

import asyncio
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from pulumi_switchboard.emulator.faults.control import fault_routes
from pulumi_switchboard.emulator.faults.plan import Plan
from pulumi_switchboard.emulator.journal import Journal
from pulumi_switchboard.emulator.store import Store


def control_routes(store: Store, journal: Journal, plan: Plan) -> list[BaseRoute]:
    """Return the routes under `/_emulator`."""

    async def show_state(_request: Request) -> Response:
        return JSONResponse(store.snapshot())

    async def show_journal(_request: Request) -> Response:
        return JSONResponse([asdict(entry) for entry in journal.entries()])

    async def reset(_request: Request) -> Response:
        # It waits for the requests that are held, which need the event loop meanwhile.
        await asyncio.to_thread(plan.clear)
        store.clear()
        journal.clear()
        return Response(status_code=204)

    return [
        Route("/state", show_state, methods=["GET"]),
        Route("/journal", show_journal, methods=["GET"]),
        Route("/reset", reset, methods=["POST"]),
        *fault_routes(plan),
    ]
