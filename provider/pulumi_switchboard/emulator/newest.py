"""A mapping that cannot grow without end."""

from collections import OrderedDict
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

KEPT = 10_000
"""How many requests, operations and idempotency keys the emulator remembers."""


class Newest(OrderedDict[_Key, _Value]):
    """Has the newest values that were put in, and forgets those before them."""

    def __setitem__(self, key: _Key, value: _Value) -> None:
        """Put a value in as the newest."""
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > KEPT:
            self.popitem(last=False)
