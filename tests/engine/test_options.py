"""What others manage: values that `ignore_changes` leaves to them, and objects that `.get()` only shows."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import (
    ORCHESTRATOR,
    VOICE,
    WEBHOOKS,
    Code,
    ids_in_state,
    name_of_class,
    resource,
    support,
)
from tests.engine.stack import ACCOUNT, Stack
from tests.promises import proves
from tests.samples import by_type
from tests.samples.sample import at

SAMPLES = by_type()
METHOD = "configuration.callnotification.method"
TIMEOUTS = "channelSettings.SMS.statusTimeouts"


def ignoring(text: str, minutes: int) -> str:
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


def get(type: str, name: str, id: str) -> str:
    """A statement that looks an object up."""
    return f"{name} = {name_of_class(type)}.get({name!r}, {id!r})\n"


@proves(
    "diff.ignore-changes",
    "update.overwritten-drift-is-warned-of",
    "read.get",
    "claims.never-deleted-for-another",
)
def test_ignored_values_stay_as_others_have_them_and_get_shows_objects_without_touching_them(
    stack: Stack, emulator: Emulator
) -> None:
    account = Account.of(stack, emulator)
    desk, sales = account.add(SAMPLES[VOICE], {}), account.add(SAMPLES[ORCHESTRATOR], {})
    gets = get(VOICE, "seen", Code("voice.configuration_id")) + get(VOICE, "desk", desk)
    gets += get(ORCHESTRATOR, "sales", sales)
    gets += (
        'pulumi.export("shown", [desk.account_sid, desk.unique_name, desk.description, sales.description])\n'
    )

    stack.up(ignoring("first", 10) + gets)
    assert stack.outputs()["shown"] == [ACCOUNT, "theirs", None, "Customer support"]
    ids = {**ids_in_state(stack, VOICE), **ids_in_state(stack, ORCHESTRATOR)}
    assert ids == {
        "voice": ids["voice"],
        "seen": ids["voice"],
        "desk": desk,
        "team": ids["team"],
        "sales": sales,
    }

    theirs = {"inactive": 98, "closed": 99}
    account.change(SAMPLES[VOICE], {METHOD: "GET"}, ids["voice"])
    account.change(SAMPLES[ORCHESTRATOR], {TIMEOUTS: theirs, "memoryExtractionEnabled": True}, ids["team"])
    account.change(SAMPLES[WEBHOOKS], {"method": "GET"})
    account.change(SAMPLES[VOICE], {"description": "by hand"}, desk)
    account.change(SAMPLES[ORCHESTRATOR], {"description": "by hand"}, sales)
    account.new_requests()

    def assert_written_but_for_what_is_ignored(text: str) -> None:
        assert sorted(account.new_writes()) == ["POST", "PUT", "PUT"]
        voice, team = account.objects(VOICE)[ids["voice"]], account.objects(ORCHESTRATOR)[ids["team"]]
        assert (voice["description"], at(voice, METHOD)) == (text, "GET")
        assert (team["description"], at(team, TIMEOUTS)) == (text, theirs)
        assert team["memoryExtractionEnabled"] is True
        assert account.only(WEBHOOKS)["method"] == "GET"
        assert account.only(WEBHOOKS)["post_webhook_url"] == f"https://desk.example.com/{text}"

    said = stack.up(ignoring("second", 11) + gets)
    assert_written_but_for_what_is_ignored("second")
    assert f"{ids['team']} was changed outside of this program since the last update" in said

    stack.up(ignoring("third", 12) + gets, "--refresh")
    assert_written_but_for_what_is_ignored("third")
    assert stack.outputs()["shown"] == [ACCOUNT, "theirs", "by hand", "by hand"]
    assert {**ids_in_state(stack, VOICE), **ids_in_state(stack, ORCHESTRATOR)} == ids

    stack.up(ignoring("third", 12))
    assert account.new_writes() == []
    assert account.objects(VOICE)[desk]["description"] == "by hand"
    assert account.objects(ORCHESTRATOR)[sales]["description"] == "by hand"
    stack.assert_settled()
