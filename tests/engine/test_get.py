"""Looking up a Voice client configuration that someone else manages."""

from __future__ import annotations

from tests.engine.stack import ACCOUNT, Stack
from tests.engine.vendor import Vendor

PROGRAM = """
    desk = twilio.voice.ClientConfiguration.get("desk", "{id}")
    pulumi.export("id", desk.configuration_id)
    pulumi.export("name", desk.unique_name)
    pulumi.export("description", desk.description)
    pulumi.export("account", desk.account_sid)
    pulumi.export("notification", desk.call_notification)
"""


def test_get_shows_what_is_there_and_never_touches_it(stack: Stack, vendor: Vendor) -> None:
    id = vendor.add_client("front-desk", "https://desk.example.com/calls")
    before = vendor.only_client()

    stack.up(PROGRAM.format(id=id))

    assert stack.outputs() == {
        "id": id,
        "name": "front-desk",
        "account": ACCOUNT,
        "notification": {"method": "POST", "url": "https://desk.example.com/calls"},
    }
    assert stack.ids() == {id}
    vendor.change_client(id, description="by hand")
    stack.refresh()
    stack.up()
    assert stack.outputs()["description"] == "by hand"
    stack.assert_settled()
    stack.destroy()
    assert vendor.new_writes() == []
    assert stack.resources() == []
    assert vendor.only_client() == {
        **before,
        "description": "by hand",
        "date_updated": vendor.only_client()["date_updated"],
    }


def test_get_of_what_this_program_manages_changes_nothing_for_it(stack: Stack, vendor: Vendor) -> None:
    stack.up("""
        support = twilio.voice.ClientConfiguration(
            "support", call_notification={"url": "https://a.example.com"}
        )
        twilio.voice.ClientConfiguration.get("seen", support.configuration_id)
    """)

    stack.refresh()
    stack.assert_settled()

    assert vendor.new_writes() == ["POST"]
    assert stack.ids() == set(vendor.clients())


def test_get_of_what_vanished_since_the_last_up_is_an_error(stack: Stack, vendor: Vendor) -> None:
    id = vendor.add_client("front-desk")
    stack.up(PROGRAM.format(id=id))
    vendor.delete_client(id)

    said = stack.up(fails=True)

    assert f"{id} does not exist in account {ACCOUNT}" in said
    stack.up("")
    assert stack.resources() == []
    assert vendor.new_writes() == []
    stack.assert_settled()


def test_get_of_what_is_no_id_says_what_to_look_for(stack: Stack, vendor: Vendor) -> None:
    id = vendor.add_client("front-desk")
    missing = "voice_configuration_00000000000000000000000000"

    said = stack.up(PROGRAM.format(id=missing), fails=True)
    assert f"{missing} does not exist in account {ACCOUNT}" in said
    assert "check the id" in said
    assert stack.resources() == []

    said = stack.up(PROGRAM.format(id="front-desk"), fails=True)
    assert "front-desk is not the id of a configuration" in said
    assert f"the configuration of this name has the id {id}" in said
    assert stack.resources() == []

    stack.up(PROGRAM.format(id=id))
    assert stack.ids() == set(vendor.clients()) == {id}
    assert vendor.new_writes() == []
    stack.assert_settled()
