"""The switches of Conversations v1, each at its other values."""

import json
from pathlib import Path

import pytest

from tests.emulator.client import assert_error
from tests.emulator.conversations import EVERYTHING, PATH, SET, UNSET, conversations
from tests.emulator.orchestrator import COLLECTION

SPECS = Path(__file__).parents[2].parent / "shared" / "reference" / "specs"
SPEC = SPECS / "twilio_conversations_v1_configuration.json"


def test_unknown_filters_can_be_refused() -> None:
    with conversations(conversations_unknown_filters="refuse") as client:
        assert client.updated(**EVERYTHING) == SET
        refused = client.send({"Filters": ["onMessageAdded", "onMessageSend"]})
        assert_error(refused, 400, 20001, "Filters[1]: must be onMessageAdd or ")
        assert client.shown() == SET
        assert client.updated(Filters="")["filters"] is None


@pytest.mark.skipif(not SPEC.exists(), reason="the vendor's OpenAPI files are not next to the repository")
def test_the_known_filters_are_those_that_the_vendor_names() -> None:
    schemas = json.loads(SPEC.read_text())["components"]["schemas"]
    described = schemas["conversations.v1.configuration.configuration_webhook"]["properties"]["filters"]
    named = described["description"].split("`")[1::2]
    assert len(named) == 23
    with conversations(conversations_unknown_filters="refuse") as client:
        assert client.updated(Filters=named)["filters"] == named


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("sorted", ["onMessageAdded", "onUserAdded", "onUserUpdate"]),
        ("reversed", ["onUserUpdate", "onMessageAdded", "onUserAdded"]),
    ],
)
def test_filters_can_be_in_another_order(order: str, expected: list[str]) -> None:
    with conversations(conversations_filter_order=order) as client:
        filters = ["onUserAdded", "onMessageAdded", "onUserUpdate"]
        assert client.updated(Filters=filters)["filters"] == expected
        assert client.updated(Method="GET")["filters"] == expected
        assert client.shown()["filters"] == expected


def test_an_empty_value_can_make_a_text_or_a_list_empty() -> None:
    with conversations(conversations_empty_value="empty") as client:
        client.updated(**EVERYTHING)
        emptied = {
            **UNSET,
            "method": "",
            "filters": [],
            "pre_webhook_url": "",
            "post_webhook_url": "",
        }
        assert client.updated(**dict.fromkeys(EVERYTHING, "")) == emptied
        assert client.shown() == emptied


def test_an_empty_value_can_be_ignored() -> None:
    with conversations(conversations_empty_value="ignore") as client:
        client.updated(**EVERYTHING)
        assert client.updated(**dict.fromkeys(EVERYTHING, "")) == SET
        assert client.updated(Method="POST", Filters="") == {**SET, "method": "POST"}


@pytest.mark.parametrize(
    ("case", "sent", "expected"),
    [("lower", "POST", "post"), ("lower", "Get", "get"), ("kept", "pOsT", "pOsT"), ("kept", "GET", "GET")],
)
def test_the_method_can_be_in_another_case(case: str, sent: str, expected: str) -> None:
    with conversations(conversations_method_case=case) as client:
        assert client.updated(Method=sent)["method"] == expected
        assert client.shown()["method"] == expected
        assert client.updated(Method="")["method"] is None


@pytest.mark.parametrize("empty", ["null", "empty"])
def test_the_target_can_be_null_while_it_is_unset(empty: str) -> None:
    with conversations(conversations_unset_target="null", conversations_empty_value=empty) as client:
        assert client.shown() == {**UNSET, "target": None}
        assert client.updated(Method="GET")["target"] is None
        assert client.updated(Target="webhook")["target"] == "webhook"
        assert client.updated(Target="")["target"] is None


def test_the_shape_of_orchestrator_s_errors_is_not_that_of_the_configuration() -> None:
    with conversations(orchestrator_error_shape="E2") as client:
        assert_error(client.send({"Method": "PUT"}), 400, 20001)
        assert_error(client.put(PATH), 405, 20004)
        assert_error(client.get(PATH, auth=("nobody", "x")), 401, 20003)
        assert "httpStatusCode" in client.put(COLLECTION).json()
