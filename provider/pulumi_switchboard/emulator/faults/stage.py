"""What a fault can do with the request that it hits."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from pulumi_switchboard.emulator.exchange import Exchange
from pulumi_switchboard.emulator.faults.gate import Gate


@dataclass(frozen=True)
class Stage:
    """One request that a fault acts on."""

    exchange: Exchange
    """The request, and the ways to answer it."""

    gate: Gate
    """Opens when the fault is released."""

    fire: Callable[[], None]
    """Tells that the fault acts now; each action calls it once."""

    skip: Callable[[], None]
    """Tells that the fault leaves this request alone; it acts on a later one instead."""

    async def pause(self, seconds: float | None) -> None:
        """Wait for this time or for the release, whichever comes first; None waits for the release alone."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.gate.wait(), seconds)

    async def hold(self) -> None:
        """Wait for the release or until the client has gone, whichever comes first."""
        waits = [
            asyncio.ensure_future(self.gate.wait()),
            asyncio.ensure_future(self.exchange.connection.until_gone()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
