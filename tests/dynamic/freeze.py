"""Makes what is written once for each type, from its sample, with the engine of the conformance tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.conformance.resource import Bag, CallError
from tests.conformance.world import new_world
from tests.dynamic.saved import FORMATS, STATES, path_in
from tests.samples.sample import Sample


def missing(samples: Iterable[Sample]) -> dict[Path, str]:
    """What no file has yet, by the path of the file. What has one stays as it is."""
    makers = {STATES: saved_state, FORMATS: state_format}
    return {
        path: json.dumps(make(sample), indent=2, sort_keys=True) + "\n"
        for sample in samples
        for folder, make in makers.items()
        if not (path := path_in(folder, sample.type)).exists()
    }


def saved_state(sample: Sample) -> Bag:
    """What the engine saves of a resource with all arguments."""
    with new_world(sample) as world:
        resource = replace(world.maximal, name="support")
        world.engine.up(resource)
        saved = world.saved
        arguments = dict(resource.arguments)
        return {"id": saved.id, "arguments": arguments, "inputs": saved.inputs, "outputs": saved.outputs}


def state_format(sample: Sample) -> Bag:
    """The kinds of the hidden members after a create, and while an operation is pending if that is saved."""
    found = {}
    for case, operation_time, timeout in (("created", 0.2, 0.0), ("pending", 100.0, 20.0)):
        if case == "pending" and not sample.is_long_running:
            continue
        with new_world(sample, operation_time=operation_time) as world:
            with suppress(CallError):
                world.engine.up(replace(world.minimal, timeout=timeout))
            if (saved := world.engine.saved) is not None:
                found[case] = {"inputs": _hidden(saved.inputs), "outputs": _hidden(saved.outputs)}
    return found


def _hidden(bag: Bag) -> Bag:
    return {
        name: _shape(value) for name, value in bag.items() if name.startswith("_") and name != "__provider"
    }


def _shape(value: Any) -> Any:
    """The members and the kinds of a value, without what differs between objects."""
    if isinstance(value, dict):
        return {name: _shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shape(item) for item in value[:1]]
    if value is None:
        return "null"
    if isinstance(value, str):
        return sorted(json.loads(value)) if value.startswith("{") else "text"
    return "flag" if isinstance(value, bool) else "number"
