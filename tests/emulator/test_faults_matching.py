"""Which request a fault hits."""

import pytest
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer, RateLimit, Stale

from tests.emulator.client import CONFIGURATIONS, DEFAULT, Client, configuration
from tests.emulator.conversations import UPDATE, Conversations

LIST = "GET voice.twilio.com/v2/Configurations/Client"
CREATE = "POST voice.twilio.com/v2/Configurations/Client"
FETCH = "GET voice.twilio.com/v2/Configurations/Client/{id}"


def statuses(client: Client, count: int, path: str = CONFIGURATIONS) -> list[int]:
    return [client.get(path).status_code for _ in range(count)]


def test_a_fault_hits_the_first_matching_request_alone_unless_told_otherwise(
    client: Client, emulator: Emulator
) -> None:
    with emulator.inject(LIST, Answer(503)) as injected:
        assert statuses(client, 2) == [503, 200]
    assert injected.fired == 1


def test_a_fault_hits_as_many_requests_as_told_from_the_nth_on(client: Client, emulator: Emulator) -> None:
    with emulator.inject(LIST, Answer(503), nth=2, times=2) as injected:
        assert statuses(client, 4) == [200, 503, 503, 200]
    assert injected.fired == 2


def test_a_fault_without_a_number_of_times_hits_every_request_until_it_is_removed(
    client: Client, emulator: Emulator
) -> None:
    with emulator.inject(LIST, Answer(503), times=None):
        assert statuses(client, 3) == [503, 503, 503]
    assert statuses(client, 1) == [200]


def test_only_requests_of_the_method_the_host_and_the_path_count(client: Client, emulator: Emulator) -> None:
    with emulator.inject(CREATE, Answer(503), nth=2):
        client.get(CONFIGURATIONS)
        client.post(DEFAULT, {"configuration_id": "x"})
        client.post("/studio.twilio.com/v2/Configurations/Client")
        client.create()
        assert client.post(CONFIGURATIONS, configuration()).status_code == 503


def test_the_host_of_any_region_and_edge_counts(client: Client, emulator: Emulator) -> None:
    with emulator.inject(LIST, Answer(503), times=None):
        assert statuses(client, 1, "/voice.dublin.ie1.twilio.com/v2/Configurations/Client") == [503]


@pytest.mark.parametrize(
    "at", [FETCH, FETCH.replace("{id}", "{anything}"), FETCH.replace("Client", "{kind}")]
)
def test_a_placeholder_stands_for_any_segment(client: Client, emulator: Emulator, at: str) -> None:
    path = f"{CONFIGURATIONS}/{client.create()['id']}"
    with emulator.inject(at, Answer(503)):
        assert statuses(client, 2, path) == [503, 200]


@pytest.mark.parametrize("sent", ["a/b", "a b"])
def test_a_concrete_id_stands_for_itself(client: Client, emulator: Emulator, sent: str) -> None:
    encoded = sent.replace("/", "%2F").replace(" ", "%20")
    with emulator.inject(FETCH.replace("{id}", encoded), Answer(503)):
        assert statuses(client, 1, f"{CONFIGURATIONS}/other") == [404]
        assert statuses(client, 1, f"{CONFIGURATIONS}/{encoded}") == [503]


def test_a_star_stands_for_any_method(client: Client, emulator: Emulator) -> None:
    with emulator.inject(LIST.replace("GET", "*"), Answer(503), times=2):
        assert statuses(client, 1) == [503]
        assert client.post(CONFIGURATIONS).status_code == 503


def test_a_star_alone_stands_for_every_vendor_request_and_no_control_request(
    client: Client, emulator: Emulator
) -> None:
    with emulator.inject("*", Answer(503), times=None):
        assert statuses(client, 1) == [503]
        assert client.get("/nowhere/else").json() == {"message": "The emulator was told to answer 503 here"}
        assert client.get("/_emulator/state").status_code == 200


def test_a_text_is_looked_for_in_body_path_and_query(client: Client, emulator: Emulator) -> None:
    with emulator.inject("*", Answer(503), where="my desk", times=3):
        assert client.post(CONFIGURATIONS, configuration(description="in my desk")).status_code == 503
        assert client.post(CONFIGURATIONS, configuration(description="elsewhere")).status_code == 201
        assert statuses(client, 1, f"{CONFIGURATIONS}/my%20desk") == [503]
        assert statuses(client, 1, f"{CONFIGURATIONS}?pageToken=my%20desk") == [503]


def test_of_two_faults_the_first_acts_and_the_other_keeps_its_turn(
    client: Client, emulator: Emulator
) -> None:
    with emulator.inject(LIST, Answer(500)), emulator.inject("*", Answer(503)):
        assert statuses(client, 3) == [500, 503, 200]


def test_every_fault_counts_the_requests_that_another_acts_on(client: Client, emulator: Emulator) -> None:
    with emulator.inject(LIST, Answer(500), times=2), emulator.inject(LIST, Answer(503), nth=3):
        assert statuses(client, 4) == [500, 500, 503, 200]


def test_a_request_within_a_rate_limit_is_left_to_other_faults(client: Client, emulator: Emulator) -> None:
    limit = RateLimit(per_second=0.001, burst=2)
    with emulator.inject(LIST, limit), emulator.inject(LIST, Answer(503), nth=2):
        assert statuses(client, 3) == [200, 503, 429]


@pytest.mark.parametrize(
    "at",
    [
        "",
        "GET",
        "GET *",
        "PATCH voice.twilio.com/v2/Configurations/Client",
        "GET studio.twilio.com/v2/Configurations/Client",
        "GET voice.dublin.ie1.twilio.com/v2/Configurations/Client",
        "GET voice.twilio.com/v2/Configurations",
        "GET voice.twilio.com/v2/Configurations/Client/",
        "* voice.twilio.com/v2/Configurations/Server",
    ],
)
def test_a_place_that_fits_no_route_is_refused_with_the_routes(emulator: Emulator, at: str) -> None:
    with pytest.raises(ValueError, match="fits no route") as refused:
        emulator.inject(at, Answer(503))
    assert f"'{at}'" in str(refused.value)
    assert "PUT voice.twilio.com/v2/Configurations/Client/{id}" in str(refused.value)


def test_a_number_below_one_and_a_method_that_an_action_does_not_have_are_refused(
    emulator: Emulator,
) -> None:
    with pytest.raises(ValueError, match="nth: must be 1 or more"):
        emulator.inject(LIST, Answer(503), nth=0)
    with pytest.raises(ValueError, match="times: must be 1 or more, or null"):
        emulator.inject(LIST, Answer(503), times=0)
    for at in (CREATE, "*"):
        with pytest.raises(ValueError, match="at: Stale acts on GET only"):
            emulator.inject(at, Stale())


@pytest.mark.parametrize("where", ["https://desk.example.com/told", "https%3A%2F%2Fdesk.example.com"])
def test_a_form_is_searched_decoded_and_as_it_was_sent(emulator: Emulator, where: str) -> None:
    conversations = Conversations(emulator)
    with emulator.inject(UPDATE, Answer(503), where=where):
        assert conversations.send({"PostWebhookUrl": "https://other.example.com"}).status_code == 200
        assert conversations.send({"PostWebhookUrl": "https://desk.example.com/told"}).status_code == 503
    conversations.close()
