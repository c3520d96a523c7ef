"""One type at a vendor: the emulator, the engine with one resource, and what others do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from pulumi_switchboard.emulator import Switches

from tests.conformance.clock import VirtualClock
from tests.conformance.driver import Engine
from tests.conformance.resource import Resource, Saved
from tests.conformance.vendor import ACCOUNT, ENDPOINT, TOKEN, ULTRAVOX_KEY, Vendor
from tests.samples import every
from tests.samples.sample import Bag, Sample, at, having, resolved

SETTINGS = {
    "twilio:accountSid": ACCOUNT,
    "twilio:authToken": TOKEN,
    "ultravox:apiKey": ULTRAVOX_KEY,
    "switchboard:endpoint": ENDPOINT,
}
SECRETS = (TOKEN, ULTRAVOX_KEY)
OPERATION_TIME = 0.2
"""Seconds, so that an operation is over at the first look."""
SOON = 0.5
"""Seconds after which that of somebody else is over as well."""


def each(samples: Iterable[Sample]) -> pytest.MarkDecorator:
    """Run a test with these types."""
    return pytest.mark.parametrize("sample", list(samples), ids=lambda sample: sample.type)


each_sample = each(every())
"""Run a test with every type."""
each_object = each(sample for sample in every() if sample.setting is None)
"""Run a test with every type of which an account has many objects."""
each_setting = each(sample for sample in every() if sample.setting is not None)
"""Run a test with every account setting."""
each_long_running = each(sample for sample in every() if sample.is_long_running)
"""Run a test with every type whose writes are operations."""
each_keyed = each(sample for sample in every() if sample.has_keys)
"""Run a test with every type whose creates have an idempotency key."""


each_named = each(sample for sample in every() if sample.name)
"""Run a test with every type whose objects have a name that can be generated."""
each_replaceable = each(sample for sample in every() if sample.changeable != [*sample.fields])
"""Run a test with every type of which some change needs another object."""
each_with_an_account = each(sample for sample in every() if sample.account)
"""Run a test with every type whose answers show the account."""


@dataclass
class World:
    """All that a test of one type needs."""

    sample: Sample
    clock: VirtualClock
    vendor: Vendor
    engine: Engine
    prepared: Bag = field(default_factory=dict)
    original: Bag = field(default_factory=dict)
    """What others have set before the resource took an account setting over."""

    @property
    def minimal(self) -> Resource:
        """A resource with the fewest arguments."""
        return self.resource(self.sample.minimal)

    @property
    def maximal(self) -> Resource:
        """A resource with all arguments."""
        return self.resource(self.sample.maximal)

    def resource(self, arguments: Bag, **options: Any) -> Resource:
        """A resource with these arguments."""
        given = self.resolved(arguments)
        return Resource(self.sample.type, given, secrets_by_type=self.sample.secret_members, **options)

    def changed(self, resource: Resource, changes: Bag) -> Resource:
        """The resource with other values at paths of its arguments; None leaves one out."""
        return replace(resource, arguments=having(resource.arguments, self.resolved(changes)))

    def resolved(self, value: Any) -> Any:
        """The value with what was prepared in place of what stands for it."""
        return resolved(value, self.prepared)

    @property
    def objects(self) -> dict[str, Any]:
        """The objects of the type at the vendor, by id."""
        return self.vendor.objects(self.sample.type)

    @property
    def now(self) -> int:
        """The place of the next request in the journal."""
        return len(self.vendor.emulator.journal)

    def methods(self, since: int) -> list[str]:
        """The methods of the provider's requests from this place in the journal on."""
        return [entry.method for entry in self.vendor.journal(since)]

    @property
    def saved(self) -> Saved:
        """The resource in state, where it has to be."""
        assert self.engine.saved is not None, "there is nothing in state"
        return self.engine.saved

    @property
    def object(self) -> Any:
        """The one object there is; None if there is none."""
        objects = self.objects
        assert len(objects) <= 1, f"there are {len(objects)} objects"
        return next(iter(objects.values()), None)

    def shows(self, wire: Bag) -> None:
        """The vendor has one object, and it has these values at these paths."""
        shown = self.object
        assert shown is not None, "there is no object"
        assert {path: at(shown, path) for path in wire} == self.resolved(wire)

    def change_outside(self, changes: Bag) -> None:
        """Somebody else sets wire paths of the object."""
        id = next(iter(self.objects), "")
        self.sample.change(self.vendor, id, self.resolved(changes))
        self.clock.advance(SOON)

    def remove_outside(self) -> None:
        """Somebody else deletes the object, or unsets the account setting."""
        self.sample.remove(self.vendor, next(iter(self.objects), ""))
        self.clock.advance(SOON)

    def add_outside(self, changes: Bag | None = None) -> str:
        """Somebody else makes an object with the minimal arguments and these wire values; returns its id."""
        assert self.sample.add is not None
        before = set(self.objects)
        self.sample.add(self.vendor, self.resolved(changes or {}))
        self.clock.advance(SOON)
        (id,) = set(self.objects) - before
        return id

    @contextmanager
    def without_requests(self) -> Iterator[None]:
        """No request is sent in here."""
        before = self.vendor.sent
        yield
        assert self.vendor.sent == before

    @contextmanager
    def without_writes(self) -> Iterator[None]:
        """No request is sent in here that changes something, and nothing is changed."""
        since, before = self.now, deepcopy(self.objects)
        yield
        assert self.vendor.writes(since) == []
        assert self.objects == before

    def is_settled(self, resource: Resource) -> None:
        """A preview has nothing to do, nor an update after a refresh, which keeps the inputs."""
        assert self.engine.preview(resource) == "same"
        inputs = self.saved.inputs
        self.engine.refresh(resource)
        assert self.saved.inputs == inputs
        with self.without_requests():
            assert self.engine.up(resource) == "same"

    def nothing_secret_is_shown(self) -> None:
        """No secret is in a message, an error or the journal."""
        said = [message.text for message in self.engine.log] + [step.error for step in self.engine.steps]
        said += [f"{entry.path}" for entry in self.vendor.emulator.journal]
        found = [
            secret for secret in (*SECRETS, *self.sample.secrets) if any(secret in text for text in said)
        ]
        assert not found, said


@contextmanager
def new_world(sample: Sample, switches: Bag | None = None, **options: Any) -> Iterator[World]:
    """A type at an emulator that is started with these switches and options."""
    clock = VirtualClock()
    if sample.is_long_running:
        options = {"operation_time": OPERATION_TIME, **options}
    vendor = Vendor(clock, {"switches": Switches(**(switches or {})), **options})
    with vendor.reached():
        made = World(sample, clock, vendor, Engine(clock, SETTINGS))
        made.prepared = sample.prepare(vendor)
        yield made
    made.nothing_secret_is_shown()
