"""The soak notices an account setting that is not what the program or `on_destroy` says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.soak.program import Item, Kind, Place, Program
from tests.soak.settings import Setting
from tests.soak.shown import setting
from tests.soak.step import Step

NOTHING = setting(Kind.WEBHOOKS, None) | dict.fromkeys(
    ("filters", "method", "pre_webhook_url", "post_webhook_url")
)
THEIRS = NOTHING | {"method": "GET", "pre_webhook_url": "https://theirs.example.com"}
OURS = THEIRS | {"method": "POST"}


def program(**arguments: Any) -> Program:
    """A program with webhooks that have these arguments."""
    return Program((Item(Kind.WEBHOOKS, 1, Place("alpha"), arguments),))


def taken_over(*, is_clean: bool = True) -> tuple[Setting, Program]:
    """Webhooks of others, after a resource has set their method."""
    webhooks, ours = Setting(Kind.WEBHOOKS, THEIRS), program(method="POST")
    webhooks.check(Step(Program(), ours), THEIRS, OURS, {}, is_clean=is_clean)
    return webhooks, ours


@pytest.mark.parametrize("live", [THEIRS, OURS | {"pre_webhook_url": None}])
def test_values_that_the_program_does_not_say_are_noticed(live: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="webhooks_1 has"):
        Setting(Kind.WEBHOOKS, THEIRS).check(
            Step(Program(), program(method="POST")), THEIRS, live, {}, is_clean=True
        )


def test_an_argument_that_is_no_longer_given_has_to_be_cleared() -> None:
    webhooks, ours = taken_over()
    step = Step(ours, program(target="webhook"))

    webhooks.check(step, OURS, OURS | {"method": None}, {}, is_clean=True)
    with pytest.raises(AssertionError, match="has method='POST'"):
        webhooks.check(step, OURS, OURS, {}, is_clean=True)


@pytest.mark.parametrize(
    ("policy", "right", "wrong"),
    [("restore", THEIRS, OURS), ("reset", NOTHING, THEIRS), ("retain", OURS, THEIRS)],
)
def test_what_is_given_back_has_to_be_what_the_policy_says(
    policy: str, right: dict[str, Any], wrong: dict[str, Any]
) -> None:
    webhooks, _ = taken_over()
    step = Step(program(method="POST", on_destroy=policy), Program())

    webhooks.check(step, OURS, right, {}, is_clean=True)
    with pytest.raises(AssertionError, match="webhooks_1 has left"):
        webhooks.check(step, OURS, wrong, {}, is_clean=True)


def test_what_was_there_before_a_disturbed_take_over_may_be_unknown() -> None:
    webhooks, ours = taken_over(is_clean=False)
    step = Step(ours, Program())

    webhooks.check(step, OURS, OURS, {}, is_clean=True)
    webhooks.check(step, OURS, THEIRS, {}, is_clean=True)
    with pytest.raises(AssertionError, match="webhooks_1 has left"):
        webhooks.check(step, OURS, NOTHING, {}, is_clean=True)
