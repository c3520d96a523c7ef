"""A vendor that takes few requests a second gets few requests a second, and all of them succeed."""

from __future__ import annotations

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import RateLimit

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

MANY = 50
NEEDED = 2 * MANY
"""Each create looks by name, and makes."""
MOST = 2 * NEEDED
"""On a machine that is busy itself; on a quiet one `tests/http/test_throttle.py` knows the bound."""


@pytest.mark.parametrize("retry_after", [None, 1])
def test_a_storm_of_refusals_is_weathered_with_few_requests(
    stack: Stack, emulator: Emulator, vendor: Vendor, retry_after: int | None
) -> None:
    limit = emulator.inject("*", RateLimit(5, burst=5, retry_after=retry_after))

    stack.up(
        f"""
        for number in range({MANY}):
            twilio.voice.ClientConfiguration(
                f"desk-{{number}}", call_notification={{"url": f"https://example.com/{{number}}"}}
            )
        """,
        "--parallel",
        "64",
    )

    assert limit.fired > 0
    limit.remove()
    asked = len(vendor.new_requests())
    assert NEEDED <= asked <= MOST
    assert stack.ids() == set(vendor.clients())
    assert len(stack.ids()) == MANY
    stack.assert_settled()
