"""The real CLI and the driver play a scenario, and record what each command did in one form."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pulumi_switchboard.emulator import Emulator

from tests.conformance.resource import Bag, CallError, Resource, Saved
from tests.conformance.world import World, new_world
from tests.engine.account import Account
from tests.engine.programs import token
from tests.engine.stack import ROOT, Stack
from tests.programs import write_program
from tests.samples.sample import having, resolved
from tests.traces.normalised import SECRET, Normaliser
from tests.traces.scenario import Scenario, Step

OPERATION_TIME = 0.5
PROGRAM = """
import json
from operator import attrgetter
from pathlib import Path

import pulumi
import pulumi_switchboard

told = json.loads((Path.cwd().parent / "resource.json").read_text())
arguments = {
    name: pulumi.Output.secret(value) if name in told["secrets"] else value
    for name, value in told["arguments"].items()
}
attrgetter(told["class"])(pulumi_switchboard)(
    told["name"],
    pulumi.ResourceOptions(
        ignore_changes=told["ignore_changes"],
        import_=told["import_"],
        delete_before_replace=told["delete_before_replace"] or None,
        replace_on_changes=told["replace_on_changes"],
        custom_timeouts=pulumi.CustomTimeouts(told["timeout"], told["timeout"], told["timeout"]),
    ),
    **arguments,
)
"""
HOST = """
cd {root} && exec {python} -u -m tests.traces.recorder {calls} "$@"
"""


def play(scenario: Scenario, player: Cli | Driver) -> list[Bag]:
    """What each command of the scenario did: the calls to the provider, and the state after it."""
    told = []
    normalised = Normaliser()
    for step in scenario.steps:
        faults = [player.emulator.inject(at, action) for at, action in step.faults.items()]
        calls = player.do(step)
        for fault in faults:
            assert fault.fired or step.fails is None
            fault.remove(may_be_idle=True)
        if calls is not None:
            lines = [normalised.call(**call) for call in calls]
            told.append({"command": step.does, "calls": lines, "state": normalised(player.state())})
    return told


@dataclass
class Driver:
    """Plays with the driver, in virtual time."""

    world: World

    @property
    def emulator(self) -> Emulator:
        """The vendors."""
        return self.world.vendor.emulator

    def do(self, step: Step) -> list[Bag] | None:
        """Take a step; returns the calls of a command."""
        world_ = self.world
        match step.does:
            case "change":
                world_.change_outside(step.changes)
            case "remove":
                world_.remove_outside()
            case "add":
                world_.prepared = {**world_.prepared, "<added>": world_.add_outside(step.changes)}
            case _:
                return self._command(step)
        return None

    def _command(self, step: Step) -> list[Bag]:
        engine, sample = self.world.engine, self.world.sample
        arguments = having(sample.maximal, step.changes)
        resource = self.world.resource(arguments, **self.world.resolved(step.options))
        before = len(engine.steps)
        try:
            getattr(engine, step.does)(resource)
        except CallError:
            assert step.fails in (True, None)
        else:
            assert step.fails in (False, None)
        return [
            {"verb": call.verb, "request": call.request, "answer": call.answer, "error": call.error}
            for call in engine.steps[before:]
        ]

    def state(self) -> Bag | None:
        """What is kept of the resource."""
        saved = self.world.engine.saved
        return None if saved is None else _state(saved)


def _state(saved: Saved) -> Bag:
    """The resource in the form of the state file: what is secret is only marked."""
    inputs = {**saved.inputs, **dict.fromkeys(saved.secret_inputs & saved.inputs.keys(), SECRET)}
    outputs = {**saved.outputs, **dict.fromkeys(saved.secret_outputs & saved.outputs.keys(), SECRET)}
    errors = list(saved.errors)
    return {
        "id": saved.id,
        "inputs": inputs,
        "outputs": outputs,
        **({"initErrors": errors} if errors else {}),
        **({"pendingReplacement": True} if saved.is_deleted else {}),
    }


@contextmanager
def driver(scenario: Scenario) -> Iterator[Driver]:
    """The driver, at an emulator in this process."""
    with new_world(scenario.sample, operation_time=OPERATION_TIME) as made:
        yield Driver(made)


@dataclass
class Cli:
    """Plays with the real CLI."""

    scenario: Scenario
    stack: Stack
    account: Account
    prepared: dict[str, str] = field(default_factory=dict)
    seen: int = 0
    """How many calls have been looked at."""

    @property
    def emulator(self) -> Emulator:
        """The vendors."""
        return self.account.emulator

    @property
    def calls(self) -> Path:
        """The file with the calls."""
        return self.stack.folder.parent / "calls.jsonl"

    def do(self, step: Step) -> list[Bag] | None:
        """Take a step; returns the calls of a command."""
        sample, account = self.scenario.sample, self.account
        match step.does:
            case "change":
                account.change(sample, resolved(step.changes, self.prepared))
            case "remove":
                sample.remove(account, next(iter(account.objects(sample.type)), ""))
            case "add":
                self.prepared["<added>"] = account.add(sample, step.changes)
            case _:
                self._write(step)
                self._run(step)
                lines = self.calls.read_text().splitlines()[self.seen :] if self.calls.exists() else []
                self.seen += len(lines)
                return [json.loads(line) for line in lines]
        time.sleep(2 * OPERATION_TIME if sample.is_long_running else 0)
        return None

    def state(self) -> Bag | None:
        """What is kept of the resource."""
        resources = self.stack.resources(token(self.scenario.type))
        members = ("id", "inputs", "outputs", "initErrors", "pendingReplacement")
        return next(({name: item[name] for name in members if name in item} for item in resources), None)

    def _run(self, step: Step) -> None:
        options = ["--diff"] if step.does == "preview" else ["--yes", "--skip-preview"]
        self.stack.run(step.does, *options, fails=step.fails)

    def _write(self, step: Step) -> None:
        """Write what the program reads."""
        arguments = having(self.scenario.sample.maximal, step.changes)
        resource = Resource(
            self.scenario.type, **resolved({"arguments": arguments, **step.options}, self.prepared)
        )
        module, _, name = resource.type.partition(":")
        told = {**vars(resource), "class": f"{module.replace('/', '.')}.{name}"}
        told["timeout"] = f"{resource.timeout}s" if resource.timeout else None
        (self.stack.folder.parent / "resource.json").write_text(json.dumps(told))


@contextmanager
def cli(scenario: Scenario, folder: Path) -> Iterator[Cli]:
    """The real CLI, at an emulator of its own, in a new folder."""
    with Emulator(operation_time=OPERATION_TIME if scenario.sample.is_long_running else 0.0) as emulator:
        stack = Stack(folder / "stack", emulator.url)
        stack.create()
        stack.secrets += scenario.sample.secrets
        player = Cli(scenario, stack, Account.of(stack, emulator))
        _record_calls(stack, player.calls)
        stack.write(PROGRAM, head=False)
        player.prepared = dict(scenario.sample.prepare(player.account))
        yield player


def _record_calls(stack: Stack, calls: Path) -> None:
    """Put the recorder in the place of the SDK's provider host."""
    host = HOST.format(root=ROOT, python=stack.python, calls=calls)
    write_program(stack.folder / "host" / "pulumi-resource-pulumi-python", host)
    with (stack.folder / "Pulumi.yaml").open("a") as project:
        project.write("plugins:\n  providers:\n    - name: pulumi-python\n      path: ./host\n")
