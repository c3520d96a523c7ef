"""The switches of Conversation Orchestrator, each at its other values."""

from pulumi_switchboard.emulator.faults import Answer, Operation

from tests.emulator.client import (
    BRIDGE,
    CODES,
    Orchestrator,
    Voice,
    Webhooks,
    assert_refused,
    body,
    path_of,
    running,
)
from tests.promises import proves

DAY = 24 * 3600
CREATE = f"POST {Orchestrator.path[1:]}"


@proves("emulator.switches")
def test_where_a_write_and_its_operation_say_what_they_are_about() -> None:
    for value, expected in (("null", {"related": None}), ("absent", {})):
        with running(Orchestrator, orchestrator_related=value) as client:
            write = client.write("POST", json=body())
            assert {**write.json(), "statusUrl": ""} == {"statusUrl": "", **expected}
            (id,) = client.objects(Orchestrator.type)
            assert client.operation(write)["related"] == {"configurationId": id}
        with running(Orchestrator, orchestrator_operation_related=value) as client:
            operation = client.operation(client.start()[0])
            assert {name: operation[name] for name in ("related",) if name in operation} == expected
    for option, name in (
        ({"orchestrator_operation_related": "completed"}, "related"),
        ({"orchestrator_operation_result": True}, "result"),
    ):
        with running(Orchestrator, operation_time=10, **option) as client:
            write, id = client.start()
            assert name not in client.operation(write)
            client.emulator.advance(10)
            shown = {"related": {"configurationId": id}, "result": {"type": "RESOURCE_ID", "id": id}}
            assert client.operation(write)[name] == shown[name]
    for prefix, status in (("cfg", 404), ("cfg_alias", 200)):
        with running(Orchestrator, orchestrator_related_prefix=prefix) as client:
            write, named = client.start()
            assert client.operation(write)["related"] == {"configurationId": named}
            (id,) = client.objects(Orchestrator.type)
            assert named == id.replace("conv_", "cfg_")
            assert client.get(path_of(named)).status_code == status
            assert client.write("DELETE", named).status_code == (202 if status == 200 else 404)
    for switch, names in (("operation_id", {"Operation-Id"}), ("location", {"Location"}), ("none", set())):
        with running(Orchestrator, retry_after=1, orchestrator_accepted_headers=switch) as client:
            headers = client.start()[0].headers
            assert {name for name in ("Operation-Id", "Location") if name in headers} == names
            assert headers["Retry-After"] == "1"
    with running(Orchestrator, orchestrator_status_url="elsewhere") as client:
        write, _ = client.start()
        id = write.headers["Operation-Id"]
        url = f"https://elsewhere.example/v2/ControlPlane/Operations/{id}"
        assert write.json()["statusUrl"] == write.headers["Location"] == url
        assert client.get(f"{Orchestrator.operations}/{id}").json()["statusUrl"] == url


@proves("emulator.switches")
def test_what_an_operation_shows_and_when_it_is_unknown() -> None:
    with running(Orchestrator, operation_polls=3, orchestrator_running=False) as client:
        write, _ = client.start()
        assert [client.operation(write)["status"] for _ in range(3)] == ["PENDING", "PENDING", "COMPLETED"]
    with (
        running(Orchestrator, orchestrator_operation_error_code=True) as client,
        client.emulator.inject(CREATE, Operation("FAILED", code=20001)),
    ):
        assert client.operation(client.start()[0])["error"]["code"] == 20001
    with running(Orchestrator, operation_polls=2, orchestrator_young_operation=2) as client:
        path = client.start()[0].json()["statusUrl"]
        answers = [client.get(path) for _ in range(4)]
        assert [each.status_code for each in answers] == [404, 404, 200, 200]
        assert [each.json()["status"] for each in answers[2:]] == ["PENDING", "COMPLETED"]
    with running(Orchestrator, operation_time=10, orchestrator_operation_days=7) as client:
        write, _ = client.start()
        client.emulator.advance(7 * DAY)
        assert client.operation(write)["status"] == "COMPLETED"
        client.emulator.advance(10)
        assert_refused(client.get(write.json()["statusUrl"]), 404)
        assert len(client.objects(Orchestrator.type)) == 1


@proves("emulator.switches")
def test_reads_that_lag_behind_operations_that_are_over() -> None:
    with running(Orchestrator, orchestrator_lag=2) as client:
        _, id = client.start()
        assert len(client.objects(Orchestrator.type)) == 1
        assert client.get(Voice.path).json()["content"] == [], "other lists have nothing to do with it"
        assert client.get(path_of(id)).status_code == 404
        assert client.listed() == []
        created = client.shown(id)
        client.write("PUT", id, body(description="New"))
        assert client.listed() == [created]
        assert client.shown(id) == created
        assert client.shown(id)["description"] == "New"
        client.write("DELETE", id)
        assert client.get(Voice.path).json()["content"] == []
        assert [client.get(path_of(id)).status_code for _ in range(3)] == [200, 200, 404]
        assert client.listed() == []


@proves("emulator.switches")
def test_how_what_was_not_sent_is_shown() -> None:
    rule = {"from": "a", "to": "b"}
    channels = {"SMS": {}, "RCS": {"statusTimeouts": {"closed": 5}, "captureRules": [rule]}}
    with running(Orchestrator, orchestrator_fill="empty") as client:
        shown = client.create(channelSettings=channels)
        assert shown["channelSettings"] == {
            "SMS": {"statusTimeouts": {"inactive": None, "closed": None}, "captureRules": []},
            "RCS": {
                "statusTimeouts": {"inactive": None, "closed": 5},
                "captureRules": [{**rule, "metadata": {}}],
            },
        }
        assert (shown["statusCallbacks"], shown["intelligenceConfigurationIds"]) == ([], [])
        assert client.update("PUT", shown["id"], shown)["version"] == 2
    with running(Orchestrator, orchestrator_fill="null") as client:
        shown = client.create(channelSettings=channels)
        assert shown["channelSettings"] == {
            "SMS": {"statusTimeouts": None, "captureRules": None},
            "RCS": {
                "statusTimeouts": {"inactive": None, "closed": 5},
                "captureRules": [{**rule, "metadata": None}],
            },
        }
        unset = ["statusCallbacks", "intelligenceConfigurationIds", "conversationsV1Bridge"]
        assert [shown[name] for name in unset] == [None, None, None]
        assert client.create(channelSettings=None)["channelSettings"] == {}
        assert client.update("PUT", shown["id"], shown)["version"] == 2


@proves("emulator.switches")
def test_newer_members_that_writes_set_and_a_put_without_them_drops() -> None:
    newer = {
        "traitExtractionStrategyIds": ["mem_traitextraction_1"],
        "observationExtractionStrategyIds": [],
        "redactionConfigurationId": "redaction_1",
    }
    with running(Orchestrator, orchestrator_newer_members=True) as client:
        created = client.create(**newer)
        assert newer.items() <= created.items()
        assert client.update("PUT", created["id"], created)["redactionConfigurationId"] == "redaction_1"
        assert "redactionConfigurationId" not in client.update("PUT", created["id"], body())
        refused = client.write("POST", json=body(traitExtractionStrategyIds=[1]))
        assert_refused(refused, 400, "traitExtractionStrategyIds[0]: must be a string")
    with running(Orchestrator) as client:
        assert_refused(client.write("POST", json=body(**newer)), 400, "is unknown")
        assert not set(newer) & set(client.update("PUT", client.create()["id"], body(**newer)))


@proves("emulator.switches")
def test_the_shape_of_errors() -> None:
    with running(Orchestrator, orchestrator_error_shape="E2") as client:
        created = client.create(**BRIDGE)
        with client.emulator.inject(CREATE, Answer(503), nth=3):
            answers = {
                400: client.write("POST", json={}),
                404: client.get(path_of("unknown")),
                401: client.get(Orchestrator.path, auth=("nobody", "x")),
                409: client.write("POST", json=body(**BRIDGE)),
                503: client.write("POST", json=body()),
            }
        for status, answer in answers.items():
            expected = {"httpStatusCode": status, "userError": status < 500, "params": {}}
            error = {**expected, "code": CODES[status], "message": ""}
            assert (answer.status_code, {**answer.json(), "message": ""}) == (status, error)
        assert answers[409].headers["X-Conflicting-Resource-Id"] == created["id"]
        assert_refused(client.get("/conversations.twilio.com/nowhere"), 404)
        assert_refused(client.put(Webhooks.path), 405)  # an API on the same host keeps the vendor's format
    with running(Orchestrator, orchestrator_error_shape="E1_conflict_400") as client:
        client.create(**BRIDGE)
        assert_refused(client.write("POST", json=body(**BRIDGE)), 409, code=400)
        assert_refused(client.get(path_of("unknown")), 404)


@proves("emulator.switches")
def test_writes_that_are_done_at_once_or_accepted_besides_others() -> None:
    with running(Orchestrator, operation_time=10, orchestrator_synchronous=True) as client:
        write = client.write("POST", json=body())
        created = write.json()
        assert write.status_code == 201
        assert client.objects(Orchestrator.type) == {created["id"]: created}
        for method, version in (("PUT", 2), ("PATCH", 3)):
            write = client.write(method, created["id"], body())
            assert (write.status_code, write.json()["version"]) == (200, version)
            assert not {"Operation-Id", "Location"} & set(write.headers)
        write = client.write("DELETE", created["id"])
        assert (write.status_code, write.content, client.emulator.state) == (204, b"", {})
    with running(Orchestrator, operation_time=10, orchestrator_concurrent_writes="accept") as client:
        _, id = client.start()
        client.emulator.advance(10)
        writes = [client.write("PUT", id, body(description=text)) for text in ("one", "two")]
        writes += [client.write("DELETE", id), client.write("PUT", id, body())]
        client.emulator.advance(10)
        statuses = [client.operation(write)["status"] for write in writes]
        assert statuses == ["COMPLETED", "COMPLETED", "COMPLETED", "FAILED"]
        assert client.emulator.state == {}


@proves("emulator.switches")
def test_what_is_allowed_and_what_is_not() -> None:
    with running(Orchestrator, orchestrator_patch=False) as client:
        assert_refused(client.write("PATCH", client.create()["id"], {}), 405)
    with running(Orchestrator, orchestrator_grouping_type_can_change=True) as client:
        created = client.create()
        for method, suffix in (("PUT", ""), ("PATCH", "_AND_CHANNEL_TYPE")):
            sent = body(conversationGroupingType=f"GROUP_BY_PARTICIPANT_ADDRESSES{suffix}")
            updated = client.update(method, created["id"], sent)
            assert updated["conversationGroupingType"] == sent["conversationGroupingType"]
    with running(Orchestrator, orchestrator_unique_bridges=False) as client:
        assert client.create(**BRIDGE)["id"] != client.create(**BRIDGE)["id"]
    with running(Orchestrator, orchestrator_unique_display_names=True) as client:
        first, second = client.create(displayName="One"), client.create(displayName="Two")
        for method, id in (("POST", ""), ("PUT", second["id"])):
            refused = client.write(method, id, body(displayName="One"))
            assert_refused(refused, 409, "displayName")
            assert refused.headers["X-Conflicting-Resource-Id"] == first["id"]
        client.update("PUT", first["id"], body(displayName="One"))
    with running(Orchestrator, orchestrator_limit=2) as client:
        first, _ = client.create(), client.create()
        assert_refused(client.write("POST", json=body()), 400, "limit of 2 configurations")
        client.write("DELETE", first["id"])
        client.create()
