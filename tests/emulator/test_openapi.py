"""The emulator's answers, and the requests of the provider, as the vendors describe them.

Both come from the whole life of an object of each API and of a resource of each type, with everything that
they can have, and from further requests that go wrong.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.api import Route
from pulumi_switchboard.emulator.apis import discover
from pulumi_switchboard.emulator.faults import Answer, Operation
from requests.adapters import HTTPAdapter

from tests import summary
from tests.conformance.world import World, new_world
from tests.emulator import descriptions
from tests.emulator.client import Client, shown
from tests.emulator.subjects import DEFAULT, OLDER_WEBHOOKS, SUBJECTS, Subject, wait
from tests.promises import proves
from tests.samples import every

OPERATION_TIME = 0.5
"""Seconds, so that an operation is looked at before it is over."""

HOSTS = sorted({api.host for api in discover()})

NOT_DESCRIBED = {
    "GET voice.twilio.com/v2/Configurations/Client": "voice.v2.paginated_configuration_response",
    "GET voice.twilio.com/v2/Configurations/Recording": "voice.v2.paginated_recording_configuration_response",
    "GET voice.twilio.com/v2/Configurations/Transcription": (
        "voice.v2.paginated_transcription_configuration_response"
    ),
    "DELETE voice.twilio.com/v2/Configurations/Client/Default": None,
    **{
        f"{method} conversations.twilio.com/v1/Conversations/Webhooks": (
            "conversations.v1.configuration.configuration_webhook"
        )
        for method in ("GET", "POST")
    },
}
"""Routes that only the vendor's pages or older clients document, with the schema of their answers."""

V2 = r"\w+ conversations.twilio.com/v2/ControlPlane"
MEMORY = r"\w+ memory.twilio.com/v1/ControlPlane"
DEVIATIONS = {
    rf"({V2}|{MEMORY})/.* 401: is not described": "bad credentials are refused everywhere",
    rf"{MEMORY}/Stores/\{{id}} request: description: is null": "nothing says how to clear the description",
    rf"PUT {V2[4:]}/.* request: .*unknown: is not described": "clients put back what a GET answers",
    rf"{V2}/Operations/\{{id}} 200: status: enum is .*": "other sources have the status RUNNING",
}
"""What is not as described on purpose, as patterns of whole problems, and why."""


@dataclass
class Exchanges:
    """The requests to one host, and their answers."""

    host: str
    all: list[requests.Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.routes = [route for api in discover() if api.host == self.host for route in api.routes]

    def name(self, route: Route) -> str:
        return f"{route.method} {self.host}{'/'.join(route.template)}"

    def route(self, request: Any) -> Route:
        segments = urlsplit(request.url).path.split("/")[1:]
        found = [route for route in self.routes if route.match(["", *segments[1:]]) is not None]
        return next(route for route in found if route.method == request.method)

    def about(self, route: Route, start: int = 0) -> list[requests.Response]:
        return [each for each in self.all[start:] if self.route(each.request).template == route.template]


@pytest.fixture
def exchanges(host: str, monkeypatch: pytest.MonkeyPatch) -> Exchanges:
    """Everything that is sent to a host while the objects at that host live."""
    monkeypatch.delenv("SWITCHBOARD_ON_DESTROY", raising=False)
    exchanges = Exchanges(host)
    build = HTTPAdapter.build_response

    def record(adapter: HTTPAdapter, request: Any, answer: Any) -> requests.Response:
        response = build(adapter, request, answer)
        assert response.content is not None  # read, before the provider reads it bit by bit
        if f"/{host}/" in request.url:
            exchanges.all.append(response)
        return response

    monkeypatch.setattr(HTTPAdapter, "build_response", record)
    for subject in (*SUBJECTS, DEFAULT, OLDER_WEBHOOKS):
        if subject.host == host:
            with Emulator(operation_time=OPERATION_TIME) as emulator, subject.client(emulator) as client:
                live(subject, client, exchanges)
    for sample in every():
        if sample.collection.startswith(f"{host}/"):
            with new_world(sample) as world:
                live_as_resource(world)
    return exchanges


def live_as_resource(world: World) -> None:
    """Let a resource with all arguments live."""
    engine, program = world.engine, world.maximal
    engine.up(program)
    fields = {field.path: field.changed for field in world.sample.changeable}
    engine.up(world.changed(program, fields))
    engine.refresh(program)
    engine.destroy(program)


def live(subject: Subject, client: Client, exchanges: Exchanges) -> None:
    """Let an object with all members live, and send requests that go wrong meanwhile."""
    start = len(exchanges.all)
    full = {**subject.full, **subject.prepare(client)}
    if subject.status == 202:
        with client.emulator.inject(f"POST {subject.path[1:]}", Operation("FAILED")):
            assert wait(client, subject.post(client, full)) == "FAILED"
    wait(client, subject.post(client, full))
    path = subject.path
    if subject.names:
        (id,) = client.objects(subject.type)
        path = f"{path}/{id}"
        show_pages(subject, client)
    client.get(path)
    for method, sent in subject.updates.items():
        wait(client, subject.write(client, method, path, {**full, **sent}))
        wait(client, subject.write(client, method, path, sent))
    known = [(route, exchanges.about(route, start)) for route in exchanges.routes]
    for route, answers in known:
        if answers:
            ask(client, exchanges, route, max(answers, key=lambda each: len(each.request.body or "")).request)
    if any(route.method == "DELETE" and answers for route, answers in known):
        wait(client, client.delete(path))


def ask(client: Client, exchanges: Exchanges, route: Route, known: Any) -> None:
    """Send requests to a route, made from one that is known: bad ones, and a good one if it is an update."""
    is_write = route.method in {"POST", "PUT", "PATCH"}
    if is_write and known.body is None:
        return
    session = requests.Session()
    url = known.url.partition("?")[0]
    unknown = url.rpartition("/")[0] + "/unknown" if route.template[-1].startswith("{") else url
    body = known.body if is_write else None
    headers = {name: known.headers[name] for name in ("Authorization", "X-API-Key") if name in known.headers}
    if body is not None:
        headers["Content-Type"] = known.headers["Content-Type"]

    def send(url: str, headers: dict[str, str] = headers, body: Any = body) -> Any:
        response = session.request(route.method, url, headers=headers, data=body, auth=lambda same: same)
        client.emulator.advance(OPERATION_TIME)
        return response

    send(unknown, {"Content-Type": headers.get("Content-Type", "")})
    if unknown != url:
        send(unknown)
    if body is not None:
        send(url, body="{}")
    operation = descriptions.find(exchanges.host, route.method, route.template)
    if operation is None:
        return
    if (kind := headers.get("Content-Type", "")) in operation.request:
        good = parsed(operation, known)
        for *place, name, value in operation.wrong(operation.request[kind]["schema"], good):
            if kind == "application/json" or isinstance(value, str):
                refused = send(url, body=written(kind, changed(good, place, name, value)))
                assert refused.ok or str(name) in refused.text, "the error names the member"
    for status in (429, 500, 503):
        if operation.answer(status) is None:
            continue
        with client.emulator.inject(exchanges.name(route), Answer(status)):
            send(url)
    if operation.answer(412) is not None:
        assert send(url, {**headers, "If-Match": '"other"'}).status_code == 412
    if route.method in {"PUT", "PATCH"}:
        send(url)


def show_pages(subject: Subject, client: Client) -> None:
    second = subject.create(client, 1)
    assert subject.names is not None
    for name, token in shown(client.get(subject.path, params={"pageSize": 1}))["meta"].items():
        if name in subject.names:
            shown(client.get(subject.path, params={"pageSize": 1, "pageToken": token}))
    wait(client, client.delete(f"{subject.path}/{second['id']}"))


@proves("emulator.vendor-descriptions")
@pytest.mark.parametrize("host", HOSTS)
def test_every_route_is_as_its_vendor_describes_it(host: str, exchanges: Exchanges) -> None:
    problems: set[str] = set()
    not_run = 0
    for route in exchanges.routes:
        name = exchanges.name(route)
        operation = descriptions.find(host, route.method, route.template)
        answers = [each for each in exchanges.about(route) if each.request.method == route.method]
        if operation is None and not descriptions.OUTSIDE.exists():
            not_run += 1
            continue
        if not any(each.ok for each in answers):
            problems.add(f"{name}: nothing has used it; is there a row in subjects.py?")
        if name in NOT_DESCRIBED:
            assert operation is None, f"{name} is described now"
            operation = as_if_described(host, name)
        if operation is None:
            problems.add(
                f"{name}: is not described; is it in the vendor's pages? Then add it to NOT_DESCRIBED"
            )
            continue
        problems |= {f"{name} {problem}" for problem in compare(operation, answers)}
        own = {each.method for each in exchanges.routes if each.template == route.template}
        missing = descriptions.methods(host, route.template) - own
        problems |= {f"{name}: the emulator does not have {method} besides" for method in missing}
    patterns = {pattern for pattern in DEVIATIONS if host in pattern}
    explained = {each: {pattern for pattern in patterns if re.fullmatch(pattern, each)} for each in problems}
    unexplained = sorted(problem for problem, by in explained.items() if not by)
    assert not unexplained, "\n".join(unexplained)
    if not_run:
        reason = (
            f"comparing {not_run} of {len(exchanges.routes)} routes of {host} with the vendor's description, "
            "which is neither in tests/emulator/openapi nor in ../shared/reference/specs"
        )
        summary.not_run(reason)
        if not_run == len(exchanges.routes):
            pytest.skip(reason)
    else:
        assert patterns == set[str]().union(*explained.values()), "some deviations are none any more"


def compare(operation: descriptions.Operation, answers: list[requests.Response]) -> Iterator[str]:
    sent: defaultdict[str, set[str]] = defaultdict(set)
    for answer in answers:
        if answer.ok:
            for problem in compare_request(operation, answer.request, sent):
                yield f"request: {problem}"
        for problem in compare_answer(operation, answer):
            yield f"{answer.status_code}: {problem}"
    for kind, said in operation.request.items():
        for member in sorted(operation.members(said["schema"]) - sent[kind]):
            yield f"request: {member} is in no request"


def compare_request(
    operation: descriptions.Operation, request: Any, sent: defaultdict[str, set[str]]
) -> Iterator[str]:
    for name in set(parse_qs(urlsplit(request.url).query)) - operation.query:
        yield f"the parameter {name} is not described"
    kind = request.headers.get("Content-Type", "").partition(";")[0]
    if not operation.request:
        return
    if kind not in operation.request:
        yield f"{kind} is not described"
        return
    body = parsed(operation, request)
    sent[kind] |= set(body)
    yield from operation.problems(operation.request[kind]["schema"], body, is_request=True)


def parsed(operation: descriptions.Operation, request: Any) -> Any:
    """Return the body of a request; of a form without the empty values, which clear members of any type."""
    text = request.body.decode() if isinstance(request.body, bytes) else request.body
    kind = request.headers["Content-Type"]
    if kind == "application/json":
        return json.loads(text)
    properties = operation.resolved(operation.request[kind]["schema"])["properties"]
    lists = {name for name, said in properties.items() if operation.resolved(said).get("type") == "array"}
    return {name: values if name in lists else values[0] for name, values in parse_qs(text).items()}


def changed(body: Any, place: list[Any], name: Any, value: Any) -> Any:
    body = inner = deepcopy(body)
    for part in place:
        inner = inner[part]
    if value is descriptions.GONE:
        del inner[name]
    else:
        inner[name] = value
    return body


def written(kind: str, body: Any) -> str:
    return json.dumps(body) if kind == "application/json" else urlencode(body, doseq=True)


def compare_answer(operation: descriptions.Operation, answer: requests.Response) -> Iterator[str]:
    said = operation.answer(answer.status_code)
    if said is None:
        if answer.ok or operation.has_errors:
            yield "is not described"
        return
    for name, header in said.get("headers", {}).items():
        if name in answer.headers:
            value: Any = answer.headers[name]
            schema = operation.resolved(header)["schema"]
            value = int(value) if schema["type"] == "integer" and value.isdigit() else value
            yield from operation.problems(schema, value, name)
    if not said.get("content"):
        if answer.content:
            yield "has a body"
        return
    if answer.headers["Content-Type"] != "application/json":
        yield "is no JSON"
        return
    yield from operation.problems(said["content"]["application/json"]["schema"], answer.json())


def as_if_described(host: str, name: str) -> descriptions.Operation:
    """Return a description of a route for which there is only the schema of its answer."""
    schema = NOT_DESCRIBED[name]
    if schema is None:
        return descriptions.Operation({}, {"responses": {"204": {}}})
    document, reference = descriptions.schema_named(host, schema)
    content = {"content": {"application/json": {"schema": reference}}}
    parameters = [{"name": "pageSize", "in": "query"}, {"name": "pageToken", "in": "query"}]
    return descriptions.Operation(document, {"responses": {"200": content}, "parameters": parameters})


SCHEMA = {
    "type": "object",
    "required": ["id", "secret"],
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "secret": {"type": "string", "writeOnly": True},
        "made": {"type": "string", "format": "date-time", "readOnly": True},
        "name": {"type": "string", "nullable": True, "pattern": "^[a-z]+$", "maxLength": 3},
        "words": {"type": "array", "maxItems": 1, "items": {"enum": ["a", "b"]}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "either": {"oneOf": [{"type": "boolean"}, {"allOf": [{"type": "number"}]}]},
    },
}


def test_the_comparison_finds_each_difference() -> None:
    problems = descriptions.Operation({}, {}).problems
    good = {"id": 1, "made": "2026-01-01T00:00:00Z", "name": None, "words": ["a"], "either": 1}
    assert list(problems(SCHEMA, {**good, "labels": {"a": "b"}})) == []
    for name, value, problem in (
        ("id", 0, "id: minimum is 1"),
        ("id", True, "id: is no integer"),
        ("id", None, "id: is null"),
        ("made", "yesterday", "made: is no date-time"),
        ("secret", "a", "secret: is not described"),
        ("name", "ABCD", "name: maxLength is 3; name: pattern is ^[a-z]+$"),
        ("words", ["a", "c"], "words: maxItems is 1; words[1]: enum is ['a', 'b']"),
        ("labels", {"a": 1}, "labels.a: is no string"),
        ("either", "a", "either: is none of the alternatives"),
        ("more", 1, "more: is not described"),
    ):
        assert "; ".join(problems(SCHEMA, {**good, name: value})) == problem
    assert list(problems(SCHEMA, {})) == ["id: is missing"]
    assert list(problems(SCHEMA, good, is_request=True)) == ["secret: is missing", "made: is not described"]
    with pytest.raises(NotImplementedError, match="minProperties"):
        list(problems({"minProperties": 1}, {}))
