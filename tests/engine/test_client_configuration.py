"""The life of a Voice client configuration, as a user sees it."""

from __future__ import annotations

from tests.engine.stack import ACCOUNT, Stack
from tests.engine.vendor import Vendor

PROGRAM = """
    support = twilio.voice.ClientConfiguration(
        "support",
        description="Rings the desk",
        call_notification={"url": "https://desk.example.com/calls"},
    )
    pulumi.export("id", support.configuration_id)
    pulumi.export("name", support.unique_name)
    pulumi.export("account", support.account_sid)
    pulumi.export("notification", support.call_notification)
"""


def test_create_makes_one_object_and_exports_what_the_vendor_says(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)

    client = vendor.only_client()
    assert stack.outputs() == {
        "id": client["id"],
        "name": client["unique_name"],
        "account": ACCOUNT,
        "notification": {"method": "POST", "url": "https://desk.example.com/calls"},
    }
    assert client["unique_name"].startswith("support-")
    assert client["description"] == "Rings the desk"
    assert vendor.new_writes() == ["POST"]
    (resource,) = stack.resources()
    assert isinstance(resource["inputs"]["__provider"], str), "the provider's reference is no secret"
    stack.assert_settled()
    stack.destroy()
    assert vendor.clients() == {}
    assert vendor.new_writes() == ["DELETE"]


def test_update_changes_the_object_in_place_rename_included(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    before = vendor.only_client()
    vendor.new_writes()

    stack.up("""
        twilio.voice.ClientConfiguration(
            "support",
            unique_name="front-desk",
            call_notification={"url": "https://desk.example.com/v2", "method": "GET"},
        )
    """)

    assert vendor.new_writes() == ["PUT"]
    assert vendor.only_client() == {
        **before,
        "unique_name": "front-desk",
        "description": None,
        "configuration": {
            "configurationType": "Client",
            "callnotification": {"url": "https://desk.example.com/v2", "method": "GET"},
        },
        "date_updated": vendor.only_client()["date_updated"],
    }
    stack.assert_settled()


def test_a_name_that_is_no_longer_given_stays(stack: Stack, vendor: Vendor) -> None:
    stack.up("""
        twilio.voice.ClientConfiguration(
            "support", unique_name="mine", call_notification={"url": "https://a.example.com"}
        )
    """)

    stack.up("""
        twilio.voice.ClientConfiguration("support", call_notification={"url": "https://a.example.com"})
    """)

    assert vendor.only_client()["unique_name"] == "mine"
    stack.assert_settled()


def test_drift_in_every_field_is_shown_by_refresh_and_repaired_by_up(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    before = vendor.only_client()
    vendor.change_client(
        before["id"],
        unique_name="by-hand",
        description="by hand",
        url="https://else.example.com",
        method="GET",
    )

    refreshed = stack.refresh()
    shown = stack.preview()
    vendor.new_requests()
    stack.up()

    for text in (refreshed, shown):
        assert '"Rings the desk"' in text
        assert '"by hand"' in text
        assert '"by-hand"' in text
        assert '"https://else.example.com"' in text
        assert 'method: "GET"' in text
    assert vendor.new_writes() == ["PUT"]
    assert vendor.only_client() == {**before, "date_updated": vendor.only_client()["date_updated"]}
    stack.assert_settled()


def test_what_was_deleted_behind_our_back_is_made_anew(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    lost = vendor.only_client()["id"]
    vendor.delete_client(lost)

    stack.refresh()
    assert stack.ids() == set()
    stack.up()

    assert stack.ids() == set(vendor.clients())
    assert lost not in vendor.clients()
    stack.assert_settled()


def test_an_update_of_what_is_gone_says_how_to_go_on(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    vendor.delete_client(vendor.only_client()["id"])

    said = stack.up(PROGRAM.replace("Rings the desk", "Rings"), fails=True)

    assert "is gone: it was deleted outside of this program" in said
    assert "pulumi up --refresh" in said
    stack.up(None, "--refresh")
    assert stack.ids() == set(vendor.clients())
    stack.assert_settled()


def test_delete_of_what_is_gone_succeeds(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    vendor.delete_client(vendor.only_client()["id"])

    stack.destroy()

    assert stack.resources() == []
