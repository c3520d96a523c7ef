"""What every emulated API does alike, in the shape of its vendor."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.apis import discover
from pulumi_switchboard.emulator.faults import Answer
from pulumi_switchboard.emulator.request_body import MAX_BYTES

from tests.emulator.client import (
    FORM,
    KEY,
    KEY_NAME,
    KEY_SECRET,
    SID,
    Client,
    Telephony,
    Voice,
    Webhooks,
    assert_refused,
    configuration,
)
from tests.emulator.subjects import SUBJECTS, Subject, each_api
from tests.promises import proves

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


@proves("emulator.strict")
@each_api
def test_a_body_is_refused_for_its_type_form_size_and_depth_and_all_its_problems(
    subject: Subject, client: Client
) -> None:
    """See `test_request_body.py` for what is JSON."""
    others = {"application/json", FORM, "text/plain", None} - {subject.content_type}
    for content_type in others:
        assert_refused(subject.post(client, b"{}", content_type), 415, subject.content_type)
    for data in (b"{", b"a=%ff", b"[" * 101):
        assert_refused(subject.post(client, data), 400)
    refused = subject.post(client, subject.bad)
    assert_refused(refused, 400, *subject.problems)
    assert "hunter2" not in refused.text
    assert_refused(subject.post(client, b" " * (MAX_BYTES + 1)), 413, "larger than 1048576 bytes")
    assert client.emulator.journal[-1].status == 413
    assert client.emulator.state == {}
    assert subject.post(client, subject.good, f"{subject.content_type.upper()}; charset=utf-8").ok


@proves("emulator.strict")
@each_api
def test_an_unknown_path_is_a_404_and_an_unknown_method_a_405(subject: Subject, client: Client) -> None:
    for path in (f"{subject.path}/", f"{subject.path}s", f"/{subject.host}", f"/{subject.host}/"):
        assert_refused(client.get(path), 404, "was not found")
    segments = subject.path.split("/")[2:]
    routes = [route for api in discover() if api.host == subject.host for route in api.routes]
    allowed = {route.method for route in routes if route.match(["", *segments]) is not None}
    for method in METHODS - allowed:
        refused = client.request(method, subject.path, {})
        assert_refused(refused, 405, method)
        assert set(refused.headers["Allow"].split(", ")) == allowed
    assert client.request("HEAD", subject.path).status_code == 405


@proves("emulator.strict", "emulator.journal")
@each_api
def test_an_odd_path_is_refused_in_the_vendors_way_and_recorded(subject: Subject, client: Client) -> None:
    path = subject.path.removeprefix(f"/{subject.host}")
    odd = ["%0A", "x%0Ay", "%0D%0A", "%00", "/", "//x", "%FF%FE", "%ED%A0%80", "%2F", "ä", "a" * 100_000]
    for name in odd:
        refused = client.get(f"{subject.path}/{name}")
        assert_refused(refused, 404, "ot found")
        by_header = client.get(f"{path}/{name}", headers={"Host": subject.host})
        assert (by_header.status_code, by_header.json()) == (404, refused.json())
        for entry in client.emulator.journal[-2:]:
            assert (entry.host, entry.status) == (subject.host, 404)
            assert entry.path.startswith(f"{path}/")
            assert len(entry.path) < 2500
    assert len(client.emulator.journal) == 2 * len(odd)


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
    assert client.emulator.state[subject.account] == mine
    assert (set(mine), len(client.emulator.state)) == ({subject.type}, 2)


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

    def basic(user: str, secret: str) -> dict[str, str | None]:
        return {**requests.Request("GET", "http://a", auth=(user, secret)).prepare().headers}

    key: dict[str, str | None] = {"X-API-Key": f"{KEY_NAME}.{KEY_SECRET}"}
    if "ultravox" in subject.host:
        for missing in ({}, {"X-API-Key": ""}, basic(SID, "token")):
            yield {**missing}, 401
        name, secret = KEY_NAME, KEY_SECRET
        wrong = [name, f"{name}.", f"{name}.{secret[1:]}", f"{name}.{secret}k", f"{name}{secret}.", SID]
        for text in (*wrong, f"{name[1:]}-.{secret}", f"{name}:{secret}", "hunter2"):
            yield {"X-API-Key": text}, 403
        return
    yield key, 401
    for text in ("", "Bearer token", "Basic", "Basic !!!", "Basic /w==", "Basic QUM6dG9rZW4=", "Basic ä"):
        yield {"Authorization": text}, 401
    for user in (SID[:-1], f"{SID}0", SID.replace("AC", "AB"), f"{SID}\n"):
        yield basic(user, "token"), 401
    yield basic(SID, ""), 401


@proves("emulator.hosts-and-accounts")
def test_any_secret_lets_an_account_or_a_key_of_it_in_unless_accounts_are_given(emulator: Emulator) -> None:
    for user, secret in ((SID, "one"), (SID, "with:colon"), (SID, "with space"), (KEY, "secret")):
        with Client(emulator, (user, secret)) as client:
            assert client.post(Voice.path, configuration()).json()["account_sid"] == SID
    with Emulator(accounts={SID: "right"}) as strict, Telephony(strict) as client:
        assert_refused(client.get(Telephony.path), 403, "Invalid API key")


@proves("emulator.faults", "emulator.journal")
@each_api
def test_an_injected_error_has_the_vendor_s_shape_and_finds_a_text_and_the_journal_shows_no_value(
    subject: Subject, client: Client
) -> None:
    at = f"POST {subject.path[1:]}"
    for status in (400, 401, 404, 405, 409, 429, 500, 503):
        with client.emulator.inject(at, Answer(status, retry_after=2)):
            refused = subject.post(client, subject.good)
        assert_refused(refused, status, f"told to answer {status}")
        assert refused.headers["Retry-After"] == "2"
        assert client.emulator.journal[-1].status == status
    for text in ("in my desk", subject.encoded(subject.good).decode()):
        with client.emulator.inject(at, Answer(503), where=text):
            assert_refused(subject.post(client, subject.bad), 400)
            assert_refused(subject.post(client, subject.good), 503)
    assert client.emulator.state == {}
    with client.emulator.inject(at, Answer(500, after=True)):
        assert_refused(subject.post(client, subject.good), 500)
    assert set(client.emulator.state[subject.account]) == {subject.type}
    client.get(f"{subject.path}?token=hunter2&PreWebhookUrl=https://hunter2")
    client.get(subject.path, headers={"X-API-Key": "hunter2", "Authorization": "hunter2"})
    shown = client.get("/_emulator/journal").json()
    assert (len(shown), {entry["host"] for entry in shown}) == (15, {subject.host})
    for value in ("hunter2", "desk", KEY_SECRET):
        assert value not in json.dumps(shown) + str(client.emulator.journal)


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
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sent=BODIES)
def test_no_body_breaks_an_api(subject: Subject, client: Client, sent: bytes) -> None:
    response = subject.post(client, sent)
    if not (response.ok and subject.type == Webhooks.type):
        assert_refused(response, 400)
