"""One vendor request and the ways to answer it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Send

from pulumi_switchboard.emulator.api import Refused, Reply
from pulumi_switchboard.emulator.connection import Connection
from pulumi_switchboard.emulator.dispatcher import Dispatcher
from pulumi_switchboard.emulator.fate import Fate
from pulumi_switchboard.emulator.journal import Journal
from pulumi_switchboard.emulator.target import Target


@dataclass(frozen=True)
class Exchange:
    """A vendor request that has arrived, and the means to process and to answer it."""

    request: Request
    target: Target
    body: bytes
    connection: Connection
    send: Send
    dispatcher: Dispatcher
    journal: Journal
    number: int
    """The request's number in the journal."""

    def process(self, *, stale: bool = False, fate: Fate | None = None) -> Response:
        """Do what the request asks for, and return the answer.

        Args:
            stale: Whether to read the account as it was before its last write.
            fate: What becomes of the operation that the request starts.
        """
        request = self.request
        return _response(
            self.dispatcher.answer(
                request.method,
                self.target,
                request.query_params,
                request.headers,
                self.body,
                stale=stale,
                fate=fate,
            )
        )

    def refusal(self, status: int, message: str) -> Response:
        """Return an error in the vendor's shape."""
        return _response(self.dispatcher.refuse(self.target, Refused(status, message)))

    def headers(self) -> dict[str, str]:
        """Return the headers that every answer of the vendor has."""
        return dict(self.dispatcher.headers(self.target))

    async def answer(self, response: Response) -> None:
        """Send an answer."""
        await self.begin_answer(response)
        await self._send_body(bytes(response.body), more=False)

    async def begin_answer(self, response: Response) -> None:
        """Send only the head of an answer."""
        if not self.connection.gone:
            self.journal.close(self.number, response.status_code)
        await self.send(
            {
                "type": "http.response.start",
                "status": response.status_code,
                "headers": response.raw_headers,
            }
        )

    async def send_first_half(self, response: Response) -> None:
        """Send the first half of the body, after the head."""
        await self._send_body(_halves(response)[0], more=True)

    async def send_second_half(self, response: Response) -> None:
        """Send the rest of the body, after its first half."""
        await self._send_body(_halves(response)[1], more=False)

    async def _send_body(self, body: bytes, *, more: bool) -> None:
        await self.send({"type": "http.response.body", "body": body, "more_body": more})


def _response(reply: Reply) -> Response:
    headers = dict(reply.headers)
    if reply.body is None:
        return Response(status_code=reply.status, headers=headers)
    return JSONResponse(reply.body, reply.status, headers)


def _halves(response: Response) -> tuple[bytes, bytes]:
    body = bytes(response.body)
    middle = len(body) // 2
    return body[:middle], body[middle:]
