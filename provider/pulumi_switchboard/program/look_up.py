"""What a look-up is: its names, the arguments that it accepts, and the objects that it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

import pulumi

from pulumi_switchboard.program.outputs import typed

ResultT = TypeVar("ResultT")
ITEMS = "items"
"""The member of a mock's answer with the objects of a list."""


class LookUp(Generic[ResultT]):
    """A function that looks objects up."""

    def __init__(self, key: str, name: str, result: type[ResultT], *, lists: bool = False) -> None:
        """Describe the function.

        Args:
            key: The key of the type.
            name: The name of the function, without `_output`.
            result: The dataclass that shows an object.
            lists: Whether it shows all objects that its arguments, which are filters, let pass.
        """
        self.key = key
        self.name = name
        self.result = result
        self.lists = lists

    @property
    def title(self) -> str:
        """The function as programs write it, such as `twilio.memory.get_store`."""
        return f"{self.key.partition(':')[0].replace('/', '.')}.{self.name}"

    @property
    def token(self) -> str:
        """The function as Pulumi's mocks know it, such as `switchboard:twilio/memory:getStore`."""
        verb, *words = self.name.split("_")
        return f"switchboard:{self.key.partition(':')[0]}:{verb}{''.join(map(str.capitalize, words))}"

    def given(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments that are given.

        Raises:
            pulumi.RunError: They do not say which object is meant.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        if not self.lists and arguments and len(given) != 1:
            raise self.failed(
                f"{' and '.join(given)} are given together"
                if given
                else f"{' or '.join(arguments)} is missing",
                "give exactly one of them" if len(arguments) > 1 else "give it",
            )
        for name, value in given.items():
            if value == "" or not (self.lists or isinstance(value, str)):
                raise self.failed(f"{name} is empty, or not a text", "give it, or leave it out")
        return given

    def mocked(self, answer: Any) -> list[Any]:
        """The objects of a mock's answer: an object, or for a list a dict with `items`."""
        return list(answer[ITEMS]) if self.lists else [answer]

    def shown(self, objects: Sequence[Mapping[str, Any]]) -> list[ResultT]:
        """The objects as a program sees them."""
        names = [field.name for field in fields(self.result)]  # type: ignore[arg-type]
        return [
            self.result(**{name: typed(members.get(name), None, name) for name in names})
            for members in objects
        ]

    def failed(self, text: str, remedy: str) -> pulumi.RunError:
        """The error of a call that a program has to change."""
        return pulumi.RunError(f"{self.title}: {text}\n  What to do: {remedy}")
