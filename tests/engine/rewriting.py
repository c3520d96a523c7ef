"""A vendor whose answers are not quite those of the emulator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import requests

from tests.http.server import respond, serving

PASSED_ON = ("Operation-Id", "Location", "Retry-After", "Twilio-Request-Id", "Content-Type")


@contextmanager
def rewriting(url: str, rewrite: Callable[[bytes], bytes]) -> Iterator[str]:
    """Run a server that passes requests on to the emulator at this URL, and rewrites the answers' bodies.

    Yields:
        The URL of the server, in place of the emulator's.
    """

    def pass_on(handler: BaseHTTPRequestHandler) -> None:
        headers = {name: value for name, value in handler.headers.items() if name.lower() != "host"}
        answer = requests.request(
            handler.command, url + handler.path, headers=headers, data=server.seen[-1].body, timeout=10
        )
        kept = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
        respond(answer.status_code, rewrite(answer.content), kept)(handler)

    with serving(pass_on) as server:
        yield server.url
