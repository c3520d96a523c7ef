"""Objects that must not be deleted by a slip: the argument `deletion_protection`."""

from __future__ import annotations

from tests.conformance.verbs import error_of, unnamed
from tests.conformance.world import World, each
from tests.promises import proves
from tests.samples import every

ARGUMENT = "deletion_protection"
each_protected = each(sample for sample in every() if ARGUMENT in sample.maximal)
"""Run a test with every type whose objects can be protected."""


@proves("delete.protection")
@each_protected
def test_a_protected_object_is_deleted_only_after_the_protection_was_lifted(world: World) -> None:
    protected = world.changed(unnamed(world), {ARGUMENT: None})
    world.engine.up(protected)
    assert world.saved.outputs[ARGUMENT] is True
    before = world.objects
    error = error_of(world.engine.destroy, protected)
    assert f"{world.saved.id} is protected from deletion" in error
    assert "set deletion_protection=False, run `pulumi up`" in error
    assert world.objects == before
    open_to_all = world.changed(protected, {ARGUMENT: False})
    with world.without_writes():
        assert world.engine.preview(open_to_all) == "update"
        assert world.engine.up(open_to_all) == "update"
    world.is_settled(open_to_all)
    world.engine.destroy(open_to_all)
    assert world.objects == {}


@proves("delete.protection", "lost.refusal-adds-nothing")
@each_protected
def test_an_update_that_fails_does_not_lift_the_protection(world: World) -> None:
    protected = world.changed(world.maximal, {ARGUMENT: True})
    world.engine.up(protected)
    edit = next(field for field in world.sample.fields if field.path != world.sample.name)
    edited = world.changed(protected, {ARGUMENT: False, edit.path: edit.changed})
    world.vendor.is_unreachable = True
    assert error_of(world.engine.up, edited)
    world.vendor.is_unreachable = False
    assert "is protected from deletion" in error_of(world.engine.destroy, protected)
    world.engine.up(edited)
    world.engine.destroy(edited)
    assert world.objects == {}


@proves("delete.protection", "delete.already-gone")
@each_protected
def test_a_protected_object_that_is_gone_counts_as_deleted(world: World) -> None:
    protected = world.changed(world.maximal, {ARGUMENT: True})
    world.engine.up(protected)
    world.remove_outside()
    world.engine.destroy(protected)
    assert world.engine.saved is None
