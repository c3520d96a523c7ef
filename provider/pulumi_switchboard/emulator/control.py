"""The control requests under `/_emulator`: health, state, journal, reset, clock and faults."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version as version_of

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from pulumi_switchboard.emulator.faults.registry import FaultRegistry
from pulumi_switchboard.emulator.guard import Guard
from pulumi_switchboard.emulator.journal import Journal
from pulumi_switchboard.emulator.request_body import TooLargeError, parse_json, read_body
from pulumi_switchboard.emulator.store import Store

PREFIX = "/_emulator"
"""With which the path of a control request begins."""


def control_application(
    store: Store, journal: Journal, faults: FaultRegistry, guard: Callable[[ASGIApp], Guard]
) -> ASGIApp:
    """Return what answers the control requests. The guard lets everybody ask for the health."""
    started = time.monotonic()

    async def show_health(_request: Request) -> Response:
        uptime = round(time.monotonic() - started, 3)
        return JSONResponse({"version": version_of("pulumi-switchboard"), "uptime": uptime})

    others = Starlette(
        routes=_control_routes(store, journal, faults),
        exception_handlers={TooLargeError: _too_large, ClientDisconnect: _gone},
    )
    health = Route("/health", show_health, methods=["GET"])
    return Starlette(routes=[Mount(PREFIX, routes=[health, Mount("/", app=guard(others))])])


async def _too_large(_request: Request, error: Exception) -> Response:
    return JSONResponse({"message": str(error)}, TooLargeError.status)


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)  # nobody reads it


def _control_routes(store: Store, journal: Journal, faults: FaultRegistry) -> list[BaseRoute]:

    async def show_state(_request: Request) -> Response:
        return JSONResponse(store.snapshot())

    async def show_journal(_request: Request) -> Response:
        entries, dropped = journal.copy()
        shown = [asdict(entry) for entry in entries]
        return JSONResponse(shown, headers={"Journal-Dropped": str(dropped)})

    async def reset(_request: Request) -> Response:
        # In a thread, as it waits for held requests, which need the event loop.
        await asyncio.to_thread(faults.clear)
        store.reset()
        journal.clear()
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
        *_fault_routes(faults),
    ]


def _seconds(body: bytes) -> float:
    try:
        value = parse_json(body)
    except ValueError:
        value = None
    if not isinstance(value, dict) or set(value) != {"advance"}:
        raise ValueError('body: must be JSON such as {"advance": 60}')
    if type(value["advance"]) not in {int, float}:
        raise ValueError("advance: must be a number of seconds")
    seconds: float = value["advance"]
    return seconds


def _fault_routes(faults: FaultRegistry) -> list[BaseRoute]:
    async def show_all(_request: Request) -> Response:
        return JSONResponse([fault.as_json() for fault in faults.all()])

    async def inject(request: Request) -> Response:
        # Imported here, as pydantic would delay the start of the emulator.
        from pulumi_switchboard.emulator.faults.parsing import parse_fault  # noqa: PLC0415

        try:
            injected = faults.inject(parse_fault(await read_body(request)))
        except ValueError as error:
            return JSONResponse({"message": str(error)}, 400)
        return JSONResponse(injected.as_json(), 201)

    async def work_on_one(request: Request) -> Response:
        identifier = request.path_params["id"]
        fault = next((each for each in faults.all() if each.id == identifier), None)
        if fault is None:
            message = f"There is no fault '{identifier}'; GET /_emulator/faults lists all faults"
            return JSONResponse({"message": message}, 404)
        # In threads, as both wait for the requests that the fault holds, which need the event loop.
        if request.method == "POST":
            await asyncio.to_thread(fault.release)
        elif request.method == "DELETE":
            await asyncio.to_thread(fault.remove, may_be_idle=True)
        else:
            return JSONResponse(fault.as_json())
        return Response(status_code=204)

    return [
        Route("/faults", show_all, methods=["GET"]),
        Route("/faults", inject, methods=["POST"]),
        Route("/faults/{id}", work_on_one, methods=["GET", "DELETE"]),
        Route("/faults/{id}/release", work_on_one, methods=["POST"]),
    ]
