"""Which cases of a mechanism a type meets: all if it stands for the mechanism, else one of each kind."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from tests.samples import every
from tests.samples.sample import Sample

STANDING_FOR_A_MECHANISM = (
    "twilio/voice:ClientConfiguration",
    "twilio/orchestrator:Configuration",
    "ultravox:TwilioTelephony",
)
"""One type with plain requests, one with operations, and an account setting."""

Case = TypeVar("Case")


def share(
    sample: Sample, cases: Iterable[Case], kind: Callable[[Case], Hashable], *where: object
) -> list[Case]:
    """The cases that the type meets; chance, which begins at SEED, chooses among those of a kind.

    Args:
        sample: The type.
        cases: All cases of the mechanism.
        kind: What a case has in common with those that can stand for it.
        where: What tells this choice from others of the same type.
    """
    found = list(cases)
    if _STANDS_FOR.get(_mechanism(sample), sample.type) == sample.type:
        return found
    random.Random(f"{os.environ['SEED']} {sample.type} {where}").shuffle(found)  # noqa: S311 - not for a secret
    return list({kind(case): case for case in found}.values())


def _mechanism(sample: Sample) -> tuple[bool, bool]:
    return sample.setting is not None, sample.is_long_running


_BY_TYPE = {sample.type: sample for sample in every()}
_STANDS_FOR = {_mechanism(_BY_TYPE[key]): key for key in STANDING_FOR_A_MECHANISM}
