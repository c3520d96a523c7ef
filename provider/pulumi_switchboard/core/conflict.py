"""Writes that another write on the same object is in the way of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_exponential_jitter

from pulumi_switchboard.core.contract import Call
from pulumi_switchboard.errors import CONFLICT, SwitchboardError, VendorError
from pulumi_switchboard.identity import random_key

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 10.0

AnyT = TypeVar("AnyT")


def unless_in_conflict(
    call: Call[Any], submit: Callable[[str], AnyT], again: Callable[[str], AnyT] | None = None
) -> AnyT:
    """What the vendor answers to a write; while another one is in its way, the write waits.

    The vendor may repeat a refusal to a key that it knows, so there is a new key after each, unless an
    attempt with the old one may have had its effect.

    Args:
        call: The call in which there is waiting.
        submit: Sends the write, with a key.
        again: The same for a further attempt.
    """
    conflicts: list[VendorError] = []
    key = random_key()

    def attempt() -> AnyT:
        nonlocal key
        try:
            return (again or submit)(key) if conflicts else submit(key)
        except VendorError as error:
            if error.refusal.status == CONFLICT:
                conflicts.append(error)
                key = key if error.refusal.is_repeat else random_key()
            raise

    def announce(_: RetryCallState) -> None:
        call.progress(f"another write is in the way, trying again: {conflicts[-1].summary}")

    submitting = Retrying(
        retry=retry_if_exception(lambda error: bool(conflicts) and error is conflicts[-1]),
        wait=wait_exponential_jitter(initial=FIRST_PAUSE, max=LONGEST_PAUSE),
        before_sleep=announce,
        sleep=call.deadline.pause,
    )
    try:
        return submitting(attempt)
    except SwitchboardError as end:
        if conflicts and end is not conflicts[-1]:
            for fact in (conflicts[-1].summary, *conflicts[-1].facts):
                end.add(fact)
        raise
