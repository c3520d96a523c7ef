"""The life of every type, in one program, with the real CLI, in our host and the plain one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

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


FIELDS = {sample.type: sample.changeable for sample in every()}
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

    def create(self) -> dict[str, str]:
        """Create all resources; returns the warnings by type."""
        told = warnings(self.stack.up(self.program({})))
        assert self.requests() == CREATES
        for sample in every():
            self.assert_shown(sample, sample.shown)
            self.assert_outputs(sample)
        return {type: told.get(name, "") for type, name in NAMES.items()}

    def update(self) -> None:
        """Change each argument that does not replace the resource."""
        self.stack.up(
            self.program({t: {field.path: field.changed for field in found} for t, found in FIELDS.items()})
        )
        assert self.requests() == UPDATES
        self.assert_updated()

    def assert_updated(self) -> None:
        """The vendor shows the values of the update."""
        for sample in every():
            self.assert_shown(sample, self.updated(sample))

    def updated(self, sample: Sample) -> Bag:
        """The wire values of the update, as far as the vendor shows them."""
        return {field.wire: field.on_wire(self.resolved(field.changed)) for field in FIELDS[sample.type]}

    def drift(self) -> set[str]:
        """Let others change each argument that the vendor shows; returns the names of those."""
        drifted = set()
        for sample in every():
            others = {f.wire: self.resolved(f.drifted) for f in FIELDS[sample.type] if f.drifted}
            others = {wire: value for wire, value in others.items() if value != self.updated(sample)[wire]}
            id = ids_in_state(self.stack, sample.type)[NAMES[sample.type]]
            self.account.change(sample, others, id)
            drifted |= {f.path.partition(".")[0] for f in FIELDS[sample.type] if f.wire in others}
        return drifted

    def destroy(self) -> None:
        """Nothing is left but what others have and had."""
        said = self.stack.destroy()
        assert self.requests() == DELETES
        assert "warning" not in said
        for sample in every():
            assert self.stack.resources(token(sample.type)) == []
            if sample.setting and sample.maximal["on_destroy"] == "restore":
                self.assert_shown(sample, sample.setting.others)
            else:
                assert self.account.objects(sample.type).keys() <= self.objects_of_others


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
)
def test_resources_of_every_type_are_created_updated_repaired_and_destroyed(
    stack: Stack, emulator: Emulator
) -> None:
    life = Life(stack, emulator)
    told = life.create()
    for sample in every():
        assert ("this resource takes over" in told[sample.type]) == (sample.setting is not None)
    life.update()

    drifted = life.drift()
    go_along = {field.path for of_type in FIELDS.values() for field in of_type if field.drifted is None}
    assert shown_arguments(stack.refresh()) - go_along == drifted
    life.requests()
    stack.up()
    writes = {method: count for method, count in UPDATES.items() if method != "GET"}
    assert Counter(life.account.new_writes()) == writes
    life.assert_updated()
    stack.up(None, "--refresh", "--expect-no-changes")
    assert life.account.new_writes() == []
    life.destroy()


@proves("process.plain-host")
def test_a_plain_host_does_all_but_talk_to_the_user(stack: Stack, emulator: Emulator) -> None:
    stack.environment["SWITCHBOARD_PLAIN_HOST"] = "1"
    life = Life(stack, emulator)
    assert set(life.create().values()) == {""}
    life.update()
    stack.up(None, "--refresh", "--expect-no-changes")
    assert life.account.new_writes() == []
    life.destroy()
