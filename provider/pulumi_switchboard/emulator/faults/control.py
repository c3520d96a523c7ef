"""Faults over the control API."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from pulumi_switchboard.emulator.faults.fault import Fault
from pulumi_switchboard.emulator.faults.plan import Plan
from pulumi_switchboard.emulator.request_body import read_body


def fault_routes(plan: Plan) -> list[BaseRoute]:
    """Return the routes under `/_emulator` that show and change the faults."""

    async def show_all(_request: Request) -> Response:
        return JSONResponse([fault.as_json() for fault in plan.faults()])

    async def inject(request: Request) -> Response:
        # Imported here so that an emulator without such a request starts fast.
        from pulumi_switchboard.emulator.faults.parsing import parse_request  # noqa: PLC0415

        try:
            wanted = parse_request(await read_body(request))
            fault = plan.inject(wanted.at, wanted.do, nth=wanted.nth, times=wanted.times, where=wanted.where)
        except ValueError as error:
            return JSONResponse({"message": str(error)}, 400)
        return JSONResponse(fault.as_json(), 201)

    async def show(fault: Fault) -> Response:
        return JSONResponse(fault.as_json())

    # Both wait for the requests that the fault holds, which need the event loop meanwhile.
    async def release(fault: Fault) -> Response:
        await asyncio.to_thread(fault.release)
        return Response(status_code=204)

    async def remove(fault: Fault) -> Response:
        await asyncio.to_thread(plan.remove, fault)
        return Response(status_code=204)

    def of_one(work: Callable[[Fault], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            identifier = request.path_params["id"]
            fault = plan.find(identifier)
            if fault is None:
                message = f"There is no fault '{identifier}'; GET /_emulator/faults lists those there are"
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
