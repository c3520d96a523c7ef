"""The web application: it takes vendor requests and writes them down, and shows what the emulator knows."""

import time
from collections.abc import Sequence
from dataclasses import asdict

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from pulumi_switchboard.emulator.api import Api
from pulumi_switchboard.emulator.dispatcher import Dispatcher
from pulumi_switchboard.emulator.journal import Journal, JournalEntry
from pulumi_switchboard.emulator.store import Store
from pulumi_switchboard.emulator.target import find_target


def application(apis: Sequence[Api], dispatcher: Dispatcher, store: Store, journal: Journal) -> Starlette:
    """Return the ASGI application: control requests under `/_emulator`, vendor requests everywhere else."""
    public_query = frozenset[str]().union(*(api.public_query for api in apis))

    async def show_state(_request: Request) -> Response:
        return JSONResponse(store.snapshot())

    async def show_journal(_request: Request) -> Response:
        return JSONResponse([asdict(entry) for entry in journal.entries()])

    async def reset(_request: Request) -> Response:
        store.clear()
        journal.clear()
        return Response(status_code=204)

    async def vendors(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        target = find_target(request, dispatcher.is_vendor_host)
        number = journal.open(
            JournalEntry(
                time=time.time(),
                method=request.method,
                host=target.shown_host(),
                path=target.shown_path(public_query),
                status=None,
                idempotency_key=request.headers.get("idempotency-key"),
            )
        )
        try:
            body = await request.body()
        except ClientDisconnect:
            return
        reply = dispatcher.answer(request.method, target, request.query_params, request.headers, body)
        journal.close(number, reply.status)
        headers = dict(reply.headers)
        if reply.body is None:
            response = Response(status_code=reply.status, headers=headers)
        else:
            response = JSONResponse(reply.body, reply.status, headers)
        await response(scope, receive, send)

    control = [
        Route("/state", show_state, methods=["GET"]),
        Route("/journal", show_journal, methods=["GET"]),
        Route("/reset", reset, methods=["POST"]),
    ]
    return Starlette(routes=[Mount("/_emulator", routes=control), Mount("/", app=vendors)])
