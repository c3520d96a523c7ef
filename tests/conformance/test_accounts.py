"""An object is managed only with the credentials of its own account and endpoint; refusals are explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from pulumi_switchboard.emulator.faults import Answer

from tests.conformance.driver import CallError, Resource
from tests.conformance.vendor import ACCOUNT, ENDPOINT, TOKEN, ULTRAVOX_KEY, Vendor
from tests.conformance.verbs import error_of
from tests.conformance.world import SETTINGS, World, each_object, each_sample, each_setting, world
from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample

OTHER_ACCOUNT = "AC" + "2" * 32
OTHER_ENDPOINT = "https://vendors.example.com"
Verb = Callable[[World, Resource], object]
VERBS: dict[str, Verb] = {
    "diff": lambda world, resource: world.engine.preview(resource),
    "update": lambda world, resource: world.engine.up(resource),
    "read": lambda world, resource: world.engine.refresh(resource),
    "delete": lambda world, resource: world.engine.destroy(resource),
}
each_with_an_account = pytest.mark.parametrize(
    "sample", [sample for sample in every() if sample.account], ids=lambda sample: sample.type
)


def edited(world: World) -> Resource:
    """The maximal resource with another value of its first field."""
    field = world.sample.fields[0]
    return world.changed(world.maximal, {field.path: field.changed})


def assert_each_verb_stops(world: World, *texts: str) -> None:
    """No verb sends a request or changes state, and each says these texts."""
    state, sent = world.engine.saved, world.vendor.sent
    for name, verb in VERBS.items():
        with pytest.raises(CallError) as stopped:
            verb(world, edited(world))
        assert [text for text in texts if text not in str(stopped.value)] == [], name
        assert world.engine.saved == state, name
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

    assert_each_verb_stops(world, ENDPOINT, OTHER_ENDPOINT, "another account or endpoint")


@each_with_an_account
@proves("guard.foreign-api-key")
def test_an_answer_of_another_account_stops_each_verb_before_a_write(world: World) -> None:
    world.engine.up(world.maximal)
    state = world.engine.saved
    shown = world.vendor.request("GET", world.sample.path_of(next(iter(world.objects))))
    shown[world.sample.account] = OTHER_ACCOUNT

    for name in ("update", "read"):
        writes = world.vendor.writes()
        answer = world.vendor.inject(f"GET {world.sample.item}", Answer(200, json=shown))
        with answer, pytest.raises(CallError, match=f"they belong to {OTHER_ACCOUNT}"):
            VERBS[name](world, edited(world))
        assert (world.vendor.writes(), world.engine.saved) == (writes, state), name


@each_sample
@pytest.mark.parametrize("status", [401, 403])
@proves("error.refused-credentials")
def test_refused_credentials_are_explained_and_nothing_leaves_state(world: World, status: int) -> None:
    def assert_refused(verb: Verb) -> None:
        state = world.engine.saved
        with world.vendor.inject("*", Answer(status), times=None), pytest.raises(CallError) as refused:
            verb(world, edited(world))
        message = str(refused.value)
        assert f"HTTP {status}" in message
        assert "use the credentials saved by the last `pulumi up`" in message
        assert "--run-program" in message
        assert world.engine.saved == state

    assert_refused(VERBS["update"])
    world.engine.up(world.maximal)
    for name in ("update", "read", "delete"):
        assert_refused(VERBS[name])
    world.is_settled(world.maximal)


@each_sample
@proves("credentials.missing")
def test_without_credentials_a_preview_says_what_is_missing_and_sends_nothing(sample: Sample) -> None:
    with world(sample) as made:
        made.engine.settings = {"switchboard:endpoint": ENDPOINT}
        sent = made.vendor.sent
        with pytest.raises(CallError, match=r"there (is|are) no .*(credentials|key)") as missing:
            made.engine.up(made.maximal)
        assert "in the stack's configuration, or" in str(missing.value)
        assert made.vendor.sent == sent
        assert made.engine.saved is None


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


@each_with_an_account
@proves("guard.foreign-api-key", "lost.refusal-adds-nothing")
def test_a_create_with_an_api_key_of_another_account_leaves_nothing_behind(world: World) -> None:
    theirs = Account(world.vendor)
    world.engine.settings = with_api_key_of(OTHER_ACCOUNT)
    error = error_of(lambda: world.engine.up(world.maximal))
    assert world.objects == {}
    if error is None:
        (made,) = theirs.objects(world.sample.type).values()
        assert world.sample.account not in made, "the vendor has shown whose it is"
        return
    assert f"they belong to {OTHER_ACCOUNT}" in error or "does not exist in account" in error
    assert theirs.objects(world.sample.type).keys() <= {OTHER_ACCOUNT}
    assert world.engine.saved is None
    assert [write.split()[0] for write in world.vendor.writes()] in ([], ["POST", "DELETE"])


@each_object
@proves("guard.foreign-api-key")
def test_what_can_not_be_removed_again_from_another_account_is_named(world: World) -> None:
    theirs = Account(world.vendor)
    world.engine.settings = with_api_key_of(OTHER_ACCOUNT)
    fault = world.vendor.inject(f"DELETE {world.sample.item}", Answer(403))
    error = error_of(lambda: world.engine.up(world.maximal))
    fault.remove(may_be_idle=True)
    ((left, made),) = theirs.objects(world.sample.type).items()
    if error is None:
        assert world.sample.account not in made, "the vendor has shown whose it is"
        return
    assert f"{left} was made there, and could not be deleted" in error
    assert f"delete {left} there" in error
    assert world.engine.saved is None


@each_setting
@pytest.mark.parametrize("is_overruled", [False, True], ids=["program", "environment"])
@proves("guard.foreign-api-key", "setting.destroy-or-fail")
def test_a_setting_of_another_account_is_never_reset(
    world: World, monkeypatch: pytest.MonkeyPatch, *, is_overruled: bool
) -> None:
    setting, theirs = world.sample.setting, Account(world.vendor)
    assert setting is not None
    if not world.sample.account:
        return
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


@each_setting
def test_where_no_answer_shows_the_account_what_another_one_lacks_leaves_state_with_a_warning(
    world: World,
) -> None:
    if world.sample.account:
        return
    world.engine.up(world.maximal)
    world.engine.settings = {**SETTINGS, "ultravox:apiKey": f"efgh5678.{ULTRAVOX_KEY.partition('.')[2]}"}
    world.engine.refresh(world.maximal)
    assert world.engine.saved is None
    assert "leaves state" in world.engine.warnings[-1]
    world.shows(world.sample.shown)
