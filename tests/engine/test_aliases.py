"""A resource renamed with an alias, and another one that takes its old name."""

from __future__ import annotations

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

FIRST = """
    twilio.voice.ClientConfiguration("support", call_notification={"url": "https://first.example.com"})
"""
RENAMED = """
    twilio.voice.ClientConfiguration(
        "sales",
        call_notification={"url": "https://first.example.com"},
        opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="support")]),
    )
"""
SECOND = FIRST.replace("first", "second")


def test_the_made_name_follows_and_the_old_one_is_free_for_another(stack: Stack, vendor: Vendor) -> None:
    stack.up(FIRST)
    (first,) = stack.ids()

    stack.up(RENAMED)
    assert stack.ids() == {first}
    assert vendor.only_client()["unique_name"].startswith("sales-")
    assert vendor.new_writes() == ["POST", "PUT"]
    stack.assert_settled()

    stack.up(RENAMED + SECOND)

    assert vendor.new_writes() == ["POST"]
    assert _url(vendor, first) == "https://first.example.com"
    assert stack.ids() == set(vendor.clients()) > {first}
    stack.assert_settled()


def test_both_in_one_update_are_refused_before_anything_happens(stack: Stack, vendor: Vendor) -> None:
    stack.up(FIRST)
    (first,) = stack.ids()
    vendor.new_requests()
    stack.write(SECOND + RENAMED)

    said = stack.run("up", "--yes", fails=True).output

    assert "another one takes its place in the same update" in said
    assert vendor.new_writes() == []
    assert _url(vendor, first) == "https://first.example.com"
    stack.write(FIRST)
    stack.assert_settled()


def test_a_name_of_the_program_does_not_follow(stack: Stack, vendor: Vendor) -> None:
    named = FIRST.replace('"support",', '"support", unique_name="desk",')
    stack.up(named)

    said = stack.up(RENAMED.replace('"sales",', '"sales", unique_name="desk",'))

    assert "3 unchanged" in said
    assert vendor.new_writes() == ["POST"]
    assert stack.ids() == set(vendor.clients())
    stack.assert_settled()


def _url(vendor: Vendor, id: str) -> str:
    return str(vendor.clients()[id]["configuration"]["callnotification"]["url"])
