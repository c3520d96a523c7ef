"""The web application: it receives requests, records vendor requests and lets faults act on them."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote, unquote_plus

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from pulumi_switchboard.emulator.api import Api
from pulumi_switchboard.emulator.connection import Connection
from pulumi_switchboard.emulator.control import control_routes
from pulumi_switchboard.emulator.dispatcher import Dispatcher
from pulumi_switchboard.emulator.exchange import Exchange
from pulumi_switchboard.emulator.faults.matching import RequestSummary
from pulumi_switchboard.emulator.faults.registry import FaultRegistry
from pulumi_switchboard.emulator.journal import Journal, JournalEntry
from pulumi_switchboard.emulator.request_body import TooLargeError, read_body
from pulumi_switchboard.emulator.store import Store
from pulumi_switchboard.emulator.target import find_target


def application(
    apis: Sequence[Api],
    dispatcher: Dispatcher,
    store: Store,
    journal: Journal,
    faults: FaultRegistry,
    *,
    guard: Middleware,
) -> Starlette:
    """Return the ASGI application: control requests under `/_emulator`, vendor requests everywhere else.

    `guard` refuses control requests of strangers.
    """
    public_query = frozenset[str]().union(*(api.public_query for api in apis))

    async def vendors(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        target = find_target(request, dispatcher.vendor_of)
        connection = Connection(scope, receive)
        number = journal.open(
            JournalEntry(
                time=store.clock.real(),
                method=request.method,
                host=target.shown_host(),
                path=target.shown_path(public_query),
                status=None,
                idempotency_key=request.headers.get("idempotency-key"),
            )
        )
        exchange = Exchange(request, target, b"", connection, send, dispatcher, journal, number)
        try:
            body = await read_body(request)
        except ClientDisconnect:
            return
        except TooLargeError as error:
            await exchange.answer(exchange.refusal(error.status, str(error)))
            return
        exchange = replace(exchange, body=body)
        text = body.decode(errors="replace")
        texts = (unquote(f"{target.path}?{target.query}"), text, unquote_plus(text))
        summary = RequestSummary(request.method, target.canonical_host, target.segments, texts)
        fault = faults.take(summary)
        if fault is None:
            await exchange.answer(exchange.process())
            return
        await fault.play(exchange)

    control = control_routes(store, journal, faults)
    return Starlette(
        routes=[Mount("/_emulator", routes=control, middleware=[guard]), Mount("/", app=vendors)],
        exception_handlers={TooLargeError: _too_large},
    )


async def _too_large(_request: Request, error: Exception) -> Response:
    return JSONResponse({"message": str(error)}, TooLargeError.status)
