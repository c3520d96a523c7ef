"""What the tests of account settings share."""

from __future__ import annotations

from typing import Any

from tests.conformance.resource import Resource
from tests.conformance.verbs import Verb
from tests.conformance.world import World, each
from tests.samples import every
from tests.samples.sample import Bag, Field, Sample, Setting, at

OVERRULED = "SWITCHBOARD_ON_DESTROY"
OVERRULINGS = (("restore", "retain"), ("restore", "reset"), ("reset", "retain"), ("retain", "reset"))


each_write_only = each(sample for sample in every() if sample.write_only)
each_restorable = each(
    sample for sample in every() if sample.setting is not None and sample.setting.on_destroy == "restore"
)
each_permanent = each(sample for sample in every() if sample.setting is not None and sample.setting.unset)
each_removable = each(sample for sample in every() if sample.setting is not None and not sample.setting.unset)
each_referring = each(sample for sample in every() if sample.setting is not None and sample.setting.lose)


def setting_of(sample: Sample) -> Setting:
    """What is special about the type."""
    assert sample.setting is not None
    return sample.setting


def hidden_field(sample: Sample) -> Field:
    """The field that the vendor never shows."""
    (hidden,) = [field for field in sample.fields if field.drifted is None]
    return hidden


def having_policy(world: World, policy: str) -> Resource:
    """A resource with all arguments, and this policy for its end."""
    return world.changed(world.maximal, {"on_destroy": policy})


def set_by_others(world: World) -> Bag:
    """Let others set the account setting so that it can be restored; returns what is there then."""
    setting = setting_of(world.sample)
    world.change_outside({**setting.others, **setting.recognisable})
    world.original = shown(world)
    return world.original


def _to_take_over(world: World) -> Resource:
    set_by_others(world)
    return having_policy(world, "restore")


def taken_over(world: World, policy: str = "restore") -> tuple[Bag, Resource]:
    """Take over what others have set; returns what was there, and the program."""
    before, program = set_by_others(world), having_policy(world, policy)
    world.engine.up(program)
    return before, program


def shown(world: World) -> dict[str, Any]:
    """What the vendor shows of all that the type manages; empty if there is nothing."""
    paths = [field.wire for field in world.sample.fields]
    paths += [path for path in setting_of(world.sample).others if path not in paths]
    return {path: at(world.object, path) for path in paths} if world.object is not None else {}


def warnings(world: World) -> str:
    """All warnings so far."""
    return "\n".join(world.engine.warnings)


TAKE_OVER = Verb("take over", _to_take_over, "up", lambda _: None)
RESTORE = Verb("restore", lambda world: taken_over(world)[1], "destroy", lambda _: None)
