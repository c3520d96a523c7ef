"""Ids in the vendors' forms."""

import itertools
import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26
_COUNTER_BITS = 24
_RANDOM_BITS = 56

_count = itertools.count()


def twilio_type_id(prefix: str) -> str:
    """Return a new Twilio Type ID: the prefix and 26 characters that sort in the order of their making."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << _COUNTER_BITS | next(_count) % (1 << _COUNTER_BITS)
    value = value << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    digits = (_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return f"{prefix}_{''.join(digits)}"
