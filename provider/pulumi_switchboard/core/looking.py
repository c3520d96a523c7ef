"""A few looks at a vendor, which may not show at once what it has done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_result, wait_exponential

from pulumi_switchboard.core.contract import Call

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 3.0
PATIENCE_SECONDS = 15.0
"""How long after its operation is over the vendor may not show yet what it has done."""
LAST_LOOK_SECONDS = 5.0
"""The time to see what became of a write, even where the time of the call is over."""

AnyT = TypeVar("AnyT")


def looked(call: Call[Any], look: Callable[[], AnyT], is_it: Callable[[AnyT], bool], patience: float) -> AnyT:
    """What a look finds, repeated until that is what is waited for; the last one counts.

    Args:
        call: The call in which there is waiting.
        look: One look.
        is_it: Whether that is what is waited for.
        patience: After how many seconds no further look begins.
    """
    ends = call.deadline.now() + patience

    def last(state: RetryCallState) -> Any:
        return state.outcome.result() if state.outcome else None

    looks = Retrying(
        retry=retry_if_result(lambda found: not is_it(found)),
        stop=lambda _: call.deadline.now() >= ends,
        wait=wait_exponential(multiplier=FIRST_PAUSE, max=LONGEST_PAUSE),
        before_sleep=lambda _: call.progress("waiting for the vendor to show what it has done"),
        sleep=call.deadline.pause,
        retry_error_callback=last,
    )
    return looks(look)
