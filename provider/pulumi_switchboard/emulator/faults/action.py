"""What every action is."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, ClassVar

from pulumi_switchboard.emulator.faults.stage import Stage


@dataclass(frozen=True)
class Action(ABC):
    """What happens to a request that a fault hits. Its fields are the members of its JSON form."""

    method: ClassVar[str | None] = None
    """The one method whose requests it can act on; None if it can act on all."""

    always: ClassVar[bool] = False
    """Whether it acts on every matching request from the first on, whatever `times` says."""

    @abstractmethod
    async def play(self, stage: Stage) -> None:
        """Act on a request."""

    def chooser(self) -> Callable[[], bool]:
        """Return what decides, for one request after the other, whether to act on it."""
        return lambda: True

    def as_json(self) -> dict[str, Any]:
        """Return the kind, and the fields that are not left at their default."""
        return {field.name: getattr(self, field.name) for field in fields(self) if self._is_shown(field)}

    def __str__(self) -> str:
        given = {name: value for name, value in self.as_json().items() if name != "kind"}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in given.items())})"

    def _is_shown(self, field: Field[Any]) -> bool:
        default = field.default if field.default_factory is MISSING else field.default_factory()
        value = getattr(self, field.name)
        return field.name == "kind" or type(value) is not type(default) or value != default


def require(condition: bool, message: str) -> None:  # noqa: FBT001 - it reads as the sentence it checks
    """Refuse a field of an action.

    Raises:
        ValueError: The condition does not hold.
    """
    if not condition:
        raise ValueError(message)
