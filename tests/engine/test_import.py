"""Taking over a Voice client configuration that exists, with `opts.import_`."""

from __future__ import annotations

from pulumi_switchboard.core.listings import LOOKS_BEFORE_A_LIST
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, Hold

from tests.engine.defaults import PLACE
from tests.engine.kinds import VOICE
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
LIST = "GET /v2/Configurations/Client?pageSize=100"
OVERWRITTEN = (
    'unique_name: "by-hand" -> "front-desk"',
    'description: "by hand" -> nothing',
    'call_notification.url: "https://else.example.com/calls…" -> "https://desk.example.com/calls"',
    'call_notification.method: "GET" -> "POST"',
)
PLAIN = IMPORTED.replace('pulumi.ResourceOptions(import_="{id}")', "None").format()
OTHER = """
    twilio.voice.ClientConfiguration(
        "other", call_notification={"url": "https://desk.example.com/calls"}
    )
"""


def test_import_of_an_identical_object_writes_nothing_and_may_stay_in_the_program(
    stack: Stack, vendor: Vendor
) -> None:
    id = vendor.add_client("front-desk", "https://desk.example.com/calls")
    before = vendor.only_client()
    stack.write(IMPORTED.format(id=id))

    for verb in (stack.preview, stack.up):
        said = verb()
        assert f"this resource adopts {id} without a change: it is as the program says" in said
    assert vendor.new_requests() == [f"GET /v2/Configurations/Client/{id}"] * 3
    assert stack.ids() == {id}
    stack.assert_settled()
    said = stack.up(IMPORTED.format(id=id).replace('"front-desk"', '"front-desk", description="Calls"'))
    assert "adopts" not in said
    assert vendor.new_writes() == ["PUT"]
    stack.up(PLAIN)
    assert stack.ids() == {id}
    stack.assert_settled()
    assert vendor.new_writes() == ["PUT"]
    assert vendor.only_client()["configuration"] == before["configuration"]


def test_import_of_another_object_brings_it_to_the_program_with_one_request(
    stack: Stack, vendor: Vendor
) -> None:
    secret = stack.secret("canary-of-the-live-url")
    id = vendor.add_client("by-hand", f"https://else.example.com/calls?key={secret}")
    vendor.change_client(id, description="by hand", method="GET")
    stack.write(IMPORTED.format(id=id))

    for verb in (stack.preview, stack.up):
        said = verb()
        assert f"warning: this resource adopts {id}, and overwrites what is there:" in said
        for line in OVERWRITTEN:
            assert said.count(line) == 1, said
    requests = vendor.new_requests()
    assert [request.split()[0] for request in requests] == ["GET", "GET", "GET", "PUT"]
    assert set(requests[:3]) == {f"GET /v2/Configurations/Client/{id}"}
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

    stack.write(IMPORTED.format(id=missing))

    for verb in (stack.preview, stack.up):
        said = verb(fails=True)
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


def test_what_has_changed_since_the_look_is_told_by_the_update(
    stack: Stack, vendor: Vendor, emulator: Emulator
) -> None:
    id = vendor.add_client("front-desk", "https://else.example.com/calls")
    stack.write(IMPORTED.format(id=id))
    looked = emulator.inject("GET voice.twilio.com/v2/Configurations/Client/{id}", Hold("after"))
    command = stack.start("up", "--yes", "--skip-preview")
    looked.wait()
    vendor.change_client(id, description="Changed meanwhile")
    looked.release()
    said = command.output()
    stack.assert_clean(said)

    assert said.count("call_notification.url:") == 1
    assert said.count('description: "Changed meanwhile" -> nothing') == 1
    stack.assert_settled()


def test_many_imports_are_foreseen_with_one_list_or_one_by_one_where_that_is_refused(
    stack: Stack, vendor: Vendor, emulator: Emulator
) -> None:
    ids = [vendor.add_client(f"front-{number}", "https://else.example.com") for number in range(14)]
    stack.write(
        f"""
        for number, id in enumerate({ids!r}):
            twilio.voice.ClientConfiguration(
                f"desk-{{number}}",
                pulumi.ResourceOptions(import_=id),
                unique_name=f"front-{{number}}",
                call_notification={{"url": "https://desk.example.com/calls"}},
            )
        """
    )

    said = stack.preview()

    assert said.count('call_notification.url: "https://else.example.com" -> ') == len(ids)
    requests = vendor.new_requests()
    assert (len(requests), requests.count(LIST)) == (LOOKS_BEFORE_A_LIST + 1, 1)
    with emulator.inject(f"GET {PLACE}", Answer(405), times=None):
        said = stack.preview()
    assert said.count('call_notification.url: "https://else.example.com" -> ') == len(ids)
    requests = vendor.new_requests()
    assert (len(requests), requests.count(LIST)) == (len(ids) + 1, 1)


def test_what_is_not_known_yet_is_told_beside_what_is(stack: Stack, vendor: Vendor) -> None:
    id = vendor.add_client("front-desk", "https://else.example.com")
    stack.write(
        OTHER.replace("twilio.voice", "other = twilio.voice")
        + IMPORTED.format(id=id).replace('"front-desk"', '"desk", description=other.date_created')
    )

    said = stack.preview()

    assert "description: nothing -> what is known during the update only" in said
    assert 'unique_name: "front-desk" -> "desk"' in said
    assert vendor.new_requests() == [f"GET /v2/Configurations/Client/{id}"]


def test_refused_credentials_fail_the_preview_of_an_import_and_trouble_is_a_warning(
    stack: Stack, vendor: Vendor, emulator: Emulator
) -> None:
    id = vendor.add_client("front-desk", "https://else.example.com")
    stack.write(IMPORTED.format(id=id))
    look = "GET voice.twilio.com/v2/Configurations/Client/{id}"

    with emulator.inject(look, Answer(401)):
        said = stack.preview(fails=True)
    assert "HTTP 401" in said
    assert "check the Twilio credentials" in said

    with emulator.inject(look, Answer(503)):
        said = stack.preview()
    assert f"warning: {id} could not be read, so the values that will be overwritten are not listed" in said
    assert vendor.new_writes() == []


def test_a_rename_by_import_keeps_the_object(stack: Stack, vendor: Vendor) -> None:
    stack.up(PLAIN.replace('"support"', '"old"'))
    before = vendor.only_client()
    vendor.new_writes()

    said = stack.up(IMPORTED.format(id=before["id"]))

    assert f"{before['id']} is left in place: it is managed as {stack.urn('support')} now" in said
    assert vendor.new_writes() == []
    assert stack.ids() == set(vendor.clients()) == {before["id"]}
    stack.assert_settled()


def test_an_adopted_object_keeps_its_name_until_its_replacement_is_forced(
    stack: Stack, vendor: Vendor, emulator: Emulator
) -> None:
    id = vendor.add_client("by-hand", "https://desk.example.com")
    stack.up(VOICE.program("support", "first", f'import_="{id}"'))
    assert vendor.only_client()["unique_name"] == "by-hand"
    stack.refresh()
    stack.assert_settled()

    said = stack.up(None, "--replace", VOICE.urn(stack, "support"))

    assert "warning" not in said
    ids = VOICE.assert_has(stack, emulator, {"support": "first"})
    assert ids["support"] != id
