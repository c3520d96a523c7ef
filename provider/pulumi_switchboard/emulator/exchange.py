"""One vendor request over HTTP and the ways to answer it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Send

from pulumi_switchboard.emulator.api import Refused, Reply
from pulumi_switchboard.emulator.connection import Connection
from pulumi_switchboard.emulator.dispatcher import Dispatcher
from pulumi_switchboard.emulator.journal import Journal
from pulumi_switchboard.emulator.operation_plan import OperationPlan
from pulumi_switchboard.emulator.target import Target


@dataclass(frozen=True)
class Exchange:
    """A vendor request, and the means to process and answer it."""

    request: Request
    target: Target
    body: bytes
    connection: Connection
    send: Send
    dispatcher: Dispatcher
    journal: Journal
    number: int
    """The request's number in the journal."""

    def process(self, *, stale: bool = False, plan: OperationPlan | None = None) -> Response:
        """Process the request as `Dispatcher.answer` does, and return the answer without sending it."""
        return _response(self.dispatcher.answer(self.request, self.target, self.body, stale=stale, plan=plan))

    def refusal(self, status: int, message: str) -> Response:
        """Return an error in the vendor's error format."""
        return _response(self.dispatcher.refuse(self.target, Refused(status, message)))

    def headers(self) -> dict[str, str]:
        """Return the headers of every answer of the vendor."""
        return dict(self.dispatcher.headers(self.target))

    async def answer(self, response: Response) -> None:
        """Send an answer."""
        await self.begin_answer(response)
        await self._send_body(bytes(response.body), more=False)

    async def begin_answer(self, response: Response) -> None:
        """Send the status and the headers of an answer."""
        if not self.connection.gone:
            self.journal.close(self.number, response.status_code)
        head = {"status": response.status_code, "headers": response.raw_headers}
        await self.send({"type": "http.response.start", **head})

    async def send_half(self, response: Response, *, is_last: bool) -> None:
        """Send the first or the last half of the body."""
        middle = len(response.body) // 2
        body = bytes(response.body)[middle:] if is_last else bytes(response.body)[:middle]
        await self._send_body(body, more=not is_last)

    async def _send_body(self, body: bytes, *, more: bool) -> None:
        await self.send({"type": "http.response.body", "body": body, "more_body": more})


def _response(reply: Reply) -> Response:
    headers = dict(reply.headers)
    if reply.body is None:
        return Response(status_code=reply.status, headers=headers)
    return JSONResponse(reply.body, reply.status, headers)
