"""The default client configuration beside others: what it points to, second resources, other accounts."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.defaults import NOUN, default, managed, options, urn
from tests.engine.stack import ACCOUNT, Stack
from tests.engine.vendor import Vendor

OTHER = "AC" + "2" * 32
DESK = """
    desk = twilio.voice.ClientConfiguration(
        "{name}", {more} call_notification={{"url": "https://a.example.com"}}
    )
    twilio.voice.DefaultClientConfiguration("default", configuration_id=desk.configuration_id)
"""
SEEN = """
    default = twilio.voice.DefaultClientConfiguration.get("default", "{id}")
    pulumi.export("now", default.configuration_id)
    pulumi.export("account", default.account_sid)
    pulumi.export("previous", default.previous_configuration_id)
"""


def test_what_it_points_to_goes_after_it_where_the_vendor_deletes_no_default(stack: Stack) -> None:
    with Emulator(switches=Switches(voice_delete_of_default="refuse")) as emulator:
        stack.endpoint, vendor = emulator.url, Vendor(emulator)
        old = vendor.add_client("old")
        vendor.set_default(old)
        stack.write(DESK.format(name="desk", more=""))
        said = stack.preview()
        assert f'configuration_id: "{old}" -> what is known during the update only' in said
        assert vendor.new_writes() == []

        stack.up()
        first = vendor.default()
        stack.up(DESK.format(name="front", more='unique_name="front",'))
        assert vendor.default() == vendor.client_named("front")["id"] != first
        assert first not in vendor.clients()
        stack.assert_settled()

        again = DESK.format(
            name="front",
            more='unique_name="front", opts=pulumi.ResourceOptions(delete_before_replace=True),',
        )
        said = stack.up(again, "--replace", stack.urn("front"), fails=True)
        assert "The configuration is the default of the account" in said

        stack.destroy()
        assert vendor.default() == old
        assert list(vendor.clients()) == [old]


def test_what_it_points_to_can_be_deleted_before_it_is_replaced(stack: Stack, vendor: Vendor) -> None:
    named = DESK.format(
        name="desk", more='unique_name="desk", opts=pulumi.ResourceOptions(delete_before_replace=True),'
    )
    stack.up(named)
    first = vendor.default()
    vendor.new_writes()

    stack.up(None, "--replace", stack.urn("desk"))

    assert vendor.new_writes() == ["DELETE", "POST", "POST"]
    assert vendor.default() == vendor.only_client()["id"] == managed(stack) != first
    stack.assert_settled()


def test_two_resources_are_refused_by_the_preview_and_wrong_ids_by_name(stack: Stack, vendor: Vendor) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")
    vendor.set_default(old)

    stack.write(default(new) + default(old, name="second"))
    said = stack.preview(fails=True)
    assert "is managed by two resources, the other one is" in said
    assert {urn(stack), urn(stack, "second")} & set(said.split())

    said = stack.up(default("new"), fails=True)
    assert "new is not the id of a configuration" in said
    assert f"the configuration of this name has the id {new}: use that" in said

    said = stack.up(default(new, options('import_="something"')), fails=True)
    assert f"something is not the id of {NOUN}" in said
    assert f"its id is {ACCOUNT}: use that" in said
    assert managed(stack) is None
    assert vendor.new_writes() == []
    assert vendor.default() == old

    stack.up(default(new, options(f'import_="{ACCOUNT}"')))
    assert vendor.new_writes() == ["POST"]
    stack.assert_settled()
    stack.destroy()
    assert vendor.default() == old


def test_it_can_be_looked_up_and_is_never_touched_by_that(stack: Stack, vendor: Vendor) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")

    said = stack.up(SEEN.format(id=ACCOUNT), fails=True)
    assert f"{NOUN} does not exist in account {ACCOUNT}" in said

    vendor.set_default(old)
    said = stack.up(SEEN.format(id=old), fails=True)
    assert f"{old} is not the id of {NOUN}" in said
    assert managed(stack) is None

    stack.up(SEEN.format(id=ACCOUNT))
    assert stack.outputs() == {"now": old, "account": ACCOUNT}
    vendor.set_default(new)
    stack.up()
    assert managed(stack) == new
    stack.assert_settled()
    stack.destroy()
    assert vendor.default() == new
    assert vendor.new_writes() == []


def test_another_account_is_refused_before_a_request(stack: Stack, vendor: Vendor) -> None:
    new, theirs = vendor.add_client("new"), vendor.add_client("theirs", account=OTHER)
    stack.environment["TWILIO_API_KEY"] = "SK" + "2" * 32
    stack.environment["TWILIO_API_SECRET"] = stack.secret("canary-of-the-key")
    said = stack.up(default(theirs), fails=True)
    assert f"the credentials are not those of account {ACCOUNT}: they belong to {OTHER}" in said
    assert managed(stack) is None
    assert vendor.default(OTHER) is None
    del stack.environment["TWILIO_API_KEY"], stack.environment["TWILIO_API_SECRET"]

    stack.up(default(new))
    vendor.new_requests()
    stack.environment["TWILIO_ACCOUNT_SID"] = OTHER
    for said in (
        stack.up(fails=True),
        stack.refresh(fails=True),
        stack.destroy(fails=True),
    ):
        assert f"the object is in account {ACCOUNT} at {stack.endpoint}" in said
    assert vendor.new_requests() == []
    assert managed(stack) == new == vendor.default()

    del stack.environment["TWILIO_ACCOUNT_SID"]
    stack.assert_settled()


def test_a_key_of_another_account_does_not_unset_the_default_of_that_one(
    stack: Stack, vendor: Vendor
) -> None:
    new, theirs = vendor.add_client("new"), vendor.add_client("theirs", account=OTHER)
    vendor.set_default(theirs, OTHER)
    stack.up(default(new, 'on_destroy="reset"'))
    vendor.new_writes()
    settings = dict(stack.environment)
    stack.environment["TWILIO_API_KEY"] = "SK" + "2" * 32
    stack.environment["TWILIO_API_SECRET"] = stack.secret("canary-of-the-key")

    said = stack.destroy(fails=True)

    assert f"the credentials are not those of account {ACCOUNT}: they belong to {OTHER}" in said
    assert vendor.new_writes() == []
    assert (vendor.default(), vendor.default(OTHER)) == (new, theirs)
    assert managed(stack) == new
    stack.environment = settings
    stack.destroy()
    assert (vendor.default(), vendor.default(OTHER)) == (None, theirs)
