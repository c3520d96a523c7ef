"""`ignore_changes`: what the program leaves to others stays as they have it, with and without a refresh."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import ORCHESTRATOR, VOICE, WEBHOOKS, ids_in_state, resource, support
from tests.engine.stack import Stack
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import at

SAMPLES = {sample.type: sample for sample in every()}
METHOD = "configuration.callnotification.method"
TIMEOUTS = "channelSettings.SMS.statusTimeouts"


def program(text: str, minutes: int) -> str:
    """A resource of three types, each with something that is ignored and something that is not."""
    voice = {"description": text, "call_notification": {"url": f"https://desk.example.com/{text}"}}
    channels = {"SMS": {"status_timeouts": {"inactive": minutes, "closed": 30}}}
    webhooks = {"method": "POST", "post_webhook_url": f"https://desk.example.com/{text}"}
    in_channel = "ignore_changes=['channel_settings[\"SMS\"].status_timeouts', 'memory_extraction_enabled']"
    return (
        resource(VOICE, "voice", voice, 'ignore_changes=["call_notification.method"]')
        + support("team", text, in_channel, channel_settings=channels)
        + resource(WEBHOOKS, "webhooks", webhooks, 'ignore_changes=["method"]')
    )


@proves("diff.ignore-changes", "update.overwritten-drift-is-warned-of")
def test_ignored_values_stay_as_others_have_them(stack: Stack, emulator: Emulator) -> None:
    account = Account.of(stack, emulator)
    stack.up(program("first", 10))
    ids = {**ids_in_state(stack, VOICE), **ids_in_state(stack, ORCHESTRATOR)}
    account.change(SAMPLES[VOICE], {METHOD: "GET"})
    theirs = {"inactive": 98, "closed": 99}
    account.change(SAMPLES[ORCHESTRATOR], {TIMEOUTS: theirs, "memoryExtractionEnabled": True})
    account.change(SAMPLES[WEBHOOKS], {"method": "GET"})
    account.new_requests()

    def assert_written_but_for_what_is_ignored(text: str) -> None:
        assert sorted(account.new_writes()) == ["POST", "PUT", "PUT"]
        voice, team = account.only(VOICE), account.only(ORCHESTRATOR)
        assert (voice["description"], at(voice, METHOD)) == (text, "GET")
        assert (team["description"], at(team, TIMEOUTS)) == (text, theirs)
        assert team["memoryExtractionEnabled"] is True
        assert account.only(WEBHOOKS)["method"] == "GET"
        assert account.only(WEBHOOKS)["post_webhook_url"] == f"https://desk.example.com/{text}"

    said = stack.up(program("second", 11))
    assert_written_but_for_what_is_ignored("second")
    assert f"{ids['team']} was changed outside of this program since the last update" in said

    stack.refresh()
    stack.up(program("third", 12))
    assert_written_but_for_what_is_ignored("third")
    assert {**ids_in_state(stack, VOICE), **ids_in_state(stack, ORCHESTRATOR)} == ids
    stack.assert_settled()
