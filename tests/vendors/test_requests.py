"""What the vendors are sent, how lists are read, and which requests are repeated."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from pulumi_switchboard.definitions.twilio.memory.store import definition as stores
from pulumi_switchboard.definitions.twilio.orchestrator.configuration import definition as configurations
from pulumi_switchboard.definitions.twilio.voice.client_configuration import definition as clients
from pulumi_switchboard.definitions.ultravox.twilio_telephony import definition as telephony
from pulumi_switchboard.errors import LostAnswerError, MissingError, VendorError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.rest.paging import MOST_PAGES, Pages, every_item
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.retrying import RetryingClient
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.encoding import segment
from pulumi_switchboard.vendors.twilio.client import TWILIO, Twilio
from pulumi_switchboard.vendors.ultravox.client import Ultravox
from pulumi_switchboard.vendors.vendor import Client, Origin, Product

from tests.promises import proves
from tests.transport.fakes import Answer, answer, scripted
from tests.vendors.clients import KEY, SID, TOKEN, said, twilio, ultravox

PATH = "/api/telephony_configs/twilio"
CONVERSATIONS = "https://conversations.twilio.com/v1/x"
VOICE = "https://voice.twilio.com/v2/x"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FIELDS = [("Filters", "a"), ("Filters", "b & c"), ("PreWebhookUrl", "")]
FORM_BODY = b"Filters=a&Filters=b+%26+c&PreWebhookUrl="


def test_a_request_to_twilio_has_the_credentials_and_json_or_a_form() -> None:
    form = Request("POST", CONVERSATIONS, (SID, TOKEN), FORM, FORM_BODY, idempotent=True)
    versioned = Request(
        "PUT", VOICE, (SID, TOKEN), {**JSON, "Idempotency-Key": "k", "If-Match": '"1"'}, b"{}"
    )
    sends: list[tuple[Callable[[Client], Response], Request]] = [
        (lambda client: client.exchange("GET", "voice", "/v2/x?a=b+c"), sent("GET", f"{VOICE}?a=b+c")),
        (
            lambda client: client.exchange("POST", "voice", "/v2/x", {"a": "ä"}),
            sent("POST", VOICE, b'{"a": "\\u00e4"}'),
        ),
        (
            lambda client: client.exchange("PUT", "voice", "/v2/x", {"a": None}),
            sent("PUT", VOICE, b'{"a": null}'),
        ),
        (lambda client: client.exchange("PUT", "voice", "/v2/x", {}, key="k", etag='"1"'), versioned),
        (lambda client: client.exchange("DELETE", "voice", "/v2/x"), sent("DELETE", VOICE)),
        (lambda client: client.exchange("POST", "conversations", "/v1/x", FIELDS, is_idempotent=True), form),
    ]
    for send, request in sends:
        client, script = twilio(said({"id": "1"}))
        assert send(client).json() == {"id": "1"}
        assert [one for _, one in script.sent] == [request]


def sent(method: str, url: str, body: bytes | None = None) -> Request:
    return Request(method, url, (SID, TOKEN), JSON if body else {}, body)


@proves("transport.retries")
def test_a_request_to_ultravox_has_the_key_alone_and_json_and_only_a_create_is_not_repeated() -> None:
    bodies: dict[str, Any] = {"GET": None, "POST": {"a": "ä"}, "PATCH": {"a": []}, "DELETE": None}
    for method, body in bodies.items():
        client, script = ultravox(said({"accountSid": "AC1"}))
        response = client.exchange(method, "api", PATH, body, is_idempotent=method == "PATCH")
        assert response.json() == {"accountSid": "AC1"}

        ((_, request),) = script.sent
        assert (request.method, request.url) == (method, f"https://api.ultravox.ai{PATH}")
        assert request.auth is None
        assert request.headers == {"X-API-Key": KEY, **(JSON if body else {})}
        assert (json.loads(request.body) if request.body else None) == body
        assert request.repeatable is (method != "POST")


@proves("endpoint.one-base-url")
def test_the_endpoint_takes_the_place_of_ultravoxs_host() -> None:
    client, script = ultravox(said({}), **{"switchboard:endpoint": "http://127.0.0.1:8080/"})

    client.exchange("GET", "api", PATH)

    assert script.sent[0][1].url == f"http://127.0.0.1:8080/api.ultravox.ai{PATH}"
    assert str(client.origin) == "account of the Ultravox API key at http://localhost"
    assert client.where == "account of the Ultravox API key at http://127.0.0.1:8080"
    assert ultravox()[0].where == "account of the Ultravox API key at https://api.ultravox.ai"


def test_each_account_has_a_connection_of_its_own_to_the_vendor() -> None:
    asked: list[Origin] = []

    def connect(origin: Origin) -> RetryingClient:
        asked.append(origin)
        return scripted().http()

    settings = {"twilio:accountSid": SID, "twilio:authToken": "t", "twilio:region": "ie1"}
    sources = Sources({**settings, "ultravox:apiKey": KEY}, {})
    signed_in = [sign_in(sources, connect) for sign_in in (Twilio.sign_in, Ultravox.sign_in)]

    assert asked == [client.origin for client in signed_in]
    assert asked[0] == Origin(SID, "https://ie1.twilio.com")


def test_a_refusal_of_a_repeated_change_leaves_its_effect_open() -> None:
    lost = LostAnswerError("lost")
    client: Client = twilio(lost, said({"message": "No."}, 400))[0]
    with pytest.raises(VendorError) as first:
        client.exchange("POST", "conversations", "/v1/x", FIELDS, is_idempotent=True)
    client = ultravox(lost, said({"detail": "No."}, 400))[0]
    with pytest.raises(VendorError) as second:
        client.exchange("PATCH", "api", PATH, {"a": 1}, is_idempotent=True)
    assert (first.value.may_have_acted, second.value.may_have_acted) == (True, True)


@proves("transport.only-to-the-vendor")
def test_a_redirect_is_a_refusal() -> None:
    for status in (301, 302, 307):
        away = answer(status, b"", location="https://evil.example")
        with pytest.raises(VendorError, match="no explanation"):
            twilio(away)[0].exchange("GET", "voice", "/v2/x")
        with pytest.raises(VendorError, match="no explanation"):
            ultravox(away)[0].exchange("GET", "api", PATH)


def test_an_id_is_one_segment_of_a_path_whatever_it_holds() -> None:
    texts = ["voice_clientconfiguration_01", "a/b", "../x", "a?b#c", "a b%", "ü", "..."]
    segments = ["voice_clientconfiguration_01", "a%2Fb", "..%2Fx", "a%3Fb%23c", "a%20b%25", "%C3%BC", "..."]
    assert [segment(text) for text in texts] == segments

    for text in ("", ".", ".."):
        with pytest.raises(MissingError, match="is not the id of an object"):
            segment(text)


def page(items: Any, token: Any = None) -> Answer:
    return said({"items": items, "meta": {"next": token}})


def items(*answers: Answer) -> tuple[list[Any], list[str]]:
    """The items of the list that these answers show, and the URLs that were requested."""
    client, script = twilio(*answers)
    pages = Pages("items", "next", size=2)
    found = [*every_item(client, Product(TWILIO, "voice"), "/v2/x", pages, {"a": "b"})]
    return found, [request.url for _, request in script.sent]


def test_all_pages_of_a_list_are_read() -> None:
    first = f"{VOICE}?a=b&pageSize=2"
    assert items(page([1, 2], "a b"), page([3])) == ([1, 2, 3], [first, f"{first}&pageToken=a+b"])
    for no_token in (None, "", 7, ["a"]):
        assert items(page([1], no_token)) == ([1], [first])
    assert items(page(None)) == ([], [first])


def test_a_list_that_cannot_be_read_to_its_end_is_an_error() -> None:
    for odd in (said([]), said(7), said({}), page(7), page({"a": 1})):
        with pytest.raises(LostAnswerError, match="not a page of the list /v2/x"):
            items(page([1], "more"), odd)
    with pytest.raises(LostAnswerError, match="does not end: it was left after 2 pages"):
        items(page([1], "a"), page([2], "b"), page([3], "a"))
    with pytest.raises(LostAnswerError, match=f"left after {MOST_PAGES} pages"):
        items(*(page([n], f"{n}") for n in range(MOST_PAGES + 1)))


def test_an_item_that_is_no_id_is_not_taken_for_an_object_that_is_gone() -> None:
    for odd in (None, 7, "", "a b", {"id": "mem_store_1"}, "<{%x%}>", "x" * 256):
        shown = said({"stores": [odd], "meta": {}})
        client, _ = twilio(shown, shown)
        context: Any = SimpleNamespace(client=client, definition=stores)
        for items in (stores.api.list(context), stores.api.ids(context)):
            with pytest.raises(LostAnswerError, match="is not a valid id"):
                next(items)


def test_an_object_whose_id_is_the_wanted_name_is_not_the_named_one() -> None:
    for name, wanted, is_found in (("other", "id-1", False), ("other", "other", True)):
        client, _ = twilio(said({"id": "id-1", "unique_name": name, "account_sid": SID}))
        context: Any = SimpleNamespace(client=client, definition=clients)
        found = clients.api.find(context, to_model(clients.inputs, {"unique_name": wanted}))
        assert (found is not None) is is_found


def test_a_store_of_another_name_is_not_the_named_one() -> None:
    for name, is_found in (("support", True), ("sales", False)):
        client, _ = twilio(said({"stores": ["id-1"], "meta": {}}), said({"id": "id-1", "displayName": name}))
        context: Any = SimpleNamespace(client=client, definition=stores, origin=client.origin)
        found = stores.api.find(context, to_model(stores.inputs, {"display_name": "support"}))
        assert (found is not None) is is_found


@proves("transport.retries")
def test_only_an_api_that_has_idempotency_keys_gets_one() -> None:
    for definition, headers in ((clients, {}), (configurations, {"Idempotency-Key": "k"})):
        client, script = twilio(said({}, 204))
        context: Any = SimpleNamespace(client=client, definition=definition)
        definition.api.delete(context, "id-1", key="k")
        assert [request.headers for _, request in script.sent] == [headers]


@proves("transport.retries")
def test_only_a_change_of_an_account_setting_is_sent_again_and_not_its_creation() -> None:
    shown: State = to_model(telephony.state, {"account_sid": SID})
    for live, repeatable in ((None, False), (shown, True)):
        client, script = ultravox(said({"accountSid": SID}))
        context: Any = SimpleNamespace(client=client, definition=telephony)
        telephony.api.write(context, live, to_model(telephony.inputs, {"account_sid": SID}))
        assert [request.repeatable for _, request in script.sent] == [repeatable]
