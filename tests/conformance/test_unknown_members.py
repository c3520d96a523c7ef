"""A write keeps members of an object that this package does not know."""

from __future__ import annotations

import json

from pulumi_switchboard.emulator.faults import Answer
from requests import PreparedRequest

from tests.conformance.resource import CallError
from tests.conformance.world import World, each_object
from tests.promises import proves

NEWER = {"newer_member": {"of": ["a", "newer", "release"]}}


@each_object
@proves("update.foreign-members-are-kept")
def test_a_write_of_the_whole_object_has_its_unknown_members(world: World) -> None:
    """Some vendors refuse such members, and the emulator does, so the request itself is looked at."""
    bodies: list[dict[str, object]] = []

    def note(_number: int, request: PreparedRequest) -> None:
        if request.method == "PUT":
            bodies.append(json.loads(request.body or b""))

    world.engine.up(world.maximal)
    shown = world.vendor.request("GET", world.sample.path_of(next(iter(world.objects))))
    field = world.sample.fields[1]
    world.vendor.before = note
    with world.vendor.inject(f"GET {world.sample.item}", Answer(200, json={**shown, **NEWER})):
        try:
            world.engine.up(world.changed(world.maximal, {field.path: field.changed}))
        except CallError as refused:
            assert "newer_member" in str(refused)  # noqa: PT017 - a vendor may accept the member

    assert [body.get("newer_member") for body in bodies] == [NEWER["newer_member"]]
