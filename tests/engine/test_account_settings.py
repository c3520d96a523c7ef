"""Account settings in the engine's hands: renames, moves, replacements, and several accounts."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.account import Account
from tests.engine.programs import (
    DEFAULT,
    TELEPHONY,
    WEBHOOKS,
    component,
    ids_in_state,
    resource,
    token,
    urn,
    warnings,
)
from tests.engine.stack import ACCOUNT, OTHER, Stack
from tests.promises import proves
from tests.samples import by_type
from tests.samples.sample import at

SAMPLES = by_type()
NOUNS = {
    DEFAULT: "the account's default client configuration",
    WEBHOOKS: "the account's Conversations webhook configuration",
    TELEPHONY: "the Ultravox account's Twilio telephony",
}
TEAM = "proof:index:Team"
SHORT = "custom_timeouts=pulumi.CustomTimeouts(create='50s')"
NEVER = 10_000
"""More seconds to wait than a call has that has only a `SHORT` time, so that it ends at once."""


class Settings:
    """The account settings of all types: what others had set, and what the program says."""

    def __init__(self, stack: Stack, emulator: Emulator) -> None:
        self.stack, self.account = stack, Account.of(stack, emulator)
        stack.secrets += SAMPLES[TELEPHONY].secrets
        prepared = SAMPLES[DEFAULT].prepare(self.account)
        self.arguments: dict[str, dict[str, Any]] = {
            DEFAULT: {"configuration_id": prepared["<first>"]},
            WEBHOOKS: {"post_webhook_url": "https://desk.example.com/ours", "method": "POST"},
            TELEPHONY: {**SAMPLES[TELEPHONY].minimal, "on_destroy": "reset"},
        }
        self.theirs: dict[str, dict[str, Any]] = {
            DEFAULT: {"configuration_id": prepared["<third>"]},
            WEBHOOKS: {"post_webhook_url": "https://desk.example.com/theirs", "method": "GET"},
        }
        for type, values in self.theirs.items():
            self.account.change(SAMPLES[type], values)

    def program(self, name: str, options: str = "") -> str:
        """All account settings, in resources of this name with a number."""
        return "".join(
            resource(type, f"{name}-{number}", arguments, options.replace("NUMBER", str(number)))
            for number, (type, arguments) in enumerate(self.arguments.items())
        )

    def replace(self, name: str, parent: str = "") -> list[str]:
        """The options with which these resources are replaced."""
        urns = [urn(self.stack, type, f"{name}-{number}", parent) for number, type in enumerate(NOUNS)]
        return [part for urn in urns for part in ("--replace", urn)]

    def names(self) -> set[str]:
        """The names of the resources in state, without their numbers."""
        return {name[:-2] for type in self.arguments for name in ids_in_state(self.stack, type)}

    def assert_ours(self, name: str) -> None:
        """State has only resources of this name, and all settings are as the program says."""
        assert self.names() == {name}
        for type in (DEFAULT, WEBHOOKS):
            self.assert_has(type, self.arguments[type])
        assert self.account.only(TELEPHONY)["accountSid"] == self.arguments[TELEPHONY]["account_sid"]

    def assert_has(self, type: str, values: dict[str, Any]) -> None:
        """The account setting has these values."""
        shown = self.account.only(type)
        assert {name: at(shown, name) for name in values} == values

    def assert_original_is_known(self) -> None:
        """State has what others had set as the default."""
        (default,) = self.stack.resources(token(DEFAULT))
        original = self.theirs[DEFAULT]["configuration_id"]
        assert default["outputs"]["previous_configuration_id"] == original

    def assert_left(self, said: str, old: str, new: str, parent: str) -> None:
        """The resources of the old name have left the settings to those of the new one, with a warning."""
        told = warnings(said)
        for number, (type, noun) in enumerate(NOUNS.items()):
            holder = urn(self.stack, type, f"{new}-{number}", parent)
            assert f"{noun} is left as it is: it is managed as {holder} now" in told[f"{old}-{number}"]
        assert self.account.new_writes() == []


@proves(
    "claims.never-deleted-for-another",
    "claims.given-up-is-deleted",
    "claims.announced",
    "setting.once-per-account",
    "setting.restore",
    "setting.unknown-original",
    "setting.destroy-or-fail",
)
def test_new_names_a_new_parent_and_replacements_leave_all_settings_as_they_are_and_say_so(
    stack: Stack, emulator: Emulator
) -> None:
    settings = Settings(stack, emulator)
    twice = resource(WEBHOOKS, "other", settings.arguments[WEBHOOKS], "depends_on=[main_1]")
    stack.write(settings.program("main") + twice)
    said = stack.preview(fails=True)
    first = urn(stack, WEBHOOKS, "main-1")
    assert f"{NOUNS[WEBHOOKS]} is managed by two resources; the other one is {first}" in said
    assert "remove one of them from the program" in said

    stack.up(settings.program("main"))
    settings.account.new_requests()
    said = stack.up(settings.program("named", 'aliases=[pulumi.Alias(name="main-NUMBER")]'))
    assert "warning" not in said
    assert settings.account.new_requests() == []
    settings.assert_original_is_known()

    stack.up(settings.program("named", "delete_before_replace=True"), *settings.replace("named"))
    assert sorted(settings.account.new_writes()) == ["DELETE", *["POST"] * 5]
    settings.assert_ours("named")
    settings.assert_original_is_known()

    said = stack.up(component(settings.program("moved")))
    told = warnings(said)
    for number, noun in enumerate(NOUNS.values()):
        announced = f"{noun} is as the program says already: this resource manages it from now on"
        assert announced in told[f"moved-{number}"]
    settings.assert_left(said, "named", "moved", TEAM)
    settings.assert_left(stack.up(None, *settings.replace("moved", TEAM)), "moved", "moved", TEAM)
    settings.assert_ours("moved")

    # The take-over of the new resources fails, and with this option the old ones are deleted anyway.
    broken = Answer(503, retry_after=NEVER)
    faults = [emulator.inject(f"GET {SAMPLES[type].collection}", broken, nth=2) for type in NOUNS]
    said = stack.up(settings.program("renamed", SHORT), "--continue-on-error", fails=True)
    assert [fault.fired for fault in faults] == [1, 1, 1]
    settings.assert_left(said, "moved", "renamed", "")
    assert settings.names() == set()
    stack.up()
    assert settings.account.new_writes() == []
    settings.assert_ours("renamed")
    stack.assert_settled()

    said = stack.destroy()
    for type in (DEFAULT, WEBHOOKS):
        assert f"{NOUNS[type]} is left as it is in" in said
        settings.assert_has(type, settings.arguments[type])
    assert said.partition("Diagnostics:")[2].count("what was there before is not known") == 2
    assert settings.account.new_writes() == ["DELETE"], "that of the telephony, which is reset"


@proves("credentials.second-account", "setting.restore")
def test_another_account_has_its_own_setting_and_a_move_to_another_provider_needs_a_second_run(
    stack: Stack, emulator: Emulator
) -> None:
    """Each provider has a process of its own, and knows nothing of what another has just taken over."""
    settings, others = Settings(stack, emulator), Account(emulator, OTHER)
    ours, theirs = settings.arguments[WEBHOOKS], settings.theirs[WEBHOOKS]
    others.change(SAMPLES[WEBHOOKS], theirs)
    providers = 'import os\ntoken = os.environ["TWILIO_AUTH_TOKEN"]\n' + "".join(
        f'{name} = Provider("{name}", twilio_account_sid="{sid}", twilio_auth_token=token)\n'
        for name, sid in (("one", ACCOUNT), ("two", ACCOUNT), ("other", OTHER))
    )
    elsewhere = providers + resource(WEBHOOKS, "elsewhere", ours, "provider=other")
    stack.up(elsewhere + resource(WEBHOOKS, "main", ours, "provider=one"))
    settings.assert_has(WEBHOOKS, ours)
    assert {name: others.only(WEBHOOKS)[name] for name in ours} == ours

    stack.up(providers + resource(WEBHOOKS, "renamed", ours, "provider=two"))
    settings.assert_has(WEBHOOKS, theirs)
    assert {name: others.only(WEBHOOKS)[name] for name in theirs} == theirs
    stack.up(None, "--refresh")
    settings.assert_has(WEBHOOKS, ours)
    stack.assert_settled()
