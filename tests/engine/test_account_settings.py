"""Account settings in the engine's hands: renames, moves, replacements, options, and several accounts."""

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
    urn,
    warnings,
)
from tests.engine.stack import ACCOUNT, Stack
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import at

SAMPLES = {sample.type: sample for sample in every() if sample.setting}
NOUNS = {
    DEFAULT: "the account's default client configuration",
    WEBHOOKS: "the account's Conversations webhook configuration",
    TELEPHONY: "the Ultravox account's Twilio telephony",
}
OTHER = "AC" + "2" * 32
SHORT = "custom_timeouts=pulumi.CustomTimeouts(create='50s')"
NEVER = 10_000
"""More seconds to wait than a call has that has only a `SHORT` time, so that it ends at once."""
PLACES = {type: sample.collection for type, sample in SAMPLES.items()}


class Settings:
    """The account settings of all types: what others had set, and what the program says."""

    def __init__(self, stack: Stack, emulator: Emulator) -> None:
        self.stack = stack
        self.account = Account.of(stack, emulator)
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

    def names(self) -> list[str]:
        """The names of the resources in state."""
        return sorted(name for type in self.arguments for name in ids_in_state(self.stack, type))

    def are_ours(self) -> None:
        """All are as the program says."""
        for type in (DEFAULT, WEBHOOKS):
            self.has(type, self.arguments[type])
        assert self.account.only(TELEPHONY)["accountSid"] == self.arguments[TELEPHONY]["account_sid"]

    def has(self, type: str, values: dict[str, Any]) -> None:
        """The account setting has these values."""
        shown = self.account.only(type)
        assert {name: at(shown, name) for name in values} == values


@proves(
    "claims.never-deleted-for-another",
    "claims.announced",
    "setting.unknown-original",
    "setting.destroy-or-fail",
)
def test_a_new_name_a_new_parent_and_a_replacement_leave_all_settings_as_they_are_and_say_so(
    stack: Stack, emulator: Emulator
) -> None:
    settings = Settings(stack, emulator)
    stack.up(settings.program("main"))
    settings.account.new_requests()
    aliases = 'aliases=[pulumi.Alias(name="main-NUMBER")]'

    said = stack.up(settings.program("named", aliases))
    assert "warning" not in said
    assert settings.account.new_requests() == []
    (default,) = stack.resources(f"pulumi-python:dynamic/{DEFAULT}")
    assert default["outputs"]["previous_configuration_id"] == settings.theirs[DEFAULT]["configuration_id"]

    def assert_left(said: str, parent: str = "") -> None:
        told = "\n".join(warnings(said).values())
        for number, (type, noun) in enumerate(NOUNS.items()):
            assert f"{noun} is as the program says already: this resource manages it from now on" in told
            holder = urn(stack, type, f"renamed-{number}", parent)
            assert f"{noun} is left as it is: it is managed as {holder} now" in told
        assert settings.account.new_writes() == []
        settings.are_ours()
        assert settings.names() == ["renamed-0", "renamed-1", "renamed-2"]

    assert_left(stack.up(settings.program("renamed")))
    team = "proof:index:Team"
    assert_left(stack.up(component(settings.program("renamed"))), team)
    replaced = [urn(stack, type, f"renamed-{number}", team) for number, type in enumerate(NOUNS)]
    arguments = [argument for name in replaced for argument in ("--replace", name)]
    assert_left(stack.up(None, *arguments), team)
    stack.assert_settled()
    settings.account.new_requests()

    said = stack.destroy()
    for type in (DEFAULT, WEBHOOKS):
        assert f"{NOUNS[type]} is left as it is in" in said
        settings.has(type, settings.arguments[type])
    assert said.partition("Diagnostics:")[2].count("what was there before is not known") == 2
    assert settings.account.new_writes() == ["DELETE"], "that of the telephony, which is reset"


@proves("claims.never-deleted-for-another", "setting.destroy-or-fail")
def test_a_new_name_whose_take_over_fails_leaves_the_setting_alone_even_if_the_rest_goes_on(
    stack: Stack, emulator: Emulator
) -> None:
    settings = Settings(stack, emulator)
    settings.arguments[DEFAULT]["on_destroy"] = "reset"
    del settings.arguments[TELEPHONY]
    stack.up(settings.program("main"))
    settings.account.new_requests()
    broken = Answer(503, retry_after=NEVER)

    faults = [emulator.inject(f"GET {PLACES[type]}", broken, nth=2) for type in settings.arguments]
    said = stack.up(settings.program("renamed", SHORT), "--continue-on-error", fails=True)

    assert [fault.fired for fault in faults] == [1, 1]
    for number, type in enumerate(settings.arguments):
        left = f"{NOUNS[type]} is left as it is: it is managed as {urn(stack, type, f'renamed-{number}')} now"
        assert left in warnings(said)[f"main-{number}"]
    assert settings.account.new_writes() == []
    assert settings.names() == []
    stack.up()
    assert settings.names() == ["renamed-0", "renamed-1"]
    assert settings.account.new_writes() == []
    for type, arguments in settings.arguments.items():
        settings.has(type, {name: value for name, value in arguments.items() if name != "on_destroy"})
    stack.assert_settled()


@proves("setting.once-per-account", "setting.restore", "claims.given-up-is-deleted")
def test_settings_obey_protect_retain_on_delete_and_delete_before_replace(
    stack: Stack, emulator: Emulator
) -> None:
    settings = Settings(stack, emulator)
    other = resource(WEBHOOKS, "other", settings.arguments[WEBHOOKS], "depends_on=[ours_1]")
    stack.write(settings.program("ours") + other)
    said = stack.preview(fails=True)
    first = urn(stack, WEBHOOKS, "ours-1")
    assert f"{NOUNS[WEBHOOKS]} is managed by two resources, the other one is {first}" in said
    assert "remove one of them from the program" in said
    assert settings.account.new_writes() == []

    stack.up(settings.program("ours", "protect=True"))
    settings.account.new_requests()
    assert "protect" in stack.destroy(fails=True)
    assert settings.names() == ["ours-0", "ours-1", "ours-2"]
    assert settings.account.new_writes() == []

    replaced = [urn(stack, type, f"ours-{number}") for number, type in enumerate(NOUNS)]
    arguments = [argument for name in replaced for argument in ("--replace", name)]
    stack.up(settings.program("ours", "delete_before_replace=True"), *arguments)
    assert sorted(settings.account.new_writes()) == ["DELETE", *["POST"] * 5]
    settings.are_ours()
    stack.assert_settled()
    (default,) = stack.resources(f"pulumi-python:dynamic/{DEFAULT}")
    assert default["outputs"]["previous_configuration_id"] == settings.theirs[DEFAULT]["configuration_id"]

    stack.up(settings.program("ours", "retain_on_delete=True"))
    stack.destroy()
    assert settings.names() == []
    assert settings.account.new_writes() == []
    settings.are_ours()


@proves("credentials.second-account", "setting.restore")
def test_another_account_has_its_own_setting_and_a_move_to_another_provider_needs_a_second_run(
    stack: Stack, emulator: Emulator
) -> None:
    """Each provider has a process of its own, and knows nothing of what another has just taken over."""
    settings = Settings(stack, emulator)
    others = Account(emulator, OTHER)
    sample = SAMPLES[WEBHOOKS]
    others.change(sample, settings.theirs[WEBHOOKS])
    ours = settings.arguments[WEBHOOKS]
    providers = 'import os\ntoken = os.environ["TWILIO_AUTH_TOKEN"]\n' + "".join(
        f'{name} = Provider("{name}", twilio_account_sid="{sid}", twilio_auth_token=token)\n'
        for name, sid in (("one", ACCOUNT), ("two", ACCOUNT), ("other", OTHER))
    )
    elsewhere = resource(WEBHOOKS, "elsewhere", ours, "provider=other")
    stack.up(providers + elsewhere + resource(WEBHOOKS, "main", ours, "provider=one"))
    settings.has(WEBHOOKS, ours)
    assert {name: others.only(WEBHOOKS)[name] for name in ours} == ours

    stack.up(providers + elsewhere + resource(WEBHOOKS, "renamed", ours, "provider=two"))
    settings.has(WEBHOOKS, settings.theirs[WEBHOOKS])
    stack.up(None, "--refresh")
    settings.has(WEBHOOKS, ours)
    stack.assert_settled()

    stack.destroy("--target", urn(stack, WEBHOOKS, "elsewhere"))
    assert {name: others.only(WEBHOOKS)[name] for name in ours} == settings.theirs[WEBHOOKS]
    settings.has(WEBHOOKS, ours)
