"""`ignore_changes`: what the program does not care about is left to others, also under drift."""

from __future__ import annotations

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

PATHS = {
    "text": "description",
    "cleared": "description",
    "method": "call_notification.method",
    "all": "call_notification",
}
PROGRAM = f"""
    for name, path in {PATHS!r}.items():
        twilio.voice.ClientConfiguration(
            name,
            pulumi.ResourceOptions(ignore_changes=[path]),
            unique_name=name,
            description="Rings the desk",
            call_notification={{"url": "https://desk.example.com/calls"}},
        )
"""
EDITED = f"""
    for name, path in {PATHS!r}.items():
        twilio.voice.ClientConfiguration(
            name,
            pulumi.ResourceOptions(ignore_changes=[path]),
            unique_name=name + "-2",
            description="Rings",
            call_notification={{"url": "https://desk.example.com/v2"}},
        )
"""


def _drift(vendor: Vendor) -> None:
    vendor.change_client(vendor.client_named("text")["id"], description="by hand")
    vendor.change_client(vendor.client_named("cleared")["id"], description=None)
    vendor.change_client(vendor.client_named("method")["id"], method="GET")
    vendor.change_client(vendor.client_named("all")["id"], url="https://else.example.com", method="GET")


def _assert_edited_but_for_what_is_ignored(vendor: Vendor) -> None:
    shown = {
        client["unique_name"]: (
            client["description"],
            client["configuration"]["callnotification"]["url"],
            client["configuration"]["callnotification"]["method"],
        )
        for client in vendor.clients().values()
    }
    assert shown == {
        "text-2": ("by hand", "https://desk.example.com/v2", "POST"),
        "cleared-2": (None, "https://desk.example.com/v2", "POST"),
        "method-2": ("Rings", "https://desk.example.com/v2", "GET"),
        "all-2": ("Rings", "https://else.example.com", "GET"),
    }


def test_ignored_drift_is_no_change_and_outlives_an_update_after_a_refresh(
    stack: Stack, vendor: Vendor
) -> None:
    stack.up(PROGRAM)
    _drift(vendor)
    vendor.new_writes()

    stack.refresh()
    stack.assert_settled()
    stack.up()
    assert vendor.new_writes() == []

    stack.up(EDITED)
    assert vendor.new_writes() == ["PUT"] * len(PATHS)
    _assert_edited_but_for_what_is_ignored(vendor)
    assert stack.ids() == set(vendor.clients())
    stack.assert_settled()


def test_ignored_drift_outlives_an_update_that_did_not_know_of_it(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    _drift(vendor)
    vendor.new_writes()

    stack.up(EDITED)

    assert vendor.new_writes() == ["PUT"] * len(PATHS)
    _assert_edited_but_for_what_is_ignored(vendor)
    assert stack.ids() == set(vendor.clients())
    stack.assert_settled()
