"""After a crash that lost the state of a create, the object is taken up again."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("description", "writes"),
    [("Rings the desk", []), ("Rings", ["PUT"])],
    ids=["by the same program", "by an edited program, which updates it"],
)
def test_an_object_whose_create_left_no_trace_in_state_is_taken_up_again(
    stack: Stack, vendor: Vendor, description: str, writes: list[str]
) -> None:
    stack.up(OTHER)
    other, state = stack.ids(), stack.state_text()
    stack.up(PROGRAM)
    (made,) = stack.ids() - other
    vendor.new_writes()
    stack.restore(state)

    said = stack.up(PROGRAM.replace("Rings the desk", description))

    assert f"{made} was made for this resource by an earlier run" in said
    assert vendor.new_writes() == writes
    assert vendor.clients()[made]["description"] == description
    assert stack.ids() == set(vendor.clients()) == {*other, made}
    stack.assert_settled()
