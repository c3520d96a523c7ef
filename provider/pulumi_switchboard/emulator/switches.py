"""What the emulator does where the vendors' documentation leaves the answer open."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, get_args, get_type_hints


@dataclass(frozen=True)
class Switches:
    """One field for each open question; the defaults are what we think most likely.

    The entries named (`D-23`) are those of the project's list of disagreements between the vendor's sources.
    """

    voice_list_and_unset_default: bool = True
    """D-22: Client configurations can be listed and the default can be unset; if off, both answer 405."""

    voice_timestamps: bool = True
    """D-23: Client configurations have `date_created` and `date_updated`."""

    voice_create_status: Literal[201, 200] = 201
    """D-24: the status of a successful create."""

    voice_lookup_by_unique_name: bool = True
    """D-25: GET, PUT and DELETE accept the unique name where the id stands; if off, that is a 404."""

    voice_unique_names: bool = True
    """No entry: a unique name that is taken in the account is refused with 409; if off, it is accepted."""

    voice_delete_of_default: Literal["unset", "refuse"] = "unset"
    """No entry: deleting the default configuration unsets the default, or is refused with 409."""


def parse_switches(assignments: Iterable[str]) -> Switches:
    """Build switches from texts of the form `NAME=VALUE`.

    Raises:
        ValueError: A text has another form, an unknown name or a value that its switch does not have.
    """
    kinds = get_type_hints(Switches)
    names = [field.name for field in fields(Switches)]
    values: dict[str, object] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ValueError(f"'{assignment}' is not of the form NAME=VALUE")
        if name not in names:
            raise ValueError(f"there is no switch '{name}'; there are {', '.join(names)}")
        choices = _choices(kinds[name])
        if text not in choices:
            raise ValueError(f"{name} cannot be '{text}'; it can be {' or '.join(choices)}")
        values[name] = choices[text]
    return Switches(**values)  # type: ignore[arg-type]


def _choices(kind: object) -> dict[str, object]:
    """Return the values of a switch by the texts that stand for them."""
    if kind is bool:
        return {"on": True, "off": False}
    return {str(choice): choice for choice in get_args(kind)}
