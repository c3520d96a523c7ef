"""The webhook configuration of Conversations v1."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, RateLimit, Stale

from tests.emulator.client import HEX, KEY, OTHER_SID, SID, Client, assert_error
from tests.emulator.conversations import (
    EVERYTHING,
    FETCH,
    FORM,
    HOST,
    PATH,
    POST,
    PRE,
    SET,
    TYPE,
    UNSET,
    UPDATE,
    Conversations,
)
from tests.emulator.orchestrator import COLLECTION, Orchestrator

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Conversations]:
    client = Conversations(emulator)
    yield client
    client.close()


def test_the_configuration_is_there_from_the_first_and_unset(
    client: Conversations, emulator: Emulator
) -> None:
    assert client.shown() == UNSET
    assert emulator.state == {}


def test_an_update_answers_200_and_the_whole_configuration(client: Conversations, emulator: Emulator) -> None:
    response = client.send(EVERYTHING)
    assert (response.status_code, response.json()) == (200, SET)
    assert client.shown() == SET
    assert emulator.state == {SID: {TYPE: {SID: SET}}}


def test_an_update_keeps_what_it_does_not_have(client: Conversations) -> None:
    client.updated(**EVERYTHING)
    assert client.updated() == SET
    assert client.updated(Method="POST") == {**SET, "method": "POST"}
    assert client.updated(Filters="onUserAdded") == {**SET, "method": "POST", "filters": ["onUserAdded"]}
    assert client.updated(Method="GET", Filters=EVERYTHING["Filters"], PreWebhookUrl=PRE) == SET


def test_an_update_without_parameters_writes_the_configuration_as_it_is(
    client: Conversations, emulator: Emulator
) -> None:
    assert client.updated() == UNSET
    assert emulator.state == {SID: {TYPE: {SID: UNSET}}}


@pytest.mark.parametrize(
    ("parameter", "member"),
    [
        ("Method", "method"),
        ("Filters", "filters"),
        ("PreWebhookUrl", "pre_webhook_url"),
        ("PostWebhookUrl", "post_webhook_url"),
        ("Target", "target"),
    ],
)
def test_an_empty_value_unsets_its_member_alone(client: Conversations, parameter: str, member: str) -> None:
    client.updated(**EVERYTHING)
    assert client.updated(**{parameter: ""}) == {**SET, member: UNSET[member]}
    assert client.shown()[member] == UNSET[member]


def test_everything_can_be_unset_at_once(client: Conversations) -> None:
    client.updated(**EVERYTHING)
    assert client.updated(**dict.fromkeys(EVERYTHING, "")) == UNSET


@pytest.mark.parametrize("method", ["get", "Get", "GET"])
def test_a_method_in_any_case_is_shown_in_upper_case(client: Conversations, method: str) -> None:
    assert client.updated(Method=method)["method"] == "GET"


def test_filters_are_any_names_in_the_order_that_was_sent(client: Conversations) -> None:
    filters = ["onMessageSend", "onTomorrow", "onMessageAdded", "onMessageAdded", "zu später Stunde, &=+%"]
    assert client.updated(Filters=filters)["filters"] == filters


def test_a_url_is_kept_as_it_was_sent(client: Conversations) -> None:
    url = "http://user:pass@desk.example.com:8080/päth?a=b&c=%20+d#e"
    assert client.updated(PreWebhookUrl=url)["pre_webhook_url"] == url


URL = "must be an http or https URL"


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"Method": "PUT"}, "Method: must be GET or POST"),
        ({"Method": "po\u017ft"}, "Method: must be GET or POST"),
        ({"Method": " GET"}, "Method: must be GET or POST"),
        ({"Method": ["GET", "GET"]}, "Method: must be given once"),
        ({"Target": "studio"}, "Target: must be webhook or flex"),
        ({"Target": "Flex"}, "Target: must be webhook or flex"),
        ({"Target": ["flex", "webhook"]}, "Target: must be given once"),
        ({"PreWebhookUrl": "/pre"}, f"PreWebhookUrl: {URL}"),
        ({"PreWebhookUrl": [PRE, PRE]}, "PreWebhookUrl: must be given once"),
        ({"PreWebhookUrl": [PRE, ""]}, "PreWebhookUrl: must be given once"),
        ({"PreWebhookUrl": ["", ""]}, "PreWebhookUrl: must be given once"),
        ({"PostWebhookUrl": "ftp://desk.example.com"}, f"PostWebhookUrl: {URL}"),
        ({"PostWebhookUrl": "desk.example.com"}, f"PostWebhookUrl: {URL}"),
        ({"PostWebhookUrl": "https://"}, f"PostWebhookUrl: {URL}"),
        ({"Filters": ["onMessageAdded", ""]}, "Filters: must not be empty and have other values"),
        ({"Filters": ["", ""]}, "Filters: must not be empty and have other values"),
        ({"method": "GET"}, "method: is unknown"),
        ({"Filters[]": "onMessageAdded"}, "Filters[]: is unknown"),
        ({"WebhookUrl": ""}, "WebhookUrl: is unknown"),
        ({"Configuration.Method": "GET"}, "Configuration.Method: is unknown"),
    ],
)
def test_a_wrong_parameter_is_refused_by_its_name_and_changes_nothing(
    client: Conversations, emulator: Emulator, form: dict[str, object], message: str
) -> None:
    client.updated(**EVERYTHING)
    before = emulator.state
    assert_error(client.send({"Method": "POST", **form}), 400, 20001, message)
    assert_error(client.send({"Filters": "onUserAdded", **form}), 400, 20001, message)
    assert emulator.state == before


def test_all_problems_are_reported_at_once_and_no_value_is(client: Conversations) -> None:
    response = client.send({"Method": "hunter2", "PreWebhookUrl": "my secret", "Target": ["sesame", "open"]})
    assert_error(response, 400, 20001, "Method: ", "PreWebhookUrl: ", "Target: ")
    for value in ("hunter2", "secret", "sesame", "open"):
        assert value not in response.text


@pytest.mark.parametrize(
    "data",
    [b"Method", b"Method=GET&", b"&", b"{}", b"PreWebhookUrl=%FF", b"PreWebhookUrl=\xff", b"%ff=x"],
)
def test_a_body_that_is_no_form_is_a_400(client: Conversations, emulator: Emulator, data: bytes) -> None:
    assert_error(client.send(data), 400, 20001, "not a valid form")
    assert emulator.state == {}


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data", "text/plain", None])
def test_another_content_type_is_a_415(client: Conversations, content_type: str | None) -> None:
    response = client.send(b"Method=GET", content_type)
    assert_error(response, 415, 20422, FORM)


@pytest.mark.parametrize("content_type", [f"{FORM}; charset=utf-8", FORM.upper()])
def test_a_content_type_may_have_a_charset_and_any_case(client: Conversations, content_type: str) -> None:
    assert client.send(b"Method=GET", content_type).json()["method"] == "GET"


@pytest.mark.parametrize("auth", [None, ("nobody", "token"), (SID, "")])
def test_without_good_credentials_there_is_only_a_401(
    emulator: Emulator, auth: tuple[str, str] | None
) -> None:
    client = Conversations(emulator, auth)
    assert_error(client.get(PATH), 401, 20003)
    assert_error(client.send(EVERYTHING), 401, 20003)
    client.close()
    assert emulator.state == {}


def test_accounts_do_not_see_each_other(client: Conversations, emulator: Emulator) -> None:
    client.updated(**EVERYTHING)
    other = Conversations(emulator, (OTHER_SID, "token"))
    assert other.shown() == {**UNSET, "account_sid": OTHER_SID}
    assert other.updated(Method="POST")["account_sid"] == OTHER_SID
    other.close()
    assert client.shown() == SET
    assert set(emulator.state) == {SID, OTHER_SID}


def test_an_api_key_has_the_configuration_of_its_account(client: Conversations, emulator: Emulator) -> None:
    key = Conversations(emulator, (KEY, "secret"))
    assert key.updated(**EVERYTHING)["account_sid"] == f"AC{HEX}"
    key.close()
    assert client.shown() == SET


def test_a_reset_unsets_the_configuration(client: Conversations, emulator: Emulator) -> None:
    client.updated(**EVERYTHING)
    emulator.reset()
    assert client.shown() == UNSET


def test_the_state_over_http_has_the_configuration(client: Conversations) -> None:
    client.updated(**EVERYTHING)
    assert client.get("/_emulator/state").json() == {SID: {TYPE: {SID: SET}}}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD"])
def test_a_method_that_the_path_does_not_have_is_a_405(client: Conversations, method: str) -> None:
    response = client.request(method, PATH)
    if method == "HEAD":
        assert response.status_code == 405
    else:
        assert_error(response, 405, 20004, method)


@pytest.mark.parametrize(
    "path", ["/v1/Configuration", "/v1/Configuration/Webhooks/", "/v1/Configuration/Webhooks/x", "/v2/x"]
)
def test_an_unknown_path_is_a_404(client: Conversations, path: str) -> None:
    assert_error(client.get(HOST + path), 404, 20404, "was not found")


@pytest.mark.parametrize("host", ["conversations.ie1.twilio.com", "conversations.dublin.ie1.twilio.com"])
def test_the_host_of_any_region_and_edge_has_the_same_configuration(client: Conversations, host: str) -> None:
    client.updated(**EVERYTHING)
    assert client.get(PATH.replace(HOST, f"/{host}")).json() == SET
    assert client.get("/v1/Configuration/Webhooks", headers={"Host": host}).json() == SET


def test_orchestrator_answers_on_the_same_host(client: Conversations, vendor: Orchestrator) -> None:
    vendor.created()
    client.updated(**EVERYTHING)
    assert set(vendor.emulator.state[SID]) == {"twilio/orchestrator:Configuration", TYPE}
    assert_error(vendor.put(COLLECTION, {}), 405, 20004, "PUT")
    assert_error(client.put(PATH, {}), 405, 20004, "PUT")


def test_neither_url_nor_any_other_value_is_in_the_journal(client: Conversations, emulator: Emulator) -> None:
    client.updated(PreWebhookUrl="https://user:hunter2@desk.example.com/?key=sesame", Filters="opensaid")
    assert_error(client.send({"PostWebhookUrl": "hunter2"}), 400, 20001)
    client.get(PATH, params={"PreWebhookUrl": "https://hunter2"})
    shown = client.get("/_emulator/journal").json()
    assert [(entry["method"], entry["status"]) for entry in shown] == [
        ("POST", 200),
        ("POST", 400),
        ("GET", 200),
    ]
    assert {(entry["host"], entry["path"].partition("?")[0]) for entry in shown} == {
        ("conversations.twilio.com", "/v1/Configuration/Webhooks")
    }
    for value in ("hunter2", "sesame", "opensaid", "desk.example.com"):
        assert value not in json.dumps(shown)
        assert value not in str(emulator.journal)


def test_an_injected_error_has_the_vendor_s_shape_and_the_request_is_not_processed(
    client: Conversations, emulator: Emulator
) -> None:
    with emulator.inject(UPDATE, Answer(503, retry_after=2)):
        refused = client.send(EVERYTHING)
    assert_error(refused, 503, 20503, "told to answer 503")
    assert refused.headers["Retry-After"] == "2"
    assert emulator.state == {}


def test_an_update_whose_answer_is_lost_is_done(client: Conversations, emulator: Emulator) -> None:
    with emulator.inject(UPDATE, Answer(500, after=True)):
        assert_error(client.send(EVERYTHING), 500, 20500)
    assert client.shown() == SET


def test_a_fault_can_look_for_a_text_in_the_form(client: Conversations, emulator: Emulator) -> None:
    with emulator.inject(UPDATE, Answer(503), where="Method=POST"):
        assert client.updated(Method="GET")["method"] == "GET"
        assert_error(client.send({"Method": "POST"}), 503, 20503)


def test_a_rate_limit_counts_reads_and_writes(client: Conversations, emulator: Emulator) -> None:
    with emulator.inject(FETCH.replace("GET", "*"), RateLimit(per_second=0.001, burst=2, retry_after=1)):
        client.shown()
        client.updated(Method="GET")
        assert_error(client.send({"Method": "POST"}), 429, 20429)
    assert client.shown()["method"] == "GET"


def test_a_stale_answer_is_from_before_the_last_update(client: Conversations, emulator: Emulator) -> None:
    client.updated(**EVERYTHING)
    with emulator.inject(FETCH, Stale()):
        assert client.shown() == UNSET
    client.updated(Method="POST", Filters="")
    with emulator.inject(FETCH, Stale()):
        assert client.shown() == SET
    assert client.shown() == {**SET, "method": "POST", "filters": None}


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "Method": st.sampled_from(["GET", "POST"]),
    "Filters": st.lists(st.text(min_size=1), min_size=1, max_size=3),
    "PreWebhookUrl": st.sampled_from([PRE, POST]),
    "PostWebhookUrl": st.sampled_from([PRE, POST]),
    "Target": st.sampled_from(["webhook", "flex"]),
}
UPDATES = st.lists(
    st.fixed_dictionaries({}, optional={name: values | st.just("") for name, values in VALUES.items()}),
    max_size=4,
)
MEMBERS = dict(
    zip(EVERYTHING, ("method", "filters", "pre_webhook_url", "post_webhook_url", "target"), strict=True)
)
AT_LIBERTY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@AT_LIBERTY
@given(updates=UPDATES)
def test_after_any_updates_each_member_is_what_its_last_parameter_said(
    client: Conversations, updates: list[dict[str, Any]]
) -> None:
    client.emulator.reset()
    expected = dict(UNSET)
    for form in updates:
        expected |= {MEMBERS[name]: value or UNSET[MEMBERS[name]] for name, value in form.items()}
        assert client.updated(**form) == expected
    assert client.shown() == expected


@AT_LIBERTY
@given(
    data=st.binary()
    | st.dictionaries(st.text() | st.sampled_from([*EVERYTHING, "Method.x"]), st.text()).map(
        lambda form: urlencode(form).encode()
    )
)
def test_no_body_breaks_the_emulator(client: Client, data: bytes) -> None:
    response = client.request("POST", PATH, data=data, headers={"Content-Type": FORM})
    if response.status_code != 200:
        assert_error(response, 400, 20001)
