"""After a crash that lost the state of a create, the object is taken up again."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator, Switches

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

OTHER = """
    twilio.voice.ClientConfiguration(
        "other", call_notification={"url": "https://other.example.com/calls"}
    )
"""
PROGRAM = (
    OTHER
    + """
    twilio.voice.ClientConfiguration(
        "support",
        description="Rings the desk",
        call_notification={"url": "https://desk.example.com/calls"},
    )
"""
)


def test_an_object_whose_create_left_no_trace_in_state_is_taken_up_again(
    stack: Stack, vendor: Vendor
) -> None:
    stack.up(OTHER)
    other, before = stack.ids(), stack.state_text()
    stack.up(PROGRAM)
    (made,) = stack.ids() - other
    clients = vendor.clients()
    vendor.new_writes()

    stack.restore(before)
    said = stack.up()
    assert f"{made} was made for this resource by an earlier run" in said
    assert vendor.new_writes() == []
    assert vendor.clients() == clients
    assert stack.ids() == {*other, made}

    stack.restore(before)
    said = stack.up(PROGRAM.replace("Rings the desk", "Rings"))
    assert f"{made} was made for this resource by an earlier run" in said
    assert vendor.new_writes() == ["PUT"]
    assert vendor.clients()[made]["description"] == "Rings"
    assert stack.ids() == set(vendor.clients()) == {*other, made}
    stack.assert_settled()


def test_it_is_taken_up_again_though_the_vendor_looks_up_no_names(stack: Stack) -> None:
    with Emulator(switches=Switches(voice_lookup_by_unique_name=False)) as emulator:
        stack.endpoint = emulator.url
        vendor = Vendor(emulator)
        stack.up(OTHER)
        other, before = stack.ids(), stack.state_text()
        stack.up(PROGRAM)
        (made,) = stack.ids() - other
        vendor.new_writes()

        stack.restore(before)
        said = stack.up()

        assert f"{made} was made for this resource by an earlier run" in said
        assert vendor.new_writes() == ["POST"], "one that the vendor refuses, since the name is taken"
        assert stack.ids() == set(vendor.clients()) == {*other, made}
        stack.assert_settled()
