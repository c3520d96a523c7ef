"""The shape of Ultravox's errors, those of faults included."""

from collections.abc import Iterator

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, RateLimit

from tests.emulator.ultravox import (
    CREATE,
    FETCH,
    HOST,
    NAME,
    PATH,
    TYPE,
    Ultravox,
    assert_detail,
    assert_invalid,
    body,
)

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Ultravox]:
    client = Ultravox(emulator)
    yield client
    client.close()


@pytest.mark.parametrize("path", ["", "/api/telephony_configs/twilio/", "/api/telephony_configs/telnyx"])
def test_an_unknown_path_is_a_404_with_a_detail(client: Ultravox, path: str) -> None:
    assert_detail(client.get(HOST + path), 404, "was not found")


@pytest.mark.parametrize("host", ["app.ultravox.ai", "ultravox.ai"])
def test_another_host_of_the_vendor_is_a_404_that_names_the_right_one(client: Ultravox, host: str) -> None:
    assert_detail(client.get(f"/{host}/api/telephony_configs/twilio"), 404, host, "api.ultravox.ai")


def test_the_host_is_taken_from_the_host_header(client: Ultravox) -> None:
    response = client.get("/api/telephony_configs/twilio", headers={"Host": "api.ultravox.ai"})
    assert_detail(response, 404, "Not found")


def test_a_method_that_a_path_does_not_have_is_a_405(client: Ultravox) -> None:
    assert_detail(client.put(PATH, body()), 405, "PUT")


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", None])
def test_another_content_type_is_a_415(client: Ultravox, content_type: str | None) -> None:
    response = client.request("POST", PATH, data=b"{}", headers={"Content-Type": content_type})
    assert_detail(response, 415, "application/json")


@pytest.mark.parametrize("data", [b"", b"{", b'{"a": NaN}', b'"\xff"', b'{"a": "\\ud800"}', b"[" * 100_000])
def test_a_body_that_is_no_json_is_a_400_with_a_detail(client: Ultravox, data: bytes) -> None:
    response = client.request("POST", PATH, data=data, headers={"Content-Type": "application/json"})
    assert_detail(response, 400, "JSON parse error")


@pytest.mark.parametrize("sent", [[], "text", 1])
def test_a_body_that_is_no_object_is_no_single_member_s_fault(client: Ultravox, sent: object) -> None:
    assert_invalid(client.post(PATH, sent), non_field_errors=["Invalid data. Expected a dictionary."])


@pytest.mark.parametrize("status", [401, 403, 404, 405, 409, 429, 500, 503])
def test_an_injected_error_has_a_detail_and_the_request_is_not_processed(
    client: Ultravox, emulator: Emulator, status: int
) -> None:
    with emulator.inject(CREATE, Answer(status, retry_after=2)):
        response = client.post(PATH, body())
    assert_detail(response, status, f"told to answer {status}")
    assert response.headers["Retry-After"] == "2"
    assert emulator.state == {}


def test_an_injected_400_is_no_single_member_s_fault(client: Ultravox, emulator: Emulator) -> None:
    with emulator.inject(CREATE, Answer(400)):
        response = client.post(PATH, body())
    assert_invalid(response, non_field_errors=["The emulator was told to answer 400 here"])


def test_an_answer_after_processing_replaces_the_answer_alone(client: Ultravox, emulator: Emulator) -> None:
    with emulator.inject(CREATE, Answer(500, after=True)):
        assert_detail(client.post(PATH, body()), 500)
    assert set(emulator.state[NAME]) == {TYPE}


def test_a_rate_limit_refuses_with_a_detail(client: Ultravox, emulator: Emulator) -> None:
    client.created()
    with emulator.inject(FETCH, RateLimit(per_second=0.001, burst=1, retry_after=1)):
        assert client.get(PATH).status_code == 200
        refused = client.get(PATH)
    assert_detail(refused, 429)
    assert refused.headers["Retry-After"] == "1"


def test_nothing_of_a_request_that_could_be_secret_is_shown(client: Ultravox, emulator: Emulator) -> None:
    refused = [
        client.post(PATH, body(authToken=["hunter2"], accountSid="hunter2")),
        client.post(PATH, body(authtoken="hunter2")),
        client.get(PATH, headers={"X-API-Key": "hunter2"}),
    ]
    shown = "".join(response.text for response in refused) + str(client.get("/_emulator/journal").json())
    assert [response.status_code for response in refused] == [400, 400, 403]
    assert "hunter2" not in shown
    assert "k" * 32 not in shown
