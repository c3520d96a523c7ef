"""An object is managed only with the credentials of its own account and endpoint; refusals are explained."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.resource import CallError
from tests.conformance.vendor import ACCOUNT, ENDPOINT, OTHER_ACCOUNT, TOKEN, ULTRAVOX_KEY, Vendor
from tests.conformance.verbs import edited, error_of
from tests.conformance.world import SETTINGS, World, each, each_sample, each_with_an_account, new_world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample

OTHER_ENDPOINT = "https://vendors.example.com"
FOREIGN_KEY = {
    "twilio:accountSid": ACCOUNT,
    "twilio:apiKey": OTHER_ACCOUNT.replace("AC", "SK"),
    "twilio:apiSecret": "secret-of-a-foreign-key",
    "switchboard:endpoint": ENDPOINT,
}


def assert_each_verb_stops(world: World, *texts: str) -> None:
    """No verb sends a request or changes state, and each says these texts."""
    state, sent = world.engine.saved, world.vendor.sent
    for command in ("preview", "up", "refresh", "destroy"):
        error = error_of(getattr(world.engine, command), edited(world))
        assert [text for text in texts if text not in error] == [], command
        assert world.engine.saved == state, command
    assert world.vendor.sent == sent


@each_with_an_account
@proves("guard.other-account-stops")
def test_credentials_of_another_account_stop_each_verb_before_a_request(world: World) -> None:
    world.engine.up(world.maximal)
    before = world.object
    world.engine.settings = {**SETTINGS, "twilio:accountSid": OTHER_ACCOUNT}
    assert_each_verb_stops(world, f"in account {ACCOUNT}", f"for account {OTHER_ACCOUNT}", "another stack")
    assert world.object == before


@each_sample
@proves("guard.other-endpoint-stops")
def test_another_endpoint_stops_each_verb_before_a_request(world: World) -> None:
    world.engine.up(world.maximal)
    world.engine.settings = {**SETTINGS, "switchboard:endpoint": OTHER_ENDPOINT}
    assert_each_verb_stops(world, "at http://localhost", OTHER_ENDPOINT, "another account or endpoint")


@each_sample
@proves("endpoint.same-account")
def test_another_port_or_spelling_of_this_machine_is_the_same_account(world: World) -> None:
    world.engine.up(world.maximal)
    for endpoint in ("http://localhost:1", "http://[::1]:2", "http://127.1.2.3"):
        world.engine.settings = {**SETTINGS, "switchboard:endpoint": endpoint}
        assert world.engine.preview(world.maximal) == "same"
    saved = world.engine.saved
    assert saved is not None
    for spelling in ("http://localhost", "http://127.0.0.1:4747", "http://[::1]:8080"):
        origin = {**saved.outputs["_origin"], "endpoint": spelling}
        world.engine.saved = replace(saved, outputs={**saved.outputs, "_origin": origin})
        world.engine.settings = SETTINGS
        world.is_settled(world.maximal)


@each_with_an_account
@proves("guard.foreign-api-key")
def test_an_answer_of_another_account_stops_each_verb_before_a_write(world: World) -> None:
    world.engine.up(world.maximal)
    state = world.engine.saved
    shown = world.vendor.request("GET", world.sample.path_of(next(iter(world.objects))))
    shown[world.sample.account] = OTHER_ACCOUNT
    for command in (world.engine.up, world.engine.refresh):
        since = world.now
        with world.vendor.inject(f"GET {world.sample.item}", Answer(200, json=shown)):
            assert f"they belong to {OTHER_ACCOUNT}" in error_of(command, edited(world))
        assert (world.vendor.writes(since), world.engine.saved) == ([], state), command


@each_sample
@proves("credentials.missing")
def test_without_credentials_a_preview_says_what_is_missing_and_sends_nothing(world: World) -> None:
    world.engine.settings = {"switchboard:endpoint": ENDPOINT}
    error = error_of(world.engine.up, world.maximal)
    assert re.search(r"there (is|are) no .*(credentials|key)", error)
    assert re.search(r"`pulumi config set --secret \w+:\w+`, or set [A-Z_ and]+ in the environment", error)
    assert world.vendor.sent == 0
    assert world.engine.saved is None


@each(sample for sample in every() if sample.setting is None and sample.account)
@proves("guard.foreign-api-key")
def test_what_a_key_of_another_account_has_created_is_removed_again_or_named(sample: Sample) -> None:
    for is_removed in (True, False):
        with new_world(sample) as world:
            world.add_outside()
            if sample.account not in world.object:
                return  # the vendor does not say in which account an object is: nobody can tell
            world.remove_outside()
            world.engine.settings = FOREIGN_KEY
            refusal = world.vendor.inject(f"DELETE {sample.item}", Answer(403), times=None)
            if is_removed:
                refusal.remove(may_be_idle=True)
            error = error_of(world.engine.up, world.minimal)
            assert world.engine.saved is None
            assert f"they belong to {OTHER_ACCOUNT}" in error
            assert FOREIGN_KEY["twilio:apiSecret"] not in error
            assert [request.partition(" ")[0] for request in world.vendor.writes()] == ["POST", "DELETE"]
            world.clock.advance(60.0)
            assert world.objects == {}
            left = world.vendor.objects(sample.type, OTHER_ACCOUNT)
            assert len(left) == (not is_removed)
            for id in left:
                assert f"{id} was created there, and could not be deleted: " in error
                assert f"delete {id} there" in error


@dataclass(frozen=True)
class Account:
    """Another account at the vendor, and what its owner does there."""

    vendor: Vendor
    sid: str = OTHER_ACCOUNT

    def request(self, method: str, path: str, *, json: Any = None, form: Any = None) -> Any:
        """See `Outside`."""
        return self.vendor.request(method, path, json=json, form=form, account=self.sid)

    def objects(self, type: str) -> dict[str, Any]:
        """See `Outside`."""
        return self.vendor.objects(type, self.sid)


def with_api_key_of(account: str) -> dict[str, str]:
    """Settings that name the account of the tests, with an API key of this one."""
    given = {name: value for name, value in SETTINGS.items() if name != "twilio:authToken"}
    return {**given, "twilio:apiKey": account.replace("AC", "SK", 1), "twilio:apiSecret": TOKEN}


@each(sample for sample in every() if sample.setting is not None and sample.account)
@pytest.mark.parametrize("is_overruled", [False, True], ids=["program", "environment"])
@proves("guard.foreign-api-key", "setting.destroy-or-fail")
def test_a_setting_of_another_account_is_never_reset(
    world: World, monkeypatch: pytest.MonkeyPatch, *, is_overruled: bool
) -> None:
    setting, theirs = world.sample.setting, Account(world.vendor)
    assert setting is not None
    policy = "retain" if is_overruled else "reset"
    world.engine.up(world.changed(world.maximal, {"on_destroy": policy}))
    others = replace(world, prepared=world.sample.prepare(theirs)).resolved(setting.others)
    world.sample.change(theirs, "", others)
    before = (world.object, theirs.objects(world.sample.type), world.engine.saved, world.vendor.writes())
    if is_overruled:
        monkeypatch.setenv("SWITCHBOARD_ON_DESTROY", "reset")

    world.engine.settings = with_api_key_of(OTHER_ACCOUNT)
    for command in (world.engine.destroy, world.engine.refresh, world.engine.up):
        with pytest.raises(CallError, match=f"they belong to {OTHER_ACCOUNT}"):
            command(edited(world))
        now = (world.object, theirs.objects(world.sample.type), world.engine.saved, world.vendor.writes())
        assert now == before


@each_with_an_account
@proves("credentials.one-source", "secret.nowhere-in-plain")
def test_an_api_key_does_what_the_auth_token_does(world: World) -> None:
    world.engine.up(world.maximal)
    world.engine.settings = with_api_key_of(ACCOUNT)
    world.is_settled(world.maximal)
    assert world.engine.up(edited(world)) == "update"
    world.engine.destroy(edited(world))
    world.engine.up(world.maximal)
    world.shows(world.sample.shown)


@each(sample for sample in every() if sample.setting is not None and not sample.account)
def test_where_no_answer_shows_the_account_what_another_one_lacks_leaves_state_with_a_warning(
    world: World,
) -> None:
    world.engine.up(world.maximal)
    world.engine.settings = {**SETTINGS, "ultravox:apiKey": f"efgh5678.{ULTRAVOX_KEY.partition('.')[2]}"}
    world.engine.refresh(world.maximal)
    assert world.engine.saved is None
    assert "leaves state" in world.engine.warnings[-1]
    world.shows(world.sample.shown)
