"""Faults that answer something else than the vendor would."""

import json as json_text
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from starlette.responses import JSONResponse, Response

from pulumi_switchboard.emulator.exchange import Exchange
from pulumi_switchboard.emulator.faults.action import Action, require
from pulumi_switchboard.emulator.faults.stage import Stage

_STATUSES = range(200, 600)
_WITHOUT_BODY = {204, 205, 304}
_ERRORS_FROM = 400
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"(?:[!-~]+(?:[ \t]+[!-~]+)*)?")
_FRAMING = {"content-length", "transfer-encoding"}


class Absent(Enum):
    """Stands for a JSON value that is not given, as None stands for null."""

    ABSENT = "absent"


@dataclass(frozen=True)
class Answer(Action):
    """Answers with this. Without `json` and `text`, an error has the vendor's shape, and no other a body."""

    status: int
    """The HTTP status, 200 to 599."""

    json: Any = Absent.ABSENT
    """The body as any JSON value, null and those of the wrong type included."""

    text: str | None = None
    """The body as it is, for example a proxy's page; such an answer has none of the vendor's headers."""

    content_type: str | None = None
    """The content type, if not `application/json` or, with `text`, `text/html`."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers, which replace those of the same name."""

    retry_after: int | float | str | None = None
    """The header `Retry-After`, in seconds or as any text; None for none."""

    after: bool = False
    """Whether the request is processed before; if not, it never is."""

    kind: Literal["answer"] = field(default="answer", kw_only=True, repr=False)
    """Its name in JSON."""

    def __post_init__(self) -> None:
        require(self.status in _STATUSES, "status: must be from 200 to 599")
        require(self.json is Absent.ABSENT or self.text is None, "json, text: only one can be the body")
        bodiless = self.json is Absent.ABSENT and not self.text
        require(
            bodiless or self.status not in _WITHOUT_BODY,
            f"status: {self.status} has no body; leave out json and text",
        )
        _check_body(self.json, self.text)
        for name, value in self._given_headers().items():
            require(name.lower() not in _FRAMING, f"headers: {name} follows from the body; leave it out")
            require(bool(_HEADER_NAME.fullmatch(name)), f"headers: {name!r} is not a name; use letters and -")
            require(bool(_HEADER_VALUE.fullmatch(value)), f"headers: {name} must be printable ASCII")

    async def play(self, stage: Stage) -> None:
        """Send the answer."""
        if self.after:
            stage.exchange.process()
        stage.fire()
        await stage.exchange.answer(self._response(stage.exchange))

    def _response(self, exchange: Exchange) -> Response:
        response: Response
        if self.text is not None:
            response = Response(self.text, self.status, media_type="text/html")
        elif self.json is not Absent.ABSENT:
            response = JSONResponse(self.json, self.status, exchange.headers())
        elif self.status >= _ERRORS_FROM:
            response = exchange.refusal(self.status, f"The emulator was told to answer {self.status} here")
        else:
            response = Response(None, self.status, exchange.headers())
        for name, value in self._given_headers().items():
            response.headers[name] = value
        return response

    def _given_headers(self) -> dict[str, str]:
        headers = {} if self.content_type is None else {"Content-Type": self.content_type}
        headers.update(self.headers)
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return headers


@dataclass(frozen=True)
class Stale(Action):
    """Answers a GET from the account's objects as they were before its last write that was a success.

    An account without such a write is shown as it is.
    """

    method = "GET"

    kind: Literal["stale"] = field(default="stale", kw_only=True, repr=False)
    """Its name in JSON."""

    async def play(self, stage: Stage) -> None:
        """Answer from the past."""
        response = stage.exchange.process(stale=True)
        stage.fire()
        await stage.exchange.answer(response)


def _check_body(json: object, text: str | None) -> None:
    try:
        if json is not Absent.ABSENT:
            json_text.dumps(json, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        raise ValueError("json: must be a JSON value, without NaN and half characters") from None
    try:
        (text or "").encode()
    except UnicodeEncodeError:
        raise ValueError("text: must be Unicode, without half characters") from None
