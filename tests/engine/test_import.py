"""Taking over a Voice client configuration that exists, with `opts.import_`."""

from __future__ import annotations

from tests.engine.stack import ACCOUNT, Stack
from tests.engine.vendor import Vendor

IMPORTED = """
    twilio.voice.ClientConfiguration(
        "support",
        pulumi.ResourceOptions(import_="{id}"),
        unique_name="front-desk",
        call_notification={{"url": "https://desk.example.com/calls"}},
    )
"""
PLAIN = IMPORTED.replace('pulumi.ResourceOptions(import_="{id}")', "None").format()
OTHER = """
    twilio.voice.ClientConfiguration(
        "other", call_notification={"url": "https://desk.example.com/calls"}
    )
"""


def test_import_of_an_identical_object_writes_nothing(stack: Stack, vendor: Vendor) -> None:
    id = vendor.add_client("front-desk", "https://desk.example.com/calls")
    before = vendor.only_client()

    said = stack.up(IMPORTED.format(id=id))

    assert f"{id} existed already: this resource manages it from now on" in said
    assert stack.ids() == {id}
    stack.assert_settled()
    stack.up(PLAIN)
    assert stack.ids() == {id}
    stack.assert_settled()
    assert vendor.new_writes() == []
    assert vendor.only_client() == before


def test_import_of_another_object_brings_it_to_the_program_with_one_request(
    stack: Stack, vendor: Vendor
) -> None:
    id = vendor.add_client("by-hand", "https://else.example.com")
    vendor.change_client(id, description="by hand", method="GET")

    stack.up(IMPORTED.format(id=id))

    assert vendor.new_writes() == ["PUT"]
    shown = vendor.only_client()
    assert (shown["id"], shown["unique_name"], shown["description"]) == (id, "front-desk", None)
    assert shown["configuration"]["callnotification"] == {
        "url": "https://desk.example.com/calls",
        "method": "POST",
    }
    assert stack.ids() == {id}
    stack.assert_settled()


def test_import_of_what_does_not_exist_makes_nothing(stack: Stack, vendor: Vendor) -> None:
    missing = "voice_configuration_00000000000000000000000000"

    said = stack.up(IMPORTED.format(id=missing), fails=True)

    assert f"{missing} does not exist in account {ACCOUNT}" in said
    assert "remove import_" in said
    assert stack.resources() == []
    assert vendor.new_writes() == []
    stack.up(PLAIN)
    assert stack.ids() == set(vendor.clients())
    assert vendor.new_writes() == ["POST"]
    stack.assert_settled()


def test_import_of_what_another_resource_manages_is_refused_and_nothing_is_lost(
    stack: Stack, vendor: Vendor
) -> None:
    stack.up(OTHER)
    before = vendor.only_client()
    id = before["id"]
    vendor.new_writes()
    url = 'call_notification={"url": "https://desk.example.com/calls"}'

    said = stack.up(
        f"""
        other = twilio.voice.ClientConfiguration("other", {url})
        options = pulumi.ResourceOptions(import_="{id}", depends_on=[other])
        twilio.voice.ClientConfiguration("thief", options, {url})
        """,
        fails=True,
    )
    assert f"{id} is managed by two resources, the other one is {stack.urn('other')}" in said
    assert stack.ids() == {id}
    assert vendor.new_writes() == []

    stack.write(
        f"""
        options = pulumi.ResourceOptions(import_="{id}")
        thief = twilio.voice.ClientConfiguration("thief", options, {url})
        options = pulumi.ResourceOptions(depends_on=[thief])
        twilio.voice.ClientConfiguration("other", options, {url})
        """
    )
    said = stack.preview(fails=True)
    assert f"{id} is managed by two resources, the other one is {stack.urn('thief')}" in said

    stack.up(OTHER)
    assert vendor.new_writes() == []
    assert vendor.only_client() == before
    assert stack.ids() == {id}
    stack.assert_settled()


def test_a_rename_by_import_keeps_the_object(stack: Stack, vendor: Vendor) -> None:
    stack.up(PLAIN.replace('"support"', '"old"'))
    before = vendor.only_client()
    vendor.new_writes()

    said = stack.up(IMPORTED.format(id=before["id"]))

    assert f"{before['id']} is left in place: it is managed as {stack.urn('support')} now" in said
    assert vendor.new_writes() == []
    assert stack.ids() == set(vendor.clients()) == {before["id"]}
    stack.assert_settled()
