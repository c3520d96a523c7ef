"""Which cases of a mechanism a type meets."""

from __future__ import annotations

import pytest

from tests.conformance.share import STANDING_FOR_A_MECHANISM, share
from tests.samples import every

CASES = ("401", "403", "reset", "late")


def kind(case: str) -> bool:
    return case.isdigit()


def chosen(type: str, *where: object) -> list[str]:
    return share(next(sample for sample in every() if sample.type == type), CASES, kind, *where)


@pytest.mark.parametrize("type", STANDING_FOR_A_MECHANISM)
def test_a_type_that_stands_for_its_mechanism_meets_every_case(type: str) -> None:
    assert chosen(type) == [*CASES]


def test_another_type_meets_one_case_of_each_kind_which_the_seed_and_the_place_choose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def with_seed(seed: int, place: int) -> list[str]:
        monkeypatch.setenv("SEED", str(seed))
        return chosen("twilio/conversations:WebhookConfiguration", place)

    for place in range(5):
        assert sorted(map(kind, with_seed(1, place))) == [False, True]
        assert with_seed(1, place) == with_seed(1, place)
    assert {case for place in range(20) for case in with_seed(1, place)} == {*CASES}
    assert {case for seed in range(20) for case in with_seed(seed, 1)} == {*CASES}
