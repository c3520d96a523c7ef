"""Which bodies are JSON that the emulator can keep and show."""

import json

import pytest
from pulumi_switchboard.emulator.request_body import MAX_BYTES, parse_json

from tests.promises import proves


def nested(depth: int) -> bytes:
    """Return JSON of so many lists in each other, with brackets in a text that do not count."""
    text = json.dumps("[" * 500 + '\\"' + "[" * 500)
    return b"[" * depth + text.encode() + b"]" * depth


@proves("emulator.strict")
def test_json_can_be_written_again_and_is_not_too_deep() -> None:
    assert json.dumps(parse_json(nested(100))).encode() == nested(100)
    for depth in (101, 200_000):
        for body in (nested(depth), b"[" * depth, b'{"a":' * depth):
            with pytest.raises(ValueError, match=r"^nested more than 100 levels deep$"):
                parse_json(body)
    odd = [b"", b"{", b'{"a": NaN}', b'{"a": 1e400}', b"1" * 5000, b'"\xff"', b'{"a": "\\ud800"}']
    large = [b'"' * MAX_BYTES, b"[]" * (MAX_BYTES // 2), b'"' + b'\\"' * (MAX_BYTES // 2 - 1)]
    for body in (*odd, *large):
        with pytest.raises(ValueError, match=r"^not valid JSON$"):
            parse_json(body)
