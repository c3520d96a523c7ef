"""Kills of the CLI and the provider process at named points, with all types in one program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold, Injected, Operation, Stall

from tests.engine.account import Account
from tests.engine.processes import Command, assert_no_provider_is_left, providers, wait_for_the_end_of
from tests.engine.programs import (
    ALL_AT_ONCE,
    CLIENTS,
    CONFIGURATIONS,
    DEFAULT,
    ORCHESTRATOR,
    TELEPHONY,
    VOICE,
    WEBHOOKS,
    assert_one_each,
    desk,
    ids_in_state,
    resource,
    support,
    warnings,
)
from tests.engine.stack import Stack
from tests.promises import proves
from tests.samples import by_type
from tests.samples.sample import at, resolved

Kill = Callable[[Command], None]
SAMPLES = by_type()
EDITS = {"same": "second", "edited": "third"}
"""Each resource is there twice: the next run finds one as in the killed run, and one edited."""
DESK_POINTS = ("old-unsent", "old-done", "new-unsent", "new-done", "new-unsaved")
SUPPORT_POINTS = tuple(
    f"{which}-{point}" for which in ("old", "new") for point in ("unsent", "done", "waiting", "shown")
)
"""Where creates and updates are held: before the request, after it, while the operation runs, at the end."""


def named(prefix: str, points: tuple[str, ...], start: str = "") -> dict[str, str]:
    """The names of the resources at these points, and the texts of the run after the killed one."""
    chosen = [point for point in points if point.startswith(start)]
    return {f"{prefix}-{point}-{edit}": text for point in chosen for edit, text in EDITS.items()}


DESKS, SUPPORTS = named("desk", DESK_POINTS), named("team", SUPPORT_POINTS)
SETTINGS: dict[str, tuple[str, Callable[[str], dict[str, Any]]]] = {
    DEFAULT: ("configuration_id", lambda text: {"configuration_id": f"<{text}>"}),
    WEBHOOKS: ("post_webhook_url", lambda text: {"post_webhook_url": f"https://desk.example.com/{text}"}),
    TELEPHONY: (
        "requestContextMapping.From",
        lambda text: {**SAMPLES[TELEPHONY].minimal, "on_destroy": "reset", **_mapped(text)},
    ),
}
"""A wire path of each account setting, and its arguments by a text."""


def _mapped(text: str) -> dict[str, Any]:
    return {"request_context_mapping": {"From": text}}


class Story:
    """A stack with all types, and one of the account settings that is new in the killed run."""

    def __init__(self, stack: Stack, emulator: Emulator, new_setting: str) -> None:
        self.stack, self.emulator, self.new_setting = stack, emulator, new_setting
        self.account = Account.of(stack, emulator)
        self.prepared = SAMPLES[DEFAULT].prepare(self.account)
        self.account.change(SAMPLES[DEFAULT], {"configuration_id": self.prepared["<third>"]})
        self.account.change(SAMPLES[WEBHOOKS], {"post_webhook_url": "https://desk.example.com/theirs"})

    def program(self, texts: Mapping[str, str], setting: str, settings: Iterable[str] = SETTINGS) -> str:
        """The resources with these texts, and the account settings with this one."""
        made = [(desk if name in DESKS else support)(name, text) for name, text in texts.items()]
        for type in settings:
            arguments = resolved(SETTINGS[type][1](setting), self.prepared)
            made.append(resource(type, type.partition(":")[2], arguments))
        return "".join(made)

    def assert_as_programmed(self, texts: Mapping[str, str], setting: str) -> None:
        """There is one object for each resource with its text, and the account settings are these."""
        desks = {name: text for name, text in texts.items() if name in DESKS}
        supports = {name: text for name, text in texts.items() if name in SUPPORTS}
        assert_one_each(self.stack, self.emulator, ORCHESTRATOR, supports)
        assert_one_each(self.stack, self.emulator, VOICE, desks, besides=self.prepared.values())
        for type in SETTINGS:
            self.assert_setting(type, setting)

    def assert_setting(self, type: str, text: str) -> None:
        """The account setting is as the program says with this text, or as others had set it."""
        shown = at(self.account.only(type), SETTINGS[type][0])
        wanted = {DEFAULT: self.prepared.get(f"<{text}>"), TELEPHONY: text}
        assert shown == wanted.get(type, f"https://desk.example.com/{text}")

    def points_of_creates_and_updates(self) -> list[Injected]:
        """Hold each create and update at its point."""
        inject, hold_before, hold_after = self.emulator.inject, Hold("before"), Hold("after")
        create, update = f"POST {CONFIGURATIONS}", f"PUT {CONFIGURATIONS}/{{id}}"
        points = []
        for edit in EDITS:
            team, place = f'"team-{{}}-{edit}"', f"desk-{{}}-{edit}"
            odd = Answer(201, json=[], after=True)
            inject(f"POST {CLIENTS}", odd, where=place.format("new-unsaved"))
            unsaved = place.format("new-unsaved")
            points += [
                inject(f"GET {CLIENTS}/{{name}}", hold_after, where=unsaved, nth=2, times=None),
                inject(f"POST {CLIENTS}", hold_before, where=place.format("new-unsent"), times=None),
                inject(f"POST {CLIENTS}", hold_after, where=place.format("new-done"), times=None),
                inject(f"PUT {CLIENTS}/{{id}}", hold_before, where=place.format("old-unsent"), times=None),
                inject(f"PUT {CLIENTS}/{{id}}", hold_after, where=place.format("old-done"), times=None),
                inject(create, hold_before, where=team.format("new-unsent"), times=None),
                inject(create, hold_after, where=team.format("new-done"), times=None),
                inject(update, hold_before, where=team.format("old-unsent"), times=None),
                inject(update, hold_after, where=team.format("old-done"), times=None),
            ]
        for name, id in ids_in_state(self.stack, ORCHESTRATOR).items():
            look = f"GET {CONFIGURATIONS}/{id}"
            if "old-shown" in name:
                points.append(inject(look, hold_after, nth=2, times=None))
            inject(look, Stall(seconds=0), times=1 if "old-shown" in name else None)
        look = f"GET {CONFIGURATIONS}/{{id}}"
        points += [inject(look, hold_after, nth=len(EDITS)), inject(look, hold_after, times=None)]
        for type in SETTINGS:
            is_changed = type == TELEPHONY != self.new_setting
            points.append(self._write(type, "PATCH" if is_changed else "POST"))
        return points

    def pending_writes(self) -> list[Injected]:
        """Let the operations of some creates and updates go on until they are released."""
        return [
            self.emulator.inject(place, Operation("PENDING"), where=f'"team-{point}-{edit}"')
            for place, point in (
                (f"POST {CONFIGURATIONS}", "new-waiting"),
                (f"PUT {CONFIGURATIONS}/{{id}}", "old-waiting"),
            )
            for edit in EDITS
        ]

    def points_of_deletes(self) -> list[Injected]:
        """Hold each delete at its point."""
        points = []
        for type, place in ((VOICE, CLIENTS), (ORCHESTRATOR, CONFIGURATIONS)):
            for name, id in ids_in_state(self.stack, type).items():
                delete = f"DELETE {place}/{id}"
                if "unsent" in name:
                    points.append(self.emulator.inject(delete, Hold("before"), times=None))
                elif "done" in name:
                    points.append(self.emulator.inject(delete, Hold("after"), times=None))
                elif "waiting" in name:
                    points.append(self.emulator.inject(delete, Operation("PENDING")))
                elif "shown" in name:
                    points.append(self.emulator.inject(f"GET {place}/{id}", Hold("after"), times=None))
        return points + [
            self._write(type, "DELETE" if type == TELEPHONY else "POST")
            for type in SETTINGS
            if type == TELEPHONY or type != self.new_setting
        ]

    def _write(self, type: str, method: str) -> Injected:
        return self.emulator.inject(f"{method} {SAMPLES[type].collection}", Hold("after"), times=None)

    def kill(self, verb: str, kill: Kill, points: list[Injected]) -> None:
        """Run a command, and kill it when every point is reached; afterwards nothing of it is left.

        No request that is held goes on before: a provider process that still lived would hear of it.
        """
        command = self.stack.start(verb, "--yes", "--skip-preview", *ALL_AT_ONCE)
        for point in points:
            point.wait()
        alive = providers(self.stack.folder)
        kill(command)
        self.stack.assert_clean(command.output())
        wait_for_the_end_of(alive)
        assert_no_provider_is_left(self.stack.folder)
        for point in points:
            point.remove(may_be_idle=True)
        if kill is not Command.kill_provider:
            self.stack.run("cancel", "--yes")


@proves(
    "lost.crash-at-any-step",
    "lost.create-found-again",
    "lost.update-settled",
    "identity.object-of-its-own",
    "keys.derived",
    "claims.announced",
    "setting.unknown-original",
    "process.ends",
)
@pytest.mark.parametrize(
    ("kill", "new_setting"),
    [
        pytest.param(Command.kill_cli, WEBHOOKS, id="the CLI"),
        pytest.param(Command.kill_provider, DEFAULT, id="the provider process"),
        pytest.param(Command.kill_both, TELEPHONY, id="both"),
    ],
)
def test_after_a_kill_the_next_run_ends_with_one_object_for_each_resource(
    stack: Stack, emulator: Emulator, kill: Kill, new_setting: str
) -> None:
    story = Story(stack, emulator, new_setting)
    account = story.account
    old = {name: "first" for name in (*DESKS, *SUPPORTS) if "-old-" in name}
    kept_settings = [type for type in SETTINGS if type != new_setting]
    stack.up(story.program(old, "first", kept_settings), *ALL_AT_ONCE)
    before = ids_in_state(stack, ORCHESTRATOR)

    stack.write(story.program(dict.fromkeys((*DESKS, *SUPPORTS), "second"), "second"))
    pending = story.pending_writes()
    story.kill("up", kill, [*story.points_of_creates_and_updates(), *pending])
    done = len([name for name in DESKS if "-new-unsent-" not in name])
    assert len(account.objects(VOICE)) == done + len(story.prepared)
    account.new_requests()

    # The operations outlive the kill: a further update of the object is refused until its own is over.
    refused = emulator.inject(
        f"PUT {CONFIGURATIONS}/{{id}}", Stall(seconds=0, point="after"), where="team-old-waiting-edited"
    )
    texts = {**DESKS, **SUPPORTS}
    stack.write(story.program(texts, "second"))
    command = stack.start("up", "--yes", "--skip-preview", *ALL_AT_ONCE)
    refused.wait()
    for fault in pending:
        fault.release()
    said = command.output()

    assert command.process.returncode == 0, said
    stack.assert_clean(said)
    asked = account.new_requests()
    assert asked.count("POST /v2/Configurations/Client") == len(EDITS), "those that were never sent"
    assert asked.count("POST /v2/ControlPlane/Configurations") == len(SUPPORTS) / 2, "all with their old keys"
    told = warnings(said)
    for name in texts:
        is_taken_up = "-new-" in name and "unsent" not in name
        assert ("was created for this resource" in told.get(name, "")) == is_taken_up, (name, told)
    stack.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--expect-no-changes")
    story.assert_as_programmed(texts, "second")
    assert ids_in_state(stack, ORCHESTRATOR).items() > before.items()
    stack.assert_settled()

    story.kill("destroy", kill, story.points_of_deletes())
    if kill is Command.kill_both:
        stack.up(None, "--refresh", *ALL_AT_ONCE)
        story.assert_as_programmed(texts, "second")
    stack.destroy(*ALL_AT_ONCE)

    assert account.objects(ORCHESTRATOR) == {}
    assert set(account.objects(VOICE)) == set(story.prepared.values())
    for type, theirs in ((DEFAULT, "third"), (WEBHOOKS, "theirs")):
        story.assert_setting(type, theirs if type != new_setting else "second")
    assert account.objects(TELEPHONY) == {}
