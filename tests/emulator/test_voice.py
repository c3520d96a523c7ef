"""Voice v2 Client configurations, and the account's default one."""

import re
from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import OTHER_SID, SID, Client, Voice, assert_refused, configuration, running, shown
from tests.promises import proves

ID = re.compile(r"voice_clientconfiguration_[0-7][0-9a-z]{25}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
DEFAULT_TYPE = "twilio/voice:DefaultClientConfiguration"
CALL = "configuration.callnotification"
GONE = object()


def test_a_configuration_is_shown_as_it_was_sent_with_its_id_and_dates(voice: Voice) -> None:
    sent = configuration(unique_name="calls", description="All calls")
    created = voice.create(unique_name="calls", description="All calls")
    assert ID.fullmatch(created["id"])
    assert TIME.fullmatch(created["date_created"])
    dates = dict.fromkeys(("date_created", "date_updated"), created["date_created"])
    assert created == {**sent, **dates, "account_sid": SID, "id": created["id"]}
    assert voice.emulator.state == {SID: {Voice.type: {created["id"]: created}}}


def test_what_is_not_sent_has_its_default(voice: Voice) -> None:
    for members in ({}, {"unique_name": None, "description": None}):
        created = shown(voice.post(Voice.path, configuration(**members)), 201)
        assert (created["unique_name"], created["description"]) == (None, None)
    notification = {"configurationType": "Client", "callnotification": {"url": "http://a_b/c"}}
    created = voice.create(configuration=notification)
    assert created["configuration"]["callnotification"] == {"method": "POST", "url": "http://a_b/c"}


def test_the_id_and_the_unique_name_lead_to_the_same_object(voice: Voice) -> None:
    for key in ("id", "unique_name"):
        created = voice.create("with/slash?and#more")
        quoted = created[key].replace("/", "%2F").replace("?", "%3F").replace("#", "%23")
        path = f"{Voice.path}/{quoted}"
        assert voice.get(path).json() == created
        sent = configuration(unique_name=created["unique_name"], description="new")
        updated = shown(voice.put(path, sent))
        assert updated == {**created, "description": "new", "date_updated": updated["date_updated"]}
        assert voice.get(path).json() == updated
        deleted = voice.delete(path)
        assert (deleted.status_code, deleted.content) == (204, b"")
        for method in ("GET", "PUT", "DELETE"):
            assert_refused(voice.request(method, path, configuration()), 404, "was not found")


def test_a_put_replaces_everything_and_can_rename(voice: Voice) -> None:
    created = voice.create("old", description="old")
    updated = shown(voice.put(f"{Voice.path}/{created['id']}", configuration()))
    empty = {"unique_name": None, "description": None, "date_updated": updated["date_updated"]}
    assert updated == {**created, **empty}
    voice.put(f"{Voice.path}/{created['id']}", configuration(unique_name="new"))
    assert_refused(voice.get(f"{Voice.path}/old"), 404)
    assert voice.get(f"{Voice.path}/new").json()["id"] == created["id"]
    voice.create("old")


@proves("emulator.strict")
def test_a_wrong_member_is_refused_and_changes_nothing(voice: Voice) -> None:
    created = voice.create("existing")
    before = voice.emulator.state
    url = "must be an http or https URL"
    for path, value, message in (
        ("configuration", GONE, "configuration: is required"),
        ("configuration.configurationType", GONE, "configuration.configurationType: is required"),
        (CALL, GONE, f"{CALL}: is required"),
        (f"{CALL}.url", GONE, f"{CALL}.url: is required"),
        ("configuration", None, "configuration: must not be null"),
        ("configuration", [], "configuration: must be an object"),
        ("configuration.configurationType", "Recording", "must be Client"),
        (f"{CALL}.method", "PUT", f"{CALL}.method: must be GET or POST"),
        (f"{CALL}.method", None, f"{CALL}.method: must not be null"),
        (f"{CALL}.url", 1, f"{CALL}.url: must be a string"),
        *((f"{CALL}.url", text, url) for text in ("desk.example.com", "http://[", "ftp://a.example")),
        (f"{CALL}.url", "https://desk.example.com/a b", url),
        ("description", 1, "description: must be a string"),
        ("unique_name", "two words", "unique_name: must not contain spaces"),
        ("unique_name", "", "unique_name: must not be empty"),
        ("unique_name", "Default", "unique_name: is reserved"),
        ("friendly_name", "x", "friendly_name: is unknown"),
        ("configuration.callNotification", "x", "configuration.callNotification: is unknown"),
        (f"{CALL}.headers", "x", f"{CALL}.headers: is unknown"),
    ):
        sent = changed(configuration(unique_name="new"), path, value)
        assert_refused(voice.post(Voice.path, sent), 400, message)
        assert_refused(voice.put(f"{Voice.path}/{created['id']}", sent), 400, message)
    assert voice.emulator.state == before


def changed(body: dict[str, Any], path: str, value: object) -> Any:
    """Set a member of a body, or remove it, and return the body."""
    *parents, name = path.split(".")
    place = body
    for parent in parents:
        place = place[parent]
    if value is GONE:
        del place[name]
    else:
        place[name] = value
    return body


@proves("emulator.strict")
def test_a_unique_name_that_is_taken_is_a_409(voice: Voice) -> None:
    first, second = voice.create("first"), voice.create("second")
    assert_refused(voice.post(Voice.path, configuration(unique_name="first")), 409, "unique_name")
    taken = configuration(unique_name="first")
    assert_refused(voice.put(f"{Voice.path}/{second['id']}", taken), 409, "unique_name")
    assert voice.put(f"{Voice.path}/{first['id']}", taken).ok


def test_the_default_is_the_configuration_that_was_set_last_as_it_is_now(
    voice: Voice, emulator: Emulator
) -> None:
    assert_refused(voice.get(Voice.default), 404)
    assert_refused(voice.delete(Voice.default), 404)
    for created in (voice.create(), voice.create()):
        answer = voice.post(Voice.default, {"configuration_id": created["id"]})
        assert (answer.status_code, answer.content) == (204, b"")
        assert voice.get(Voice.default).json() == created
        assert emulator.state[SID][DEFAULT_TYPE] == {SID: {"configuration_id": created["id"]}}
    updated = shown(voice.put(f"{Voice.path}/{created['id']}", configuration(description="new")))
    assert voice.get(Voice.default).json() == updated
    with Client(emulator, (OTHER_SID, "token")) as other:
        assert_refused(other.get(Voice.default), 404)
        assert_refused(other.post(Voice.default, {"configuration_id": created["id"]}), 404)


def test_the_default_can_be_unset_and_goes_with_its_configuration_alone(voice: Voice) -> None:
    first, other = voice.create(), voice.create()
    voice.post(Voice.default, {"configuration_id": first["id"]})
    voice.delete(f"{Voice.path}/{other['id']}")
    assert voice.get(Voice.default).json() == first
    answer = voice.delete(Voice.default)
    assert (answer.status_code, answer.content) == (204, b"")
    assert_refused(voice.get(Voice.default), 404)
    assert voice.get(f"{Voice.path}/{first['id']}").ok
    voice.post(Voice.default, {"configuration_id": first["id"]})
    voice.delete(f"{Voice.path}/{first['id']}")
    assert_refused(voice.get(Voice.default), 404)
    assert voice.emulator.state == {}


@proves("emulator.strict")
def test_the_default_is_set_by_the_id_alone(voice: Voice) -> None:
    voice.create("name")
    assert_refused(voice.post(Voice.default, {"configuration_id": "name"}), 404, "configuration_id")
    for sent, message in (
        ({}, "configuration_id: is required"),
        ({"configuration_id": None}, "configuration_id: must not be null"),
        ({"configuration_id": 1}, "configuration_id: must be a string"),
        ({"configuration_id": "x", "more": 1}, "more: is unknown"),
        ([], "body: must be an object"),
    ):
        assert_refused(voice.post(Voice.default, sent), 400, message)


@proves("emulator.switches")
def test_each_switch_has_its_other_value() -> None:
    with running(Voice, voice_unique_names=False) as voice:
        assert voice.create("name")["id"] != voice.create("name")["id"]
    with running(Voice, voice_timestamps=False) as voice:
        created = voice.create()
        assert not {"date_created", "date_updated"} & set(created)
        assert voice.put(f"{Voice.path}/{created['id']}", configuration()).json() == created
    with running(Voice, voice_lookup_by_unique_name=False) as voice:
        assert voice.get(f"{Voice.path}/{voice.create('name')['id']}").ok
        assert_refused(voice.get(f"{Voice.path}/name"), 404)
    with running(Voice, voice_create_status=200) as voice:
        assert voice.post(Voice.path, configuration()).status_code == 200
    with running(Voice, voice_list_and_unset_default=False) as voice:
        assert_refused(voice.get(Voice.path), 405)
        assert_refused(voice.delete(Voice.default), 405)
    with running(Voice, voice_delete_of_default="refuse") as voice:
        created = voice.create()
        voice.post(Voice.default, {"configuration_id": created["id"]})
        assert_refused(voice.delete(f"{Voice.path}/{created['id']}"), 409, "default")
        voice.delete(Voice.default)
        assert voice.delete(f"{Voice.path}/{created['id']}").status_code == 204
