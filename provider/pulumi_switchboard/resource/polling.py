"""Repeated requests: until the vendor shows something, or until no other write is in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    retry_if_result,
    wait_exponential,
    wait_exponential_jitter,
)

from pulumi_switchboard.errors import CONFLICT, SwitchboardError, VendorError
from pulumi_switchboard.identity import random_key
from pulumi_switchboard.resource.context import ResourceContext

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 3.0
FIRST_CONFLICT_PAUSE = 1.0
LONGEST_CONFLICT_PAUSE = 10.0
VISIBLE_SECONDS = 15.0
"""How long after the end of an operation the vendor may not show its effect yet."""
SETTLING_SECONDS = 1.4
"""How long an object is read again in the hope that the vendor shows what was sent."""
LAST_LOOK_SECONDS = 5.0
"""The time to see what became of a write, even after the deadline."""

ResultT = TypeVar("ResultT")


def poll_until(
    context: ResourceContext, look: Callable[[], ResultT], is_done: Callable[[ResultT], bool], seconds: float
) -> ResultT:
    """Look again and again until `is_done`, and return the last result.

    Args:
        context: The resource, whose deadline ends the wait.
        look: Asks the vendor once.
        is_done: Whether a result is the one to wait for.
        seconds: The time after which no new look begins.
    """
    ends = context.deadline.now() + seconds

    def last_result(state: RetryCallState) -> ResultT:
        result: ResultT = state.outcome.result()  # type: ignore[union-attr] # there was an attempt
        return result

    polling = Retrying(
        retry=retry_if_result(lambda result: not is_done(result)),
        stop=lambda _: context.deadline.now() >= ends,
        wait=wait_exponential(multiplier=FIRST_PAUSE, max=LONGEST_PAUSE),
        before_sleep=lambda _: context.progress("waiting for the vendor to show what it has done"),
        sleep=context.deadline.pause,
        retry_error_callback=last_result,
    )
    return polling(look)


def retry_on_conflict(
    context: ResourceContext,
    submit: Callable[[str], ResultT],
    submit_again: Callable[[str], ResultT] | None = None,
) -> ResultT:
    """Send a write, and send it again as long as another write on the same object is in the way (409).

    A vendor may repeat its refusal for a key that it knows. So each attempt gets a new key, unless an attempt
    with the old key may have had its effect.

    Args:
        context: The resource, whose deadline ends the wait.
        submit: Sends the write with a key.
        submit_again: Sends it in further attempts, if these differ.
    """
    conflicts: list[VendorError] = []
    key = random_key()

    def attempt() -> ResultT:
        nonlocal key
        try:
            return (submit_again or submit)(key) if conflicts else submit(key)
        except VendorError as error:
            if error.refusal.status == CONFLICT:
                conflicts.append(error)
                key = key if error.refusal.is_repeat else random_key()
            raise

    def announce(_: RetryCallState) -> None:
        context.progress(f"another write is in the way, trying again: {conflicts[-1].summary}")

    submitting = Retrying(
        retry=retry_if_exception(lambda error: bool(conflicts) and error is conflicts[-1]),
        wait=wait_exponential_jitter(initial=FIRST_CONFLICT_PAUSE, max=LONGEST_CONFLICT_PAUSE),
        before_sleep=announce,
        sleep=context.deadline.pause,
    )
    try:
        return submitting(attempt)
    except SwitchboardError as error:
        if not conflicts or error is conflicts[-1]:
            raise
        raise error.with_facts(conflicts[-1].summary, *conflicts[-1].facts) from error
