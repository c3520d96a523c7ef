"""Switches: what the emulator does where the vendors' documentation leaves the answer open.

Each API has its own, as a frozen dataclass with a field for each open question. The default of a field is
what we think most likely. An entry such as `D-23` in its description is one of the project's list of
disagreements between the vendors' sources.
"""

from collections.abc import Iterable
from functools import cache
from typing import TypeAlias, TypeVar, get_args, get_type_hints

SwitchValue: TypeAlias = bool | int | str

_Group = TypeVar("_Group")


class Switches:
    """Values for switches of any API by name. Every other switch has its default."""

    def __init__(self, **values: SwitchValue) -> None:
        self.values = values

    def of(self, group: type[_Group]) -> _Group:
        """Return the switches of one API."""
        names = switch_kinds([group])
        return group(**{name: value for name, value in self.values.items() if name in names})

    def check(self, groups: Iterable[type]) -> None:
        """Check that these groups have each switch and value; if not, a ValueError says what is right."""
        kinds = switch_kinds(groups)
        for name, value in self.values.items():
            if name not in kinds:
                raise ValueError(f"there is no switch '{name}'; there are {', '.join(kinds)}")
            values = [repr(each) for each in values_of(kinds[name])]
            is_right = repr(value) in values if values else type(value) is int and value >= 0
            if not is_right:
                right = " or ".join(values) or "a number from 0 up"
                raise ValueError(f"{name} cannot be {value!r}; it can be {right}")


def switch_kinds(groups: Iterable[type]) -> dict[str, object]:
    """Return the type of each switch by its name."""
    return {name: kind for group in groups for name, kind in _kinds(group).items()}


def values_of(kind: object) -> tuple[SwitchValue, ...]:
    """Return what a switch of this type can be; nothing if it can be any number."""
    return (True, False) if kind is bool else get_args(kind)


@cache
def _kinds(group: type) -> dict[str, object]:
    return get_type_hints(group)
