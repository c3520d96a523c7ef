"""A second front-end: a whole life of a resource without Pulumi's dynamic provider host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from pulumi_switchboard.emulator.faults import Answer
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.create import create
from pulumi_switchboard.lifecycle.delete import delete
from pulumi_switchboard.lifecycle.diff import diff
from pulumi_switchboard.lifecycle.read import read
from pulumi_switchboard.lifecycle.update import update
from pulumi_switchboard.resource.outcomes import Difference
from pulumi_switchboard.resource.request import Identity, Request
from pulumi_switchboard.runtime.call import Call, CallFailedError, calling
from pulumi_switchboard.runtime.check import check_resource
from pulumi_switchboard.runtime.process import Process

from tests.conformance.clock import VirtualClock
from tests.conformance.vendor import Vendor
from tests.conformance.world import SETTINGS
from tests.environment import forget_settings
from tests.promises import proves
from tests.samples import every

SAMPLE = next(sample for sample in every() if sample.has_keys)
OPERATION_TIME = 30.0
URN = "urn:pulumi:dev::proof::x::main"


class FrontEnd:
    """Calls the verbs for one resource, and keeps what they return."""

    def __init__(self, clock: VirtualClock) -> None:
        self.process = Process(clock, lambda: None)
        self.process.configure(SETTINGS)
        self.inputs: Bag = {}

    @contextmanager
    def call(self, verb: str, *bags: Bag, timeout: float = 0.0) -> Iterator[Call]:
        """Run a verb."""
        identity = Identity.of(self.inputs)
        request = Request(SAMPLE.type, URN, "main", timeout, identity, bags=(self.inputs, *bags))
        with calling(self.process, verb, SAMPLE.type, "main", lambda: request) as call:
            yield call

    def checked(self, arguments: Mapping[str, Any]) -> Bag:
        """The inputs for these arguments."""
        hidden = {"_stack": "5ac0", "_resource": f"{SAMPLE.type}::main"}
        with self.call("check") as call:
            result = check_resource(call, self.inputs, {**arguments, **hidden})
        assert result.failures == []
        self.inputs = result.inputs
        return self.inputs


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendor]:
    forget_settings(monkeypatch)
    made = Vendor(VirtualClock(), {"operation_time": OPERATION_TIME})
    with made.reached():
        yield made


@proves("process.front-ends")
def test_verbs_return_values_also_for_a_write_that_is_not_finished(vendor: Vendor) -> None:
    front_end = FrontEnd(vendor.clock)
    inputs = front_end.checked(SAMPLE.minimal)
    with front_end.call("create", timeout=5.0) as call:
        created = create(call.context(), inputs)
    assert created.unfinished is not None
    assert "_pending" in created.outputs

    with front_end.call("update", created.outputs) as call:
        updated = update(call.context(), created.id, created.outputs, inputs)
    assert updated.unfinished is None
    assert [*vendor.objects(SAMPLE.type)] == [updated.id]

    edited = front_end.checked({**SAMPLE.minimal, "description": "Edited"})
    with front_end.call("diff", updated.outputs) as call:
        difference = diff(call.context(), updated.id, updated.outputs, edited)
    assert difference == Difference(changed=("description",))

    with front_end.call("read", updated.outputs) as call:
        found = read(call.context(), updated.id, updated.outputs)
    assert found is not None
    assert found.outputs["description"] == SAMPLE.minimal["description"]

    with front_end.call("delete", updated.outputs) as call:
        delete(call.context(), updated.id, updated.outputs)
    assert vendor.objects(SAMPLE.type) == {}


@proves("process.front-ends", "error.what-failed")
def test_an_error_is_one_text_without_secrets(vendor: Vendor) -> None:
    front_end = FrontEnd(vendor.clock)
    vendor.is_unreachable = True
    inputs = front_end.checked(SAMPLE.minimal)
    with pytest.raises(CallFailedError) as caught, front_end.call("create", inputs) as call:
        create(call.context(), inputs)

    assert caught.value.text.startswith("could not create twilio.orchestrator.Configuration 'main': ")
    assert SETTINGS["twilio:authToken"] not in caught.value.text


@proves("error.what-failed")
def test_a_refusal_says_how_to_get_access_to_the_api(vendor: Vendor) -> None:
    front_end = FrontEnd(vendor.clock)
    inputs = front_end.checked(SAMPLE.minimal)
    for status, is_said in ((401, True), (403, True), (404, True), (400, False)):
        with (
            vendor.inject(f"POST {SAMPLE.collection}", Answer(status)),
            pytest.raises(CallFailedError) as caught,
            front_end.call("create", inputs) as call,
        ):
            create(call.context(), inputs)
        assert ("needs Twilio's terms for AI features" in caught.value.text) == is_said
