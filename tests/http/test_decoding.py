"""Numbers in JSON: those that the engine can't hold are kept as they are, and sent back so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_switchboard.core.values import tidy
from pulumi_switchboard.http.decoding import LARGEST, decoded
from pulumi_switchboard.http.encoding import json_text

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)
DIGITS = "9" * 400


@pytest.mark.parametrize("number", [0, 7, -7, LARGEST, -LARGEST, 0.1, -1.5, 1e300])
def test_a_number_that_the_engine_can_hold_is_that_number(number: float) -> None:
    value = decoded(json.dumps(number).encode())

    assert (value, type(value)) == (number, type(number))


@pytest.mark.parametrize(
    "text",
    [
        str(LARGEST + 1),
        str(-LARGEST - 1),
        "12345678901234567890",
        DIGITS,
        f"-{DIGITS}",
        "9" * 100_000,
        "1E+400",
        "-1E+400",
        "1.5E+309",
    ],
)
def test_any_other_number_is_sent_back_as_it_came_and_is_a_text_in_a_bag(text: str) -> None:
    value = decoded(f'{{"a": [{text}]}}'.encode())

    assert json_text(value) == f'{{"a": [{text}]}}'
    assert tidy(value) == {"a": [text]}


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e9999999999999999999999"])
def test_what_is_no_number_that_json_can_say_is_null(text: str) -> None:
    assert decoded(f"[{text}, 1]".encode()) == [None, 1]


@pytest.mark.parametrize("text", ["01", "+1", ".5", "1.", "0x1", "1_000", "nan", "1e"])
def test_what_json_does_not_take_for_a_number_is_no_json(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own
        decoded(text.encode())


@given(JSON)
def test_all_else_is_written_as_json_itself_writes_it(value: Any) -> None:
    assert json_text(value) == json.dumps(value)
    assert decoded(json_text(value).encode()) == value
