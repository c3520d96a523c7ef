"""Switches: what the emulator does where the vendors' documentation leaves the answer open.

Each API has its own, as a frozen dataclass with a field for each open question. The default of a field is
what we think most likely. An entry such as `D-23` in its description is one of the project's list of
disagreements between the vendors' sources.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypeVar, get_args, get_type_hints

SwitchValue: TypeAlias = bool | int | str

_Group = TypeVar("_Group")


class Switches:
    """Values for switches of any API by name. Every other switch has its default."""

    def __init__(self, **values: SwitchValue) -> None:
        self.values = values

    def of(self, group: type[_Group]) -> _Group:
        """Return the switches of one API."""
        names = get_type_hints(group)
        return group(**{name: value for name, value in self.values.items() if name in names})

    def check(self, groups: Iterable[type]) -> None:
        """Check that these groups have each switch and value; if not, a ValueError says what is right."""
        kinds = switch_kinds(groups)
        for name, value in self.values.items():
            text = ("off", "on")[value] if isinstance(value, bool) else str(value)
            meant = _parse_value(name, text, kinds)
            if type(value) is not type(meant):
                raise ValueError(f"{name} cannot be {value!r}; write {meant!r}")


def switch_kinds(groups: Iterable[type]) -> dict[str, object]:
    """Return the type of each switch by its name."""
    return {name: kind for group in groups for name, kind in get_type_hints(group).items()}


def choices(kind: object) -> dict[str, SwitchValue]:
    """Return the values of a switch of this type by their texts; of a number, which can be any, none."""
    return {"on": True, "off": False} if kind is bool else {str(value): value for value in get_args(kind)}


def parse_switches(assignments: Iterable[str], groups: Iterable[type]) -> Switches:
    """Build switches from texts `NAME=VALUE`; if one is wrong, a ValueError says what is right."""
    kinds = switch_kinds(groups)
    values: dict[str, SwitchValue] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ValueError(f"'{assignment}' is not of the form NAME=VALUE")
        values[name] = _parse_value(name, text, kinds)
    return Switches(**values)


def _parse_value(name: str, text: str, kinds: Mapping[str, object]) -> SwitchValue:
    if name not in kinds:
        raise ValueError(f"there is no switch '{name}'; there are {', '.join(kinds)}")
    kind = kinds[name]
    if kind is int:
        if not (text.isascii() and text.isdigit()):
            raise ValueError(f"{name} cannot be '{text}'; it can be a number from 0 up")
        return int(text)
    values = choices(kind)
    if text not in values:
        raise ValueError(f"{name} cannot be '{text}'; it can be {' or '.join(values)}")
    return values[text]
