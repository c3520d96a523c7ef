"""The life of every type, in one program, with the real CLI and both hosts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.account import POLLS, Account
from tests.engine.programs import ids_in_state, resource, shown_arguments, token, warnings
from tests.engine.stack import Stack
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Bag, Sample, at, having, resolved

NAMES = {sample.type: sample.type.partition(":")[2] for sample in every()}


def counted(verb: str) -> Counter[str]:
    """All requests of this verb but polls, over what somebody else has set; a check belongs to its create."""
    sent = [
        (sample.setting.requests_over_others if sample.setting else {}).get(verb, sample.requests[verb])
        for sample in every()
    ]
    return Counter(word for words in sent for word in words.split() if word != "polls")


CREATES, UPDATES, DELETES = (counted(verb) for verb in ("create", "update", "delete"))


class Life:
    """A resource of each type, and the account in which they live."""

    def __init__(self, stack: Stack, emulator: Emulator) -> None:
        self.stack, self.account = stack, Account.of(stack, emulator)
        self.prepared: dict[str, str] = {}
        for sample in every():
            stack.secrets += sample.secrets
            self.prepared |= sample.prepare(self.account)
        self.objects_of_others = {id for type in NAMES for id in self.account.objects(type)}
        for sample in every():
            if sample.setting:
                self.account.change(sample, self.resolved(sample.setting.others))

    def resolved(self, value: Any) -> Any:
        """The value with the ids of what was prepared in the place of what stands for them."""
        return resolved(value, self.prepared)

    def program(self, changes: Mapping[str, Bag]) -> str:
        """The resources with all arguments, and these changes by type; each argument is exported."""
        text = ""
        for sample in every():
            arguments = having(self.resolved(sample.maximal), self.resolved(changes.get(sample.type, {})))
            variable, exported = NAMES[sample.type], list(arguments)
            text += resource(sample.type, variable, arguments)
            text += f"for name in {exported}:\n"
            text += f"    value = pulumi.Output.json_dumps(getattr({variable}, name))\n"
            text += f"    pulumi.export('{variable}.' + name, value)\n"
        return text

    def assert_shown(self, sample: Sample, wire: Bag) -> None:
        """The vendor shows these values of the resource's object."""
        id = ids_in_state(self.stack, sample.type).get(NAMES[sample.type], "")
        objects = self.account.objects(sample.type)
        shown = objects[id] if id in objects else self.account.only(sample.type)
        assert {path: at(shown, path) for path in wire} == self.resolved(wire)

    def assert_outputs(self, sample: Sample) -> None:
        """State has each argument as an output of its type; what is secret is encrypted, like its copies."""
        (made,) = self.stack.resources(token(sample.type))
        outputs = self.stack.outputs()
        for name, given in self.resolved(sample.maximal).items():
            output, exported = made["outputs"][name], outputs[f"{NAMES[sample.type]}.{name}"]
            if isinstance(output, dict) and "ciphertext" in output:
                assert "ciphertext" in exported, f"{name} is an export in plain"
            else:
                assert exported == json.dumps(given, sort_keys=True)
        for name in {*sample.secret_members} & made["outputs"].keys():
            assert "ciphertext" in made["outputs"][name], f"{name} is no secret"

    def requests(self) -> Counter[str]:
        """How many requests of each method there were since the last look."""
        return Counter(step for step in self.account.new_steps() if step != POLLS)


@proves(
    "create.every-argument",
    "diff.settled-after-up",
    "diff.drift-is-repaired",
    "update.changed-arguments",
    "delete.removes",
    "preview.later-overwrites-warned-of",
    "setting.take-over",
    "setting.restore",
    "secret.outputs",
    "secret.nowhere-in-plain",
    "program.typed",
    "process.plain-host",
)
@pytest.mark.parametrize("plain_host", ["", "1"], ids=["our host", "the plain host"])
def test_resources_of_every_type_are_created_updated_repaired_and_destroyed(
    stack: Stack, emulator: Emulator, plain_host: str
) -> None:
    stack.environment["SWITCHBOARD_PLAIN_HOST"] = plain_host
    life, samples = Life(stack, emulator), every()

    told = warnings(stack.up(life.program({})))
    assert life.requests() == CREATES
    for sample in samples:
        is_announced = "this resource takes over" in told.get(NAMES[sample.type], "")
        assert is_announced == (sample.setting is not None and not plain_host), "it says nothing by itself"
        life.assert_shown(sample, sample.shown)
        life.assert_outputs(sample)

    fields = {sample.type: [field for field in sample.fields if not field.replaces] for sample in samples}
    changes = {type: {field.path: field.changed for field in of_type} for type, of_type in fields.items()}
    stack.up(life.program(changes))
    assert life.requests() == UPDATES
    after = {
        type: {field.wire: field.on_wire(life.resolved(field.changed)) for field in of_type if field.is_shown}
        for type, of_type in fields.items()
    }
    for sample in samples:
        life.assert_shown(sample, after[sample.type])

    drifted = set()
    for sample in samples:
        others = {f.wire: life.resolved(f.drifted) for f in fields[sample.type] if f.drifted}
        others = {wire: value for wire, value in others.items() if value != after[sample.type][wire]}
        id = ids_in_state(stack, sample.type)[NAMES[sample.type]]
        life.account.change(sample, others, id)
        drifted |= {f.path.partition(".")[0] for f in fields[sample.type] if f.wire in others}
    go_along = {field.path for of_type in fields.values() for field in of_type if field.drifted is None}
    shown = shown_arguments(stack.refresh())
    assert plain_host or shown - go_along == drifted
    life.requests()
    stack.up()
    writes = {method: count for method, count in UPDATES.items() if method != "GET"}
    assert Counter(life.account.new_writes()) == writes
    for sample in samples:
        life.assert_shown(sample, after[sample.type])
    stack.up(None, "--refresh", "--expect-no-changes")
    assert life.account.new_writes() == []

    said = stack.destroy()
    assert life.requests() == DELETES
    assert "warning" not in said
    for sample in samples:
        assert stack.resources(token(sample.type)) == []
        if sample.setting and sample.maximal["on_destroy"] == "restore":
            life.assert_shown(sample, sample.setting.others)
        else:
            assert life.account.objects(sample.type).keys() <= life.objects_of_others
