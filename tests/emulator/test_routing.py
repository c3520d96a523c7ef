"""Hosts, paths and methods."""

from pathlib import Path

import pytest
from pulumi_switchboard.emulator import Emulator, apis

from tests.emulator.client import CONFIGURATIONS, Client, assert_error


@pytest.mark.parametrize(
    "host", ["voice.twilio.com", "voice.ie1.twilio.com", "voice.dublin.ie1.twilio.com", "VOICE.twilio.com"]
)
def test_the_host_is_taken_from_the_first_path_segment(client: Client, host: str) -> None:
    assert client.get(f"/{host}/v2/Configurations/Client").status_code == 200


@pytest.mark.parametrize("host", ["voice.twilio.com", "voice.dublin.ie1.twilio.com", "voice.twilio.com:8080"])
def test_the_host_is_taken_from_the_host_header(client: Client, emulator: Emulator, host: str) -> None:
    response = client.get("/v2/Configurations/Client", headers={"Host": host})
    assert response.status_code == 200
    assert emulator.journal[-1].host == host.partition(":")[0]


def test_a_host_of_the_vendor_without_an_api_here_is_a_404_in_its_shape(client: Client) -> None:
    assert_error(
        client.get("/studio.twilio.com/v2/Flows"), 404, 20404, "studio.twilio.com", "voice.twilio.com"
    )


@pytest.mark.parametrize(
    "path", ["/", "/v2/Configurations/Client", "/voice.twilio.org/v2", "//voice.twilio.com"]
)
def test_a_host_of_no_vendor_is_a_404_that_names_the_hosts(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "voice.twilio.com" in response.json()["message"]


@pytest.mark.parametrize("path", ["", "/", "/v2/Configurations", "/v2/Configurations/Client/", "/v2/Nothing"])
def test_an_unknown_path_is_a_404_in_the_vendor_s_shape(client: Client, path: str) -> None:
    assert_error(client.get(f"/voice.twilio.com{path}"), 404, 20404, "was not found")


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", ""), ("PATCH", "/voice_clientconfiguration_x"), ("PUT", "/Default")]
)
def test_a_method_that_a_path_does_not_have_is_a_405(client: Client, method: str, path: str) -> None:
    assert_error(client.request(method, CONFIGURATIONS + path), 405, 20004, method)


def test_every_answer_has_a_request_id_of_its_own(client: Client) -> None:
    ids = {client.get(CONFIGURATIONS + path).headers["Twilio-Request-Id"] for path in ("", "", "/missing")}
    assert len(ids) == 3


def test_an_api_is_added_by_a_new_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "studio.py").write_text(
        "from pulumi_switchboard.emulator.api import Api, Call, Reply\n"
        "from pulumi_switchboard.emulator.twilio import TWILIO\n"
        "api = Api(TWILIO, 'studio.twilio.com')\n"
        "@api.route('GET', '/v2/Flows')\n"
        "def flows(call: Call) -> Reply:\n"
        "    raise RuntimeError('a bug')\n"
    )
    monkeypatch.setattr(apis, "__path__", [*apis.__path__, str(tmp_path)])
    with Emulator() as emulator:
        client = Client(emulator)
        response = client.get("/studio.twilio.com/v2/Flows")
        client.close()
    assert_error(response, 500, 20500, "bug")
