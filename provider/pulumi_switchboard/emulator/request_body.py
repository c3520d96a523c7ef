"""Reading the body of a request, up to a limit."""

from starlette.requests import Request

LARGEST = 1 << 20
"""How many bytes a body can have: 1 MiB."""


class TooLargeError(Exception):
    """The body of a request has more bytes than it can have."""

    status = 413
    """The HTTP status of the answer."""

    def __init__(self) -> None:
        super().__init__(f"The request body is larger than {LARGEST} bytes, the most that the emulator takes")


async def read_body(request: Request) -> bytes:
    """Return the whole body. No more of it than the limit is ever held in memory.

    Raises:
        TooLargeError: It is larger than the limit; the rest of it is not read.
        ClientDisconnect: The client has gone before its end.
    """
    if int(request.headers.get("content-length", "0")) > LARGEST:
        raise TooLargeError
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise TooLargeError
    return bytes(body)
