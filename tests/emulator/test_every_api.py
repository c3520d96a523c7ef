"""What every emulated API does alike, in the shape of its vendor."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.apis import discover
from pulumi_switchboard.emulator.faults import Answer, RateLimit, Stale

from tests.emulator.client import (
    FORM,
    KEY,
    KEY_NAME,
    KEY_SECRET,
    OTHER_SID,
    SID,
    Client,
    Orchestrator,
    Telephony,
    Voice,
    Webhooks,
    assert_refused,
    body,
    configuration,
    telephony,
)
from tests.promises import proves

MIB = 1 << 20
OTHER_KEY = f"zyxw9876.{KEY_SECRET}"
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True)
class Subject:
    """An API, and requests to it."""

    type: str
    path: str
    good: dict[str, Any]
    """The body of a POST that succeeds."""
    bad: dict[str, Any]
    """One whose values are all wrong, and say hunter2."""
    problems: tuple[str, ...]
    """What is said about that."""
    content_type: str = "application/json"

    @property
    def host(self) -> str:
        return self.path.split("/")[1]

    @property
    def place(self) -> str:
        """Where faults find the requests."""
        return self.path.removeprefix("/")

    @property
    def account(self) -> str:
        return KEY_NAME if "ultravox" in self.host else SID

    def client(self, emulator: Emulator, *, is_other: bool = False) -> Client:
        """Return a client with the credentials of one of two accounts."""
        if "ultravox" in self.host:
            return Client(emulator, None, OTHER_KEY if is_other else f"{KEY_NAME}.{KEY_SECRET}")
        return Client(emulator, (OTHER_SID if is_other else SID, "token"))

    def post(self, client: Client, sent: Any, content_type: str | None = "") -> requests.Response:
        """Send a POST with this body."""
        if not isinstance(sent, bytes):
            sent = (urlencode(sent, doseq=True) if self.content_type == FORM else json.dumps(sent)).encode()
        headers = {"Content-Type": self.content_type if content_type == "" else content_type}
        return client.request("POST", self.path, data=sent, headers=headers)


SUBJECTS = [
    Subject(
        Voice.type,
        Voice.path,
        configuration(description="in my desk"),
        {"unique_name": "hunter2 ", "configuration": {"callnotification": {"url": "hunter2"}}},
        ("unique_name: ", "configurationType: ", "callnotification.url: "),
    ),
    Subject(
        Webhooks.type,
        Webhooks.path,
        {"Method": "GET", "Filters": ["in my desk"], "PreWebhookUrl": "https://desk.example.com"},
        {"Method": "hunter2", "PreWebhookUrl": "hunter2", "Target": ["hunter2", "flex"]},
        ("Method: ", "PreWebhookUrl: ", "Target: "),
        FORM,
    ),
    Subject(
        Orchestrator.type,
        Orchestrator.path,
        body(description="in my desk"),
        {"displayName": "hunter2!", "statusCallbacks": [{"url": "hunter2"}]},
        ("displayName: ", "description: ", "statusCallbacks[0].url: "),
    ),
    Subject(
        Telephony.type,
        Telephony.path,
        telephony(requestContextMapping={"From": "in my desk"}),
        {"accountSid": ["hunter2"], "authToken": ["hunter2"], "callCreationAllowAllAgents": "hunter2"},
        ("accountSid: ", "authToken: ", "callCreationAllowAllAgents: "),
    ),
]
each_api = pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.type)


@pytest.fixture
def client(subject: Subject, emulator: Emulator) -> Iterator[Client]:
    with subject.client(emulator) as client:
        yield client


@proves("emulator.strict")
@each_api
def test_a_body_of_another_content_type_or_form_is_refused(subject: Subject, client: Client) -> None:
    others = {"application/json", FORM, "text/plain", None} - {subject.content_type}
    for content_type in others:
        assert_refused(subject.post(client, b"{}", content_type), 415, subject.content_type)
    for data in (b"{", b'{"a": NaN}', b'{"a": 1e400}', b'"\xff"', b'{"a": "\\ud800"}', b"a=%ff"):
        assert_refused(subject.post(client, data), 400)
    assert client.emulator.state == {}
    assert subject.post(client, subject.good, f"{subject.content_type.upper()}; charset=utf-8").ok


@proves("emulator.strict")
@each_api
def test_all_problems_of_a_body_are_reported_at_once_without_a_value(
    subject: Subject, client: Client
) -> None:
    refused = subject.post(client, subject.bad)
    assert_refused(refused, 400, *subject.problems)
    assert "hunter2" not in refused.text
    assert client.emulator.state == {}


@proves("emulator.strict")
@each_api
def test_an_unknown_path_is_a_404_and_an_unknown_method_a_405(subject: Subject, client: Client) -> None:
    for path in (f"{subject.path}/", f"{subject.path}s", f"/{subject.host}", f"/{subject.host}/"):
        assert_refused(client.get(path), 404, "was not found")
    segments = subject.path.split("/")[2:]
    routes = [route for api in discover() if api.host == subject.host for route in api.routes]
    allowed = {route.method for route in routes if route.match(["", *segments]) is not None}
    for method in METHODS - allowed:
        assert_refused(client.request(method, subject.path, {}), 405, method)
    assert client.request("HEAD", subject.path).status_code == 405


@proves("emulator.hosts-and-accounts")
@each_api
def test_the_host_is_in_the_path_or_in_the_header_with_any_region(subject: Subject, client: Client) -> None:
    subject.post(client, subject.good)
    expected = client.get(subject.path).json()
    path = subject.path.removeprefix(f"/{subject.host}")
    hosts = [subject.host, f"{subject.host}:8080"]
    if "twilio" in subject.host:
        product = subject.host.partition(".")[0]
        hosts += [f"{product}.ie1.twilio.com", f"{product}.dublin.ie1.twilio.com", subject.host.upper()]
    for host in hosts:
        assert client.get(path, headers={"Host": host}).json() == expected
        assert client.emulator.journal[-1].host == host.partition(":")[0].lower()
        if ":" not in host:
            assert client.get(f"/{host}{path}").json() == expected


@proves("emulator.hosts-and-accounts")
@each_api
def test_accounts_do_not_see_each_other(subject: Subject, client: Client) -> None:
    with subject.client(client.emulator, is_other=True) as other:
        before = other.get(subject.path)
        assert subject.post(client, subject.good).ok
        after = other.get(subject.path)
        assert (after.status_code, after.content) == (before.status_code, before.content)
        mine = client.emulator.state[subject.account]
        assert subject.post(other, subject.good).ok
    assert set(mine) == {subject.type}
    assert client.emulator.state[subject.account] == mine
    assert len(client.emulator.state) == 2


@proves("emulator.hosts-and-accounts")
@each_api
def test_bad_credentials_are_refused_before_the_body_is_read(subject: Subject, emulator: Emulator) -> None:
    with Client(emulator, None) as nobody:
        for headers, status in credentials(subject):
            for method in ("GET", "POST"):
                refused = nobody.request(method, subject.path, {"not": "read"}, headers=headers)
                assert_refused(refused, status)
                if "twilio" in subject.host:
                    assert refused.headers["WWW-Authenticate"].startswith("Basic ")
    assert emulator.state == {}


def credentials(subject: Subject) -> Iterator[tuple[dict[str, str | None], int]]:
    """Return headers that let nobody in, and the status of the answer."""
    basic = dict(requests.Request("GET", "http://a", auth=(SID, "token")).prepare().headers)
    key = {"X-API-Key": f"{KEY_NAME}.{KEY_SECRET}"}
    if "ultravox" in subject.host:
        for missing in ({}, {"X-API-Key": ""}, basic):
            yield {**missing}, 401
        name, secret = KEY_NAME, KEY_SECRET
        wrong = [name, f"{name}.", f"{name}.{secret[1:]}", f"{name}.{secret}k", f"{name}{secret}.", SID]
        for text in (*wrong, f"{name[1:]}-.{secret}", f"{name}:{secret}", "hunter2"):
            yield {"X-API-Key": text}, 403
        return
    yield {**key}, 401
    for text in ("", "Bearer token", "Basic", "Basic !!!", "Basic /w==", "Basic QUM6dG9rZW4="):
        yield {"Authorization": text}, 401
    for user in (SID[:-1], f"{SID}0", SID.replace("AC", "AB"), f"{SID}\n"):
        yield dict(requests.Request("GET", "http://a", auth=(user, "token")).prepare().headers), 401
    yield dict(requests.Request("GET", "http://a", auth=(SID, "")).prepare().headers), 401


@proves("emulator.hosts-and-accounts")
def test_any_secret_lets_an_account_in_and_an_api_key_is_of_the_account_with_its_digits(
    emulator: Emulator,
) -> None:
    for user, secret in ((SID, "one"), (SID, "with:colon"), (SID, "with space"), (KEY, "secret")):
        with Client(emulator, (user, secret)) as client:
            assert client.post(Voice.path, configuration()).json()["account_sid"] == SID
    assert set(emulator.state) == {SID}


@proves("emulator.hosts-and-accounts")
def test_accounts_that_are_given_are_the_only_ones_let_in() -> None:
    right = f"{KEY_NAME}.{KEY_SECRET}"
    with Emulator(accounts={SID: "right", KEY_NAME: KEY_SECRET}) as emulator:
        expected = {(SID, "right"): 200, (SID, "wrong"): 401, (OTHER_SID, "right"): 401, (KEY, "right"): 401}
        for auth, status in expected.items():
            with Client(emulator, auth) as client:
                assert client.get(Voice.path).status_code == status
        for key, status in ((right, 404), (f"{KEY_NAME}.{'x' * 32}", 403), (OTHER_KEY, 403)):
            with Client(emulator, None, key) as client:
                assert client.get(Telephony.path).status_code == status
    with Emulator(accounts={SID: "right"}) as emulator, Client(emulator, None, right) as client:
        assert_refused(client.get(Telephony.path), 403, "Invalid API key")


@proves("emulator.faults")
@each_api
def test_an_injected_error_has_the_vendor_s_shape_and_the_request_is_not_processed(
    subject: Subject, client: Client
) -> None:
    for status in (400, 401, 404, 405, 409, 429, 500, 503):
        with client.emulator.inject(f"POST {subject.place}", Answer(status, retry_after=2)):
            refused = subject.post(client, subject.good)
        assert_refused(refused, status, f"told to answer {status}")
        assert refused.headers["Retry-After"] == "2"
        assert client.emulator.journal[-1].status == status
    assert client.emulator.state == {}
    with client.emulator.inject(f"POST {subject.place}", Answer(500, after=True)):
        assert_refused(subject.post(client, subject.good), 500)
    assert set(client.emulator.state[subject.account]) == {subject.type}


@proves("emulator.faults")
@each_api
def test_a_fault_finds_a_text_in_a_body_decoded_and_as_it_was_sent(subject: Subject, client: Client) -> None:
    sent = urlencode(subject.good, doseq=True) if subject.content_type == FORM else json.dumps(subject.good)
    with client.emulator.inject(f"POST {subject.place}", Answer(503), where="in my desk"):
        assert_refused(subject.post(client, subject.bad), 400)
        assert_refused(subject.post(client, subject.good), 503)
    with client.emulator.inject(f"POST {subject.place}", Answer(503), where=sent):
        assert_refused(subject.post(client, subject.good), 503)


@proves("emulator.faults")
@each_api
def test_a_rate_limit_counts_reads_and_writes(subject: Subject, client: Client) -> None:
    limit = RateLimit(per_second=0.001, burst=2, retry_after="soon")
    with client.emulator.inject(f"* {subject.place}", limit) as injected:
        assert subject.post(client, subject.good).ok
        assert client.get(subject.path).ok
        refused = [client.get(subject.path), subject.post(client, subject.good)]
    for response in refused:
        assert_refused(response, 429)
        assert response.headers["Retry-After"] == "soon"
    assert injected.fired == 2


@proves("emulator.faults")
@each_api
def test_a_stale_answer_is_as_before_the_last_write(subject: Subject, client: Client) -> None:
    before = client.get(subject.path)
    subject.post(client, subject.good)
    after = client.get(subject.path)
    assert subject.post(client, subject.bad).status_code == 400, "a refused write does not count"
    with client.emulator.inject(f"GET {subject.place}", Stale()):
        stale = client.get(subject.path)
    assert (stale.status_code, stale.content) == (before.status_code, before.content)
    assert client.get(subject.path).content == after.content != before.content


@proves("emulator.strict")
@each_api
def test_a_body_has_at_most_a_mebibyte_and_a_hundred_levels(subject: Subject, client: Client) -> None:
    chunks = [b" " * 65536] * 17
    for data in (b"".join(chunks), iter(chunks)):
        headers = {"Content-Type": subject.content_type}
        refused = client.request("POST", subject.path, data=data, headers=headers)
        assert_refused(refused, 413, "larger than 1048576 bytes")
        assert client.emulator.journal[-1].status == 413
    if subject.content_type == FORM:
        return
    assert subject.post(client, json.dumps(subject.good).encode().ljust(MIB)).ok
    before = client.emulator.state
    for depth in (101, 200_000):
        for data in (nested(depth), b"[" * depth, b'{"a":' * depth):
            assert_refused(subject.post(client, data), 400, "nested more than 100 levels deep")
    for data in (b'"' + b'\\"' * (MIB // 2 - 1), b'"' * MIB, b"[]" * (MIB // 2)):
        assert_refused(subject.post(client, data), 400, "not valid JSON")
    assert_refused(subject.post(client, nested(100)), 400)
    assert client.emulator.state == before


def nested(depth: int) -> bytes:
    """Return JSON of so many lists in each other, with brackets in a text that do not count."""
    text = json.dumps("[" * 500 + '\\"' + "[" * 500)
    return b"[" * depth + text.encode() + b"]" * depth


@proves("emulator.journal")
@each_api
def test_no_value_of_a_request_is_in_the_journal(subject: Subject, client: Client) -> None:
    subject.post(client, subject.good)
    subject.post(client, subject.bad)
    client.get(f"{subject.path}?token=hunter2&PreWebhookUrl=https://hunter2")
    client.get(subject.path, headers={"X-API-Key": "hunter2", "Authorization": "hunter2"})
    shown = client.get("/_emulator/journal").json()
    assert len(shown) == 4
    assert {entry["host"] for entry in shown} == {subject.host}
    for value in ("hunter2", "desk", KEY_SECRET):
        assert value not in json.dumps(shown) + str(client.emulator.journal)


@proves("emulator.control")
@each_api
def test_the_state_is_shown_over_http_and_forgotten_by_a_reset(subject: Subject, client: Client) -> None:
    before = client.get(subject.path).content
    subject.post(client, subject.good)
    state = client.emulator.state
    assert set(state[subject.account]) == {subject.type}
    with Client(client.emulator, None) as stranger:
        assert stranger.get("/_emulator/state").json() == state, "without credentials"
    state.clear()
    assert client.emulator.state, "the state is a copy"
    assert (client.post("/_emulator/reset").status_code, client.emulator.state) == (204, {})
    assert client.get(subject.path).content == before


NAMES = [name for subject in SUBJECTS for name in (*subject.good, *subject.bad)]
TEXTS = st.sampled_from([*NAMES, "a: b", "", "[.", "Method.x"]) | st.text()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
).map(json.dumps)
FORMS = st.dictionaries(TEXTS, st.text()).map(urlencode)
BODIES = st.binary() | (JSON | FORMS).map(str.encode)


@proves("emulator.strict")
@each_api
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=BODIES)
def test_no_body_breaks_an_api(subject: Subject, client: Client, sent: bytes) -> None:
    response = subject.post(client, sent)
    if not (response.ok and subject.type == Webhooks.type):
        assert_refused(response, 400)
