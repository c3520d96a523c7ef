"""The life of the account's default client configuration, as a user sees it."""

from __future__ import annotations

from tests.engine.defaults import (
    LEFT,
    LOOK,
    MOVE,
    NOUN,
    UNSET,
    assert_taken_over,
    default,
    looks,
    managed,
    options,
    previous,
    urn,
)
from tests.engine.stack import ACCOUNT, Stack
from tests.engine.vendor import Vendor

DESK = """
    desk = twilio.voice.ClientConfiguration("{name}", call_notification={{"url": "https://a.example.com"}})
    default = twilio.voice.DefaultClientConfiguration("default", configuration_id=desk.configuration_id)
    pulumi.export("now", default.configuration_id)
    pulumi.export("previous", default.previous_configuration_id)
"""


def test_one_where_there_was_none_is_set_moved_put_back_and_unset_again(stack: Stack, vendor: Vendor) -> None:
    stack.up(DESK.format(name="desk"))

    first = vendor.only_client()["id"]
    assert vendor.default() == first == managed(stack)
    assert vendor.new_requests()[2:] == [LOOK, LOOK, looks(first), MOVE, LOOK]

    said = stack.up(DESK.format(name="front"))

    second = vendor.only_client()["id"]
    assert second != first
    assert vendor.default() == second == managed(stack)
    assert vendor.new_writes() == ["POST", "POST", "DELETE"], "what is the default is deleted last"
    assert previous(stack) is None
    assert "warning" not in said

    vendor.unset_default()
    stack.refresh()
    assert managed(stack) is None
    vendor.new_requests()
    stack.up()
    assert vendor.default() == second == managed(stack)
    assert vendor.new_requests() == [LOOK, LOOK, looks(second), MOVE, LOOK]
    stack.assert_settled()

    stack.destroy()
    assert vendor.new_requests()[-2:] == [UNSET, f"DELETE /v2/Configurations/Client/{second}"]
    assert vendor.emulator.state == {}


def test_one_that_there_is_is_taken_over_kept_and_given_back(stack: Stack, vendor: Vendor) -> None:
    old, new, third = (vendor.add_client(name) for name in ("old", "new", "third"))
    vendor.set_default(old)
    stack.write(default(new))

    said = stack.preview()
    assert_taken_over(said, old, new)
    assert "Destroying the resource puts back what was there" in said
    assert vendor.new_requests() == [LOOK]

    said = stack.up()
    assert_taken_over(said, old, new)
    assert vendor.default() == new
    assert vendor.new_writes() == ["POST"]
    assert stack.outputs() == {"now": new, "previous": old, "account": ACCOUNT}

    vendor.set_default(third)
    said = stack.refresh()
    assert f'"{new}" => "{third}"' in said
    vendor.new_requests()
    stack.up()
    assert vendor.new_requests() == [LOOK, looks(new), MOVE, LOOK]

    stack.up(default(third))
    assert vendor.default() == third
    assert previous(stack) == old
    stack.assert_settled()
    vendor.new_writes()
    said = stack.destroy()
    assert vendor.default() == old
    assert vendor.new_writes() == ["POST"]
    assert "warning" not in said


def test_one_that_someone_else_has_moved_is_left_alone(stack: Stack, vendor: Vendor) -> None:
    old, new, third = (vendor.add_client(name) for name in ("old", "new", "third"))
    vendor.set_default(old)

    stack.up(default(new))
    vendor.set_default(third)
    vendor.new_writes()
    assert f"{LEFT}someone else has changed it since" in stack.destroy()
    assert vendor.default() == third

    stack.up()
    stack.assert_settled()
    vendor.set_default(old)
    stack.refresh()
    assert f"{LEFT}someone else has changed it since" in stack.destroy()
    assert vendor.default() == old

    assert vendor.new_writes() == ["POST"], "that of the second update"
    assert stack.resources() == []


def test_what_becomes_of_it_is_as_the_program_says_or_as_the_environment_does(
    stack: Stack, vendor: Vendor
) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")
    vendor.set_default(old)

    stack.up(default(new))
    vendor.new_requests()
    stack.up(default(new, 'on_destroy="reset"'))
    assert vendor.new_requests() == [], "it is none of the vendor's business"
    stack.assert_settled()
    stack.destroy()
    assert vendor.new_writes() == ["DELETE"]
    assert vendor.default() is None

    vendor.set_default(old)
    said = stack.up(default(new, 'on_destroy="retain"'))
    assert "Destroying the resource does not put that back: it leaves all as it is then" in said
    vendor.new_requests()
    assert f"{NOUN} is left as it is, and not managed any more: on_destroy is retain" in stack.destroy()
    assert vendor.new_requests() == []
    assert vendor.default() == new

    vendor.set_default(old)
    said = stack.up(default(new, 'on_destroy="reset"'))
    assert "does not put that back: it leaves the vendor's empty state" in said
    vendor.new_requests()
    stack.environment["SWITCHBOARD_ON_DESTROY"] = "nonsense"
    said = stack.destroy(fails=True)
    assert "SWITCHBOARD_ON_DESTROY in the environment is none of restore, reset, retain" in said
    assert vendor.new_requests() == []
    assert managed(stack) == new == vendor.default()
    stack.environment["SWITCHBOARD_ON_DESTROY"] = "retain"
    assert "not managed any more" in stack.destroy()
    assert vendor.new_requests() == []
    assert vendor.default() == new
    assert stack.resources() == []


def test_a_resource_that_becomes_another_keeps_the_default(stack: Stack, vendor: Vendor) -> None:
    old, new = vendor.add_client("old"), vendor.add_client("new")
    vendor.set_default(old)
    stack.up(default(new))
    vendor.new_writes()

    stack.up(default(new, options('aliases=[pulumi.Alias(name="default")]'), name="renamed"))
    assert previous(stack) == old

    said = stack.up(default(new, name="again"))
    assert f"{NOUN} is left as it is: it is managed as {urn(stack, 'again')} now" in said
    assert f"{NOUN} is as the program says already: this resource manages it from now on" in said
    assert "so destroying the resource leaves it as it is" in said

    said = stack.up(None, "--replace", urn(stack, "again"))
    assert f"{NOUN} is left as it is: it is managed as {urn(stack, 'again')} now" in said
    assert previous(stack) is None
    stack.assert_settled()

    said = stack.destroy()
    assert f"{LEFT}what was there before is not known" in said
    assert vendor.new_writes() == []
    assert vendor.default() == new
    assert stack.resources() == []
