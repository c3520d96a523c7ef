"""The dataclasses that look-ups return.

To make a frozen dataclass takes longer than all else in the import of a type. So each is made when it is
first used, and a program does not wait for those of the types that it does not look up.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

FIELDS = "__dataclass_fields__"
"""The attribute by which Python recognises a dataclass."""

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**options: bool) -> Callable[[type], type]:
        """Make a dataclass, as Python's own decorator does, but only when it is first used."""

        def late(cls: type) -> type:
            setattr(cls, FIELDS, _Fields(cls, options))
            cls.__init__ = _made_and_called
            return cls

        return late


_lock = threading.RLock()
"""Held while a class is made. Its bases may have to be made for that."""


class _Fields:
    """Stands for the fields of a class until someone asks for them."""

    def __init__(self, cls: type, options: dict[str, bool]) -> None:
        self._cls = cls
        self._options = options

    def __get__(self, _instance: object, _owner: type) -> Any:
        cls: Any = self._cls
        with _lock:
            if cls.__dict__[FIELDS] is self:
                del cls.__init__  # or the dataclass would keep it as one of the class's own
                dataclasses.dataclass(**self._options)(cls)
        return cls.__dict__[FIELDS]


def _made_and_called(instance: Any, *args: Any, **kwargs: Any) -> None:
    dataclasses.fields(instance)
    type(instance).__init__(instance, *args, **kwargs)
