"""The control requests under `/_emulator`: state, journal, reset, clock and faults."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from pulumi_switchboard.emulator.faults.registry import Fault, FaultRegistry
from pulumi_switchboard.emulator.journal import Journal
from pulumi_switchboard.emulator.request_body import parse_json, read_body
from pulumi_switchboard.emulator.store import Store


def control_routes(store: Store, journal: Journal, faults: FaultRegistry) -> list[BaseRoute]:
    """Return the routes of all control requests."""

    async def show_state(_request: Request) -> Response:
        return JSONResponse(store.snapshot())

    async def show_journal(_request: Request) -> Response:
        copy = journal.copy()
        entries = [asdict(entry) for entry in copy.entries]
        return JSONResponse(entries, headers={"Journal-Dropped": str(copy.dropped)})

    async def reset(_request: Request) -> Response:
        # In a thread, as it waits for held requests, which need the event loop.
        await asyncio.to_thread(faults.clear)
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
        *_fault_routes(faults),
    ]


def _seconds(body: bytes) -> float:
    try:
        value = parse_json(body)
    except ValueError:
        value = None
    if not isinstance(value, dict) or set(value) != {"advance"}:
        raise ValueError('body: must be JSON such as {"advance": 60}')
    seconds = value["advance"]
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise ValueError("advance: must be a number of seconds")  # noqa: TRY004 - a mistake in the request
    return seconds


def _fault_routes(faults: FaultRegistry) -> list[BaseRoute]:
    async def show_all(_request: Request) -> Response:
        return JSONResponse([fault.as_json() for fault in faults.all()])

    async def inject(request: Request) -> Response:
        # Imported here, as pydantic would delay the start of the emulator.
        from pulumi_switchboard.emulator.faults.parsing import parse_request  # noqa: PLC0415

        try:
            sent = parse_request(await read_body(request))
            fault = faults.inject(sent.at, sent.do, nth=sent.nth, times=sent.times, where=sent.where)
        except ValueError as error:
            return JSONResponse({"message": str(error)}, 400)
        return JSONResponse(fault.as_json(), 201)

    async def show(fault: Fault) -> Response:
        return JSONResponse(fault.as_json())

    # In threads, as both wait for the requests that the fault holds, which need the event loop.
    async def release(fault: Fault) -> Response:
        await asyncio.to_thread(fault.release)
        return Response(status_code=204)

    async def remove(fault: Fault) -> Response:
        await asyncio.to_thread(faults.remove, fault)
        return Response(status_code=204)

    def of_one(work: Callable[[Fault], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            identifier = request.path_params["id"]
            fault = faults.find(identifier)
            if fault is None:
                message = f"There is no fault '{identifier}'; GET /_emulator/faults lists all faults"
                return JSONResponse({"message": message}, 404)
            return await work(fault)

        return answer

    return [
        Route("/faults", show_all, methods=["GET"]),
        Route("/faults", inject, methods=["POST"]),
        Route("/faults/{id}", of_one(show), methods=["GET"]),
        Route("/faults/{id}", of_one(remove), methods=["DELETE"]),
        Route("/faults/{id}/release", of_one(release), methods=["POST"]),
    ]
