"""Voice v2 Client configurations, and the account's default one."""

import re
from typing import Any

from tests.emulator.client import OTHER_SID, SID, Voice, assert_refused, configuration, running, shown
from tests.emulator.subjects import PARTICIPANTS, RECORDING, TRANSCRIPTION, URL
from tests.promises import proves

ID = re.compile(r"voice_clientconfiguration_[0-7][0-9a-z]{25}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
DEFAULT_TYPE = "twilio/voice:DefaultClientConfiguration"
CALL, TYPE = "configuration.callnotification", "configuration.configurationType"
CALLBACK = "transcriptionStatusCallback"
GONE = object()


def test_a_configuration_is_shown_as_it_was_sent_with_its_id_and_dates_and_defaults(voice: Voice) -> None:
    sent = configuration(unique_name="calls", description="All calls")
    created = voice.create(unique_name="calls", description="All calls")
    assert ID.fullmatch(created["id"])
    assert TIME.fullmatch(created["date_created"])
    dates = dict.fromkeys(("date_created", "date_updated"), created["date_created"])
    assert created == {**sent, **dates, "account_sid": SID, "id": created["id"]}
    notification = {"configurationType": "Client", "callnotification": {"url": "http://a_b/c"}}
    updated = shown(voice.put(f"{Voice.path}/{created['id']}", {"configuration": notification}))
    assert updated["configuration"]["callnotification"] == {"method": "POST", "url": "http://a_b/c"}
    assert (updated["unique_name"], updated["description"]) == (None, None)


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


@proves("emulator.strict")
def test_a_wrong_member_is_refused_and_changes_nothing(voice: Voice) -> None:
    created = voice.create("existing")
    before = voice.emulator.state
    url = "must be an http or https URL"
    for path, value, message in (
        *((path, GONE, f"{path}: is required") for path in ("configuration", TYPE, CALL, f"{CALL}.url")),
        ("configuration", None, "configuration: must not be null"),
        ("configuration", [], "configuration: must be an object"),
        (TYPE, "Recording", "must be Client"),
        (f"{CALL}.method", "PUT", f"{CALL}.method: must be GET or POST"),
        (f"{CALL}.method", None, f"{CALL}.method: must not be null"),
        (f"{CALL}.url", 1, f"{CALL}.url: must be a string"),
        *((f"{CALL}.url", text, url) for text in ("desk.example.com", "http://[", "ftp://a.example")),
        *(
            (f"{CALL}.url", f"https://desk.example.com{end}", url)
            for end in ("/a b", "/a\0", "\n", ":65536", ":0")
        ),
        ("description", 1, "description: must be a string"),
        ("unique_name", "two words", "unique_name: must not contain spaces"),
        ("unique_name", "", "unique_name: must not be empty"),
        ("unique_name", "Default", "unique_name: is reserved"),
        *((path, "x", f"{path}: is unknown") for path in ("more", "configuration.more", f"{CALL}.more")),
    ):
        sent = changed(configuration(unique_name="new"), path, value)
        assert_refused(voice.post(Voice.path, sent), 400, message)
        assert_refused(voice.put(f"{Voice.path}/{created['id']}", sent), 400, message)
    assert voice.emulator.state == before


def changed(body: dict[str, Any], path: str, value: object) -> Any:
    *parents, name = path.split(".")
    place = body
    for parent in parents:
        place = place[parent]
    if value is GONE:
        del place[name]
    else:
        place[name] = value
    return body


def test_what_a_recording_or_transcription_does_not_say_is_null_and_a_part_of_it_absent(voice: Voice) -> None:
    known: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("Recording", {}, {"features": None}),
        (
            "Recording",
            {"compositionPolicy": {"channels": "mono"}, "features": RECORDING["features"]},
            {
                "compositionPolicy": {"channels": "mono", "trim": None, "track": None},
                "features": RECORDING["features"],
            },
        ),
        ("Transcription", TRANSCRIPTION, {**TRANSCRIPTION, "speechModel": None}),
        (
            "Transcription",
            {**TRANSCRIPTION, "conversationConfigurationId": None, CALLBACK: {"url": URL}},
            {
                **TRANSCRIPTION,
                "speechModel": None,
                "conversationConfigurationId": None,
                CALLBACK: {"url": URL, "method": "POST"},
            },
        ),
    ]
    for kind, sent, expected in known:
        named = {"configurationType": kind}
        created = shown(voice.post(path_of(kind), {"configuration": {**named, **sent}}), 201)
        assert re.fullmatch(rf"voice_{kind.lower()}configuration_[0-7][0-9a-z]{{25}}", created["id"])
        assert created["configuration"] == {**named, **expected}


@proves("emulator.strict")
def test_a_recording_or_transcription_is_refused_for_what_is_wrong_as_a_whole(voice: Voice) -> None:
    """See `test_openapi.py` for what the description says, such as enumerations."""
    participants = "configuration.participantDefaults: must have two items"
    customer, agent = PARTICIPANTS
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("Recording", {"features": [*RECORDING["features"]] * 4}, "must have at most 3 items"),
        ("Recording", {"callRecordingStatusCallback": {"url": "x"}}, "url: must be an http or https URL"),
        *(
            ("Transcription", {**TRANSCRIPTION, "participantDefaults": given}, participants)
            for given in ([], [customer], [customer, customer], [customer, agent, agent])
        ),
        (
            "Transcription",
            {**TRANSCRIPTION, "conversationConfigurationId": None},
            "configuration: needs transcriptionStatusCallback or conversationConfigurationId",
        ),
        ("Transcription", {**TRANSCRIPTION, CALLBACK: {}}, f"{CALLBACK}.url: is required"),
        ("Transcription", {**TRANSCRIPTION, "transcriptionEngine": None}, "must not be null"),
    ]
    for kind, members, message in wrong:
        sent = {"configuration": {"configurationType": kind, **members}}
        assert_refused(voice.post(path_of(kind), sent), 400, message)
    assert voice.emulator.state == {}


def test_each_kind_has_names_of_its_own(voice: Voice) -> None:
    for kind, members in (("Client", configuration()["configuration"]), ("Recording", RECORDING)):
        sent = {"configuration": members, "unique_name": "same"}
        assert voice.post(path_of(kind), sent).ok
        assert shown(voice.get(f"{path_of(kind)}/same"))["unique_name"] == "same"


def path_of(kind: str) -> str:
    return f"/voice.twilio.com/v2/Configurations/{kind}"


@proves("emulator.strict")
def test_the_default_is_the_configuration_that_was_set_last_by_its_id_until_one_of_them_goes(
    voice: Voice,
) -> None:
    assert_refused(voice.get(Voice.default), 404)
    assert_refused(voice.delete(Voice.default), 404)
    for created in (voice.create(), voice.create()):
        answer = voice.post(Voice.default, {"configuration_id": created["id"]})
        assert (answer.status_code, answer.content) == (204, b"")
        assert voice.get(Voice.default).json() == created
        assert voice.objects(DEFAULT_TYPE) == {SID: {"configuration_id": created["id"]}}
    updated = shown(voice.put(f"{Voice.path}/{created['id']}", configuration(description="new")))
    assert voice.get(Voice.default).json() == updated
    with Voice(voice.emulator, (OTHER_SID, "token")) as other:
        assert_refused(other.get(Voice.default), 404)
        assert_refused(other.post(Voice.default, {"configuration_id": created["id"]}), 404)
    path = f"{Voice.path}/{created['id']}"
    voice.create("name")
    for sent, status, message in (
        ({"configuration_id": "name"}, 404, "configuration_id"),
        ({}, 400, "configuration_id: is required"),
        ({"configuration_id": None}, 400, "configuration_id: must not be null"),
        ({"configuration_id": 1}, 400, "configuration_id: must be a string"),
        ({"configuration_id": "x", "more": 1}, 400, "more: is unknown"),
        ([], 400, "body: must be an object"),
    ):
        assert_refused(voice.post(Voice.default, sent), status, message)
    voice.delete(f"{Voice.path}/name")
    assert voice.get(Voice.default).json() == updated
    assert voice.delete(Voice.default).status_code == 204
    assert_refused(voice.get(Voice.default), 404)
    assert voice.get(path).json() == updated
    voice.post(Voice.default, {"configuration_id": created["id"]})
    voice.delete(path)
    assert_refused(voice.get(Voice.default), 404)
    assert voice.objects(DEFAULT_TYPE) == {}


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
        for refused, allowed in ((voice.get(Voice.path), "POST"), (voice.delete(Voice.default), "GET, POST")):
            assert_refused(refused, 405)
            assert refused.headers["Allow"] == allowed
    with running(Voice, voice_delete_of_default="refuse") as voice:
        created = voice.create()
        voice.post(Voice.default, {"configuration_id": created["id"]})
        assert_refused(voice.delete(f"{Voice.path}/{created['id']}"), 409, "default")
        voice.delete(Voice.default)
        assert voice.delete(f"{Voice.path}/{created['id']}").status_code == 204
