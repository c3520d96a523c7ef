"""What a configuration type has to say about itself of which an account has no more than one object."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal, TypeAlias

from pulumi_switchboard.core.contract import Call, ClientT, Definition, InputsT, StateT
from pulumi_switchboard.fields.values import Bag

OnDestroy: TypeAlias = Literal["restore", "reset", "retain"]
"""What becomes of a singleton when its resource is destroyed."""
ON_DESTROY_VARIABLE = "SWITCHBOARD_ON_DESTROY"
"""The environment variable that overrules what the program says of that."""


class Singleton(Definition[InputsT, StateT, ClientT]):
    """A type of which an account has no more than one object: it is taken over, and given back.

    The verbs know nothing of that: `write` sets some fields, `reset` brings the object to the vendor's
    empty state. What was found and what is put back is the same for all singletons.
    """

    noun: ClassVar[str]
    """What the object is called in a sentence."""
    empty: ClassVar[Mapping[str, Any]] = MappingProxyType({})
    """The vendor's empty state, field by field; a field that is not in it can't be cleared."""
    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Fields that are one to the vendor: managed all or none, sent together, and put back all or none."""

    @abstractmethod
    def id(self, call: Call[ClientT]) -> str:
        """The id under which state has the object."""

    @abstractmethod
    def write(self, call: Call[ClientT], live: StateT | None, inputs: InputsT) -> StateT:
        """Set what the inputs have, and leave all else of the object as it is.

        Args:
            call: The moment.
            live: The object, just read; None if there is none yet.
            inputs: The fields to be set; a field that is None is not.
        """

    def create(self, call: Call[ClientT], inputs: InputsT) -> StateT:
        """See `write`."""
        return self.write(call, None, inputs)

    def update(self, call: Call[ClientT], id: str, live: StateT, inputs: InputsT) -> StateT:  # noqa: ARG002
        """See `write`."""
        return self.write(call, live, inputs)

    @abstractmethod
    def reset(self, call: Call[ClientT], known: StateT) -> None:
        """Bring the object to the vendor's empty state. That it is gone already is an error here."""

    def delete(self, call: Call[ClientT], id: str, known: StateT) -> None:  # noqa: ARG002
        """See `reset`."""
        self.reset(call, known)

    def holds(self, live: StateT, known: StateT) -> bool | None:  # noqa: ARG002 - for overriding
        """Whether the live object has the write-only fields that are known; None where that can't be told."""
        return None

    def recalled(self, found: Mapping[str, Any]) -> Bag:  # noqa: ARG002 - for overriding
        """The outputs that tell what was found when the object was taken over."""
        return {}

    def group(self, name: str) -> set[str]:
        """The field, and those that are one with it to the vendor."""
        return {name}.union(*(group for group in self.together if name in group))

    def completed(self, given: Bag) -> Bag:
        """The fields that are managed where these are given: those that belong to them are empty."""
        whole = [member for name in given for member in sorted(self.group(name))]
        return {
            **{name: self.empty[name] for name in whole if name in self.empty and name not in given},
            **given,
        }

    def accompanied(self, names: list[str], wanted: Bag) -> Bag:
        """What is wanted of these fields, and of those that are sent with them."""
        return {name: value for name, value in wanted.items() if self.group(name) & set(names)}


AnySingleton = Singleton[Any, Any, Any]
