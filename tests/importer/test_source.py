"""Printed expressions mean what they are printed from, and `ruff format` leaves them as they are."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.importer.source import LINE, Call, Name, literal, source

from tests.importer.formatting import assert_formatted

AWKWARD = "'\"\\\n\r\t\0{}#\x7f\x85\xa0\xad\u061c\u200b\u2028\u202e\u2066\u3164\ufe0f\ufeff\ud800\U000e0041"
TEXT = st.text(st.characters() | st.sampled_from(f"{AWKWARD}字é字"), max_size=60)
WORD = st.from_regex("[a-z][a-z0-9_]{0,30}", fullmatch=True).map(lambda word: f"v_{word}")
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT


def _containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=6) | st.dictionaries(TEXT, inner, max_size=5)


def _calls(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keywords = st.dictionaries(WORD, inner, max_size=5)
    return _containers(inner) | st.builds(Call, WORD, st.lists(inner, max_size=2), keywords)


VALUE = st.recursive(PLAIN, _containers, max_leaves=20)
EXPRESSION = st.recursive(PLAIN | WORD.map(lambda word: Name(f"{word}.id")), _calls, max_leaves=20)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(EXPRESSION, min_size=1, max_size=20))
def test_ruff_format_changes_nothing(tmp_path: Path, values: list[Any]) -> None:
    lines = [source(Call("f", [value]), f"v_{number} = ") for number, value in enumerate(values)]
    assert_formatted(tmp_path, {"printed.py": "\n".join(lines) + "\n"})


def test_a_line_is_as_long_as_ruff_allows_and_what_is_longer_has_a_line_for_each_item(tmp_path: Path) -> None:
    lines: list[str] = []
    for length in range(LINE - 25, LINE + 5):
        for text in ("x" * length, "é" * length, "字" * (length // 2), "x" * (length // 2) + "🙂" * 20):
            lines += [source(Call("f", (1, text)), "value = "), source([{"key": [text]}], "value = ")]
    assert_formatted(tmp_path, {"printed.py": "\n".join(lines) + "\n"})
    assert source(Call("f", ("x" * 75,)), "value = ") == f'value = f("{"x" * 75}")'
    assert source(Call("f", ("x" * 76,)), "value = ") == f'value = f(\n    "{"x" * 76}",\n)'


@given(VALUE)
def test_a_printed_value_is_the_value(value: Any) -> None:
    assert ast.literal_eval(source(value)) == value


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain", '"plain"'),
        ('say "hi"', "'say \"hi\"'"),
        ("it's", '"it\'s"'),
        ("\"it's\" 'so'", '"\\"it\'s\\" \'so\'"'),
        ("a\\b\nc\rd\te", '"a\\\\b\\nc\\rd\\te"'),
        ("\x00\x1b\x7f\x85\xa0\xad", r'"\x00\x1b\x7f\x85\xa0\xad"'),
        ("\u202e\u2066\u200b\u2028\ufeff\ud800", r'"\u202e\u2066\u200b\u2028\ufeff\ud800"'),
        ("\u3164\u115f\u2800\ufe0f\U000e0041\U000e0100", r'"\u3164\u115f\u2800\ufe0f\U000e0041\U000e0100"'),
        ("Zürich 東京 🙂 किताब", '"Zürich 東京 🙂 किताब"'),
    ],
)
def test_a_text_is_quoted_as_ruff_does_and_what_nobody_sees_is_escaped(text: str, printed: str) -> None:
    assert literal(text) == printed


@given(TEXT)
def test_no_text_can_hide_move_or_end_what_is_near_it(text: str) -> None:
    printed = literal(text)
    assert {unicodedata.category(char) for char in printed}.isdisjoint({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    assert len(ast.parse(printed).body) == 1


def test_what_no_program_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        source([object()])
