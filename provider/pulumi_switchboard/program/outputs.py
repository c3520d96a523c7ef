"""The values of outputs, as the properties of the resource classes declare them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import pulumi
from pulumi.output import UNKNOWN
from typing_extensions import NotRequired, get_type_hints, is_typeddict

from pulumi_switchboard.program.text import harmless


def typed_output(resource: pulumi.Resource, name: str) -> pulumi.Output[Any]:
    """An output with the type that its property declares.

    The engine turns every number into a float, and loses the order of keys. In a preview it shows the
    arguments as they are given, without the members that the vendor adds: these are unknown.
    """
    output: pulumi.Output[Any] = resource.__dict__[name]
    resource_class: Any = type(resource)
    kind = _declared(resource_class, name) if pulumi.runtime.is_dry_run() else None
    return output.apply(lambda value: typed(value, kind, name), run_with_unknowns=True)


class MissingMemberError(pulumi.RunError, AttributeError, KeyError):
    """Something does not have this member. Pulumi shows a RunError without a traceback."""

    __str__ = Exception.__str__

    @classmethod
    def of(cls, owner: str, name: str, known: Iterable[str]) -> MissingMemberError:
        """The error that says what the name was probably meant to be."""
        similar = get_close_matches(name, known, 1)
        hint = f"; did you mean {harmless(similar[0])!r}?" if similar else ""
        return cls(f"{harmless(owner)} has no {harmless(name)!r}{hint}")


class Members(dict[str, Any]):
    """The members of an output, by key and by attribute; by key alone if a dict has a method of that name."""

    __slots__ = ("_place",)

    def __init__(self, members: Mapping[str, Any], place: str) -> None:
        """Take the members of the output at this place, such as `channel_settings.SMS`."""
        super().__init__(members)
        self._place = place

    def __missing__(self, name: str) -> Any:
        raise MissingMemberError.of(f"the output {self._place}", name, self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]


def typed(value: Any, kind: Any, place: str) -> Any:
    """The value with ints in place of integral floats, and with `Members` in place of dicts.

    Args:
        value: A value of the engine or of a vendor.
        kind: Its declared type if it may lack members that are not known yet; they are unknown then.
        place: What errors call it.
    """
    if isinstance(value, dict):
        members = {**dict.fromkeys(_always_present(kind), UNKNOWN), **value}
        shown = {
            name: typed(members[name], _inside(kind, name), f"{place}.{name}") for name in sorted(members)
        }
        return Members(shown, place)
    if isinstance(value, list):
        return [typed(item, _inside(kind), f"{place}[{number}]") for number, item in enumerate(value)]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


@cache
def _declared(resource_class: Any, name: str) -> Any:
    """The type of the value of an output, as the property of the resource class declares it."""
    (kind,) = get_args(get_type_hints(getattr(resource_class, name).fget)["return"])
    return kind


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _always_present(kind: Any) -> list[str]:
    """The names of the members that each value of this type has; none if it does not declare its members."""
    kind = _structure(kind)
    if not is_typeddict(kind):
        return []
    return [name for name, hint in _hints(kind).items() if get_origin(hint) is not NotRequired]


def _inside(kind: Any, name: str = "") -> Any:
    """The type of a member or an item of a value of this type; None if that is not known."""
    kind = _structure(kind)
    if is_typeddict(kind):
        return _hints(kind).get(name)
    return get_args(kind)[-1] if get_origin(kind) in (dict, list) else None


def _structure(kind: Any) -> Any:
    """The type without `NotRequired` and `None`."""
    if get_origin(kind) is NotRequired:
        (kind,) = get_args(kind)
    given = [part for part in get_args(kind) if part is not NoneType]
    return given[0] if get_origin(kind) in (Union, UnionType) and len(given) == 1 else kind
