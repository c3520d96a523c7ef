"""What happens to one resource, to be played by the real CLI and by the driver alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pulumi_switchboard.emulator.faults import Action

from tests.samples import by_type
from tests.samples.sample import Bag, Sample

Command = Literal["up", "preview", "refresh", "destroy"]
Outside = Literal["change", "remove", "add"]


@dataclass(frozen=True)
class Step:
    """A command, or what somebody else does at the vendor."""

    does: Command | Outside
    changes: Bag = field(default_factory=dict)
    """Other values at paths of the arguments, or what somebody else sets at which wire paths."""
    options: Bag = field(default_factory=dict)
    """What the resource has besides arguments: `ignore_changes`, `timeout`, `secrets`, `import_`,
    `delete_before_replace`, `replace_on_changes`."""
    faults: Mapping[str, Action] = field(default_factory=dict)
    """What goes wrong, by the requests at which it does."""
    fails: bool | None = False
    """Whether the command fails; None if that is to be found out, and the faults may meet no request."""


@dataclass(frozen=True)
class Scenario:
    """The steps of one resource."""

    type: str
    steps: Sequence[Step]

    @property
    def sample(self) -> Sample:
        """The sample of the type."""
        return by_type()[self.type]
