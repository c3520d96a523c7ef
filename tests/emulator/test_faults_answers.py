"""Faults that answer something else than the vendor would."""

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, RateLimit, Stale
from pulumi_switchboard.emulator.faults.rate_limit import Bucket

from tests.emulator.client import CONFIGURATIONS, SID, Client, assert_error, configuration

CREATE = "POST voice.twilio.com/v2/Configurations/Client"
LIST = "GET voice.twilio.com/v2/Configurations/Client"
FETCH = "GET voice.twilio.com/v2/Configurations/Client/{id}"

pytestmark = pytest.mark.usefixtures("quiet")


def test_an_error_has_the_vendor_s_shape_and_the_request_is_not_processed(
    client: Client, emulator: Emulator
) -> None:
    with emulator.inject(CREATE, Answer(503, retry_after=2)):
        response = client.post(CONFIGURATIONS, configuration())
    assert_error(response, 503, 20503, "told to answer 503")
    assert response.headers["Retry-After"] == "2"
    assert response.headers["Twilio-Request-Id"]
    assert emulator.state == {}
    assert [entry.status for entry in emulator.journal] == [503]


def test_an_answer_after_processing_replaces_the_answer_alone(client: Client, emulator: Emulator) -> None:
    with emulator.inject(CREATE, Answer(500, after=True)):
        assert_error(client.post(CONFIGURATIONS, configuration()), 500, 20500)
    assert len(emulator.state[SID]["twilio/voice:ClientConfiguration"]) == 1


@pytest.mark.parametrize("value", [None, [], [1], "text", 5, False, {"content": None}])
def test_any_json_value_can_be_the_body(client: Client, emulator: Emulator, value: object) -> None:
    with emulator.inject(LIST, Answer(200, json=value)):
        response = client.get(CONFIGURATIONS)
    assert (response.status_code, response.json()) == (200, value)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Twilio-Request-Id"]


def test_a_text_is_a_proxy_s_page(client: Client, emulator: Emulator) -> None:
    with emulator.inject(LIST, Answer(502, text="<h1>Bad gateway</h1>")):
        response = client.get(CONFIGURATIONS)
    assert (response.status_code, response.text) == (502, "<h1>Bad gateway</h1>")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Twilio-Request-Id" not in response.headers


def test_content_type_and_headers_are_as_told(client: Client, emulator: Emulator) -> None:
    answer = Answer(
        200, json={}, content_type="text/plain", headers={"twilio-request-id": "RQ1", "X-Empty": ""}
    )
    with emulator.inject(LIST, answer):
        headers = client.get(CONFIGURATIONS).headers
    assert (headers["Content-Type"], headers["Twilio-Request-Id"], headers["X-Empty"]) == (
        "text/plain",
        "RQ1",
        "",
    )


@pytest.mark.parametrize("status", [200, 202, 204, 304])
def test_another_status_has_no_body(client: Client, emulator: Emulator, status: int) -> None:
    with emulator.inject(LIST, Answer(status)):
        response = client.get(CONFIGURATIONS)
    assert (response.status_code, response.content) == (status, b"")


def test_a_rate_limit_lets_a_burst_through_and_refuses_the_rest(client: Client, emulator: Emulator) -> None:
    with emulator.inject(CREATE, RateLimit(per_second=0.001, burst=2, retry_after="soon")) as injected:
        client.create()
        client.create()
        refused = [client.post(CONFIGURATIONS, configuration()) for _ in range(2)]
        assert client.get(CONFIGURATIONS).status_code == 200
    for response in refused:
        assert_error(response, 429, 20429)
        assert response.headers["Retry-After"] == "soon"
    assert injected.fired == 2
    assert len(emulator.state[SID]["twilio/voice:ClientConfiguration"]) == 2


def test_the_tokens_of_a_rate_limit_come_back_with_time_up_to_the_burst() -> None:
    now = 0.0
    bucket = Bucket(per_second=2, burst=3, clock=lambda: now)
    assert [bucket.is_empty() for _ in range(4)] == [False, False, False, True]
    now = 0.5
    assert [bucket.is_empty() for _ in range(2)] == [False, True]
    now = 100.0
    assert [bucket.is_empty() for _ in range(4)] == [False, False, False, True]


def test_a_stale_answer_is_from_before_the_last_write(client: Client, emulator: Emulator) -> None:
    created = client.create(description="old")
    path = f"{CONFIGURATIONS}/{created['id']}"
    with emulator.inject(FETCH, Stale()):
        assert_error(client.get(path), 404, 20404)
    client.put(path, configuration(description="new"))
    with emulator.inject(FETCH, Stale()):
        assert client.get(path).json() == created
    client.delete(path)
    with emulator.inject(FETCH, Stale()), emulator.inject(LIST, Stale()):
        assert client.get(path).json()["description"] == "new"
        assert len(client.get(CONFIGURATIONS).json()["content"]) == 1
    assert emulator.state == {}


def test_a_write_that_fails_does_not_count(client: Client, emulator: Emulator) -> None:
    client.create("name")
    assert client.post(CONFIGURATIONS, configuration(unique_name="name")).status_code == 409
    with emulator.inject(LIST, Stale()):
        assert client.get(CONFIGURATIONS).json()["content"] == []


def test_an_account_without_a_write_is_shown_as_it_is(client: Client, emulator: Emulator) -> None:
    with emulator.inject(LIST, Stale()):
        assert client.get(CONFIGURATIONS).json()["content"] == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"status": 100}, "status: must be from 200 to 599"),
        ({"status": 600}, "status: must be from 200 to 599"),
        ({"status": 204, "json": None}, "status: 204 has no body"),
        ({"status": 200, "json": {}, "text": ""}, "json, text: only one"),
        ({"status": 200, "json": float("nan")}, "json: must be a JSON value"),
        ({"status": 200, "json": object()}, "json: must be a JSON value"),
        ({"status": 200, "text": "\ud800"}, "text: must be Unicode"),
        (
            {"status": 200, "headers": {"Content-Length": "1"}},
            "headers: Content-Length follows from the body",
        ),
        ({"status": 200, "headers": {"a b": "1"}}, "headers: 'a b' is not a name"),
        ({"status": 200, "headers": {"A": "1\r\nB: 2"}}, "headers: A must be printable ASCII"),
        ({"status": 200, "retry_after": "ü"}, "headers: Retry-After must be printable ASCII"),
    ],
)
def test_what_cannot_be_answered_is_refused_at_once(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Answer(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("per_second", "burst", "message"), [(0, 1, "per_second: must be a number above 0"), (1, 0, "burst: ")]
)
def test_a_rate_that_lets_nothing_through_is_refused(per_second: float, burst: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RateLimit(per_second, burst)
