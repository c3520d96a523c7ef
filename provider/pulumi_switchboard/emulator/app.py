"""The web application: it receives requests, records vendor requests and lets faults act on them.

It tells control requests from vendor requests itself, as a router matches no path with a line break in it.
"""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote, unquote_plus

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from pulumi_switchboard.emulator.connection import Connection
from pulumi_switchboard.emulator.control import PREFIX, control_application
from pulumi_switchboard.emulator.dispatcher import Dispatcher
from pulumi_switchboard.emulator.exchange import Exchange
from pulumi_switchboard.emulator.faults.matching import RequestSummary
from pulumi_switchboard.emulator.faults.registry import FaultRegistry
from pulumi_switchboard.emulator.guard import Guard
from pulumi_switchboard.emulator.journal import Journal, JournalEntry
from pulumi_switchboard.emulator.request_body import TooLargeError, read_body
from pulumi_switchboard.emulator.request_log import WriteLine, logged
from pulumi_switchboard.emulator.target import Target, cut, find_target


def application(
    dispatcher: Dispatcher,
    journal: Journal,
    faults: FaultRegistry,
    *,
    guard: Callable[[ASGIApp], Guard],
    public_url: str | None,
    log: WriteLine | None,
) -> ASGIApp:
    """Return the ASGI application: control requests under `/_emulator`, vendor requests everywhere else.

    `guard` refuses control requests that the emulator's user has not sent, and `log` gets a line for each
    request.
    """
    public_query = frozenset[str]().union(*(api.public_query for api in dispatcher.apis))
    control = control_application(dispatcher.store, journal, faults, guard)

    def find(scope: Scope) -> Target:
        return find_target(Request(scope), dispatcher.vendor_of, public_url)

    def shown(scope: Scope) -> str:
        method = cut(scope["method"])
        if _is_control(scope):
            return f"{method} {cut(scope['raw_path'].decode('ascii'))}"
        target = find(scope)
        return f"{method} {target.shown_host()}{target.shown_path(public_query)}"

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        await (control if _is_control(scope) else vendors)(scope, receive, send)

    async def vendors(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        target = find(scope)
        connection = Connection(scope, receive)
        key = request.headers.get("idempotency-key")
        number = journal.open(
            JournalEntry(
                time=dispatcher.store.clock.real(),
                method=cut(request.method),
                host=target.shown_host(),
                path=target.shown_path(public_query),
                status=None,
                idempotency_key=None if key is None else cut(key),
            )
        )
        # Without its body, a request that is too large can still be answered.
        exchange = Exchange(request, target, b"", connection, send, dispatcher, journal, number)
        try:
            body = await read_body(request)
        except ClientDisconnect:
            return
        except TooLargeError as error:
            await exchange.answer(exchange.refusal(error.status, str(error)))
            return
        exchange = replace(exchange, body=body)
        if fault := faults.take(_summary(request.method, target, body)):
            await fault.play(exchange)
        else:
            await exchange.answer(exchange.process())

    return logged(either, shown, log)


def _summary(method: str, target: Target, body: bytes) -> RequestSummary:
    text = body.decode(errors="replace")
    texts = (unquote(f"{target.path}?{target.query}"), text, unquote_plus(text))
    return RequestSummary(method, target.canonical_host, target.segments, texts)


def _is_control(scope: Scope) -> bool:
    return f"{scope['path']}/".startswith(f"{PREFIX}/")
