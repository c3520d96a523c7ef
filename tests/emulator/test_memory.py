"""Memory's stores: what is said of an operation, when a store is ready, and what is refused."""

from pulumi_switchboard.emulator.faults import Operation

from tests.emulator.client import Memory, assert_refused, running, shown
from tests.emulator.subjects import wait
from tests.promises import proves


@proves("emulator.operations")
def test_a_write_says_where_to_ask_and_its_operation_what_it_is_about_once_it_is_completed() -> None:
    with running(Memory, operation_time=10, retry_after=3) as memory:
        write = memory.start(description="All")
        operation_id = write.headers["Operation-Id"]
        url = f"{memory.emulator.url}/memory.twilio.com/v1/ControlPlane/Operations/{operation_id}"
        assert write.json() == {"message": "The request is accepted for processing.", "statusUrl": url}
        assert (write.headers["Location"], write.headers["Retry-After"]) == (url, "3")
        pending = memory.operation(write)
        created = {"operationId": operation_id, "createdAt": pending["createdAt"], "statusUrl": url}
        assert pending == {**created, "status": "PENDING"}
        memory.emulator.advance(10)
        (id,) = memory.objects(Memory.type)
        completed = memory.operation(write)
        result = {"type": "RESOURCE_ID", "id": id}
        assert completed.pop("completedAt") > created["createdAt"]
        assert completed == {**created, "status": "COMPLETED", "result": result}
        memory.emulator.advance(7 * 24 * 3600)
        assert_refused(memory.get(url), 404)
        with memory.emulator.inject(f"DELETE {Memory.path[1:]}/{{id}}", Operation("FAILED")):
            write = memory.delete(memory.item(id))
        memory.emulator.advance(10)
        error = memory.operation(write)["error"]
        assert error.pop("detail").startswith("The emulator was told")
        page = "https://www.twilio.com/docs/errors/20500"
        assert error == {"type": page, "title": "Internal Server Error", "code": 20500}


@proves("emulator.operations", "emulator.switches")
def test_a_store_is_ready_after_so_many_reads_and_seconds() -> None:
    with running(Memory) as memory:
        id = memory.create()
        assert memory.objects(Memory.type)[id]["status"] == "ACTIVE"
        assert memory.get(Memory.path).json()["stores"] == [id], "a list is no read"
        first = shown(memory.get(memory.item(id)))
        assert (first["status"], first["intelligenceServiceId"]) == ("PROVISIONING", None)
        ready = shown(memory.get(memory.item(id)))
        assert ready == {**first, "status": "ACTIVE", "intelligenceServiceId": ready["intelligenceServiceId"]}
        assert ready["intelligenceServiceId"].startswith("intelligence_service_")
        memory.patch(memory.item(id), {"description": "New"})
        assert shown(memory.get(memory.item(id))) == {**ready, "description": "New", "version": 2}
    with running(Memory, memory_store_reads=3, memory_store_end="FAILED") as memory:
        assert memory.statuses(memory.create(), 4) == ["QUEUED", "QUEUED", "PROVISIONING", "FAILED"]
    with running(Memory, operation_time=10, memory_store_reads=0, memory_store_seconds=60) as memory:
        memory.start()
        memory.emulator.advance(10)
        (id,) = memory.objects(Memory.type)
        assert memory.statuses(id, 2) == ["QUEUED", "QUEUED"]
        memory.emulator.advance(30)
        assert memory.statuses(id, 2) == ["PROVISIONING", "PROVISIONING"]
        memory.emulator.advance(30)
        assert memory.statuses(id, 1) == ["ACTIVE"]


@proves("emulator.strict", "emulator.switches")
def test_a_conflict_fails_the_operation_or_is_refused_at_once() -> None:
    message = "displayName: another store has it already"
    with running(Memory, memory_limit=1) as memory:
        memory.create()
        failed = memory.operation(memory.start("other"))
        assert (failed["status"], failed["error"]["code"]) == ("FAILED", 520044)
        assert len(memory.objects(Memory.type)) == 1
    with running(Memory) as memory:
        stores = [memory.create(f"store-{number}") for number in range(15)]
        assert memory.operation(memory.start("store-16"))["error"]["code"] == 520044
        error = memory.operation(memory.patch(memory.item(stores[0]), {"displayName": "store-1"}))["error"]
        assert (error["code"], error["title"], error["detail"]) == (520045, "Conflict", message)
    with running(Memory, memory_conflicts="at_once", memory_limit=2) as memory:
        id, _ = memory.create(), memory.create("other")
        assert_refused(memory.patch(memory.item(id), {"displayName": "other"}), 409, message, code=520045)
        assert_refused(memory.start("third"), 400, "limit of 2 stores", code=520044)
    with running(Memory, operation_time=10) as memory:
        memory.start()
        memory.emulator.advance(10)
        (id,) = memory.objects(Memory.type)
        write = memory.patch(memory.item(id), {"description": "New"})
        for refused in (memory.patch(memory.item(id), {}), memory.delete(memory.item(id))):
            assert_refused(refused, 409, "in progress")
        memory.emulator.advance(10)
        assert wait(memory, write) == "COMPLETED"
    with running(Memory, operation_time=10, memory_concurrent_writes="accept") as memory:
        memory.start()
        memory.emulator.advance(10)
        (id,) = memory.objects(Memory.type)
        assert [memory.patch(memory.item(id), {}).status_code for _ in range(2)] == [202, 202]


@proves("emulator.strict")
def test_a_patch_for_another_version_is_a_412(memory: Memory) -> None:
    id = memory.create()
    tags = []
    for tag in (None, "*", "own", "bare"):
        own = memory.get(memory.item(id)).headers["ETag"]
        tags.append(own)
        sent = {"own": own, "bare": own.strip('"')}.get(str(tag), tag)
        write = memory.request("PATCH", memory.item(id), {}, headers={"If-Match": sent})
        assert memory.written(write) == id
    assert len(set(tags)) == 4
    before = memory.emulator.state
    for tag in (tags[0], '""', "x"):
        refused = memory.request("PATCH", memory.item(id), {}, headers={"If-Match": tag})
        assert_refused(refused, 412, "If-Match", code=20412)
    assert memory.emulator.state == before


@proves("emulator.strict", "emulator.switches")
def test_null_clears_the_description_or_is_refused(memory: Memory) -> None:
    id = memory.create(description="All")
    for sent, message in (
        ({"description": ""}, "description: must not be empty"),
        ({"displayName": None}, "displayName: must not be null"),
        ({"status": "ACTIVE"}, "status: is unknown"),
    ):
        assert_refused(memory.patch(memory.item(id), sent), 400, message)
    assert_refused(memory.start(description=None), 400, "description: must not be null")
    assert memory.written(memory.patch(memory.item(id), {"description": None})) == id
    assert "description" not in memory.objects(Memory.type)[id]
    with running(Memory, memory_null_description="refuse") as strict:
        id = strict.create()
        refused = strict.patch(strict.item(id), {"description": None})
        assert_refused(refused, 400, "description: must not be null")


def test_a_list_has_the_newest_first_unless_told_otherwise(memory: Memory) -> None:
    ids = [memory.create(f"store-{number}") for number in range(3)]
    for order, expected in ((None, ids[::-1]), ("DESC", ids[::-1]), ("ASC", ids)):
        page = shown(memory.get(Memory.path, params={"pageSize": 2, "orderBy": order}))
        token = page["meta"]["nextToken"]
        rest = shown(memory.get(Memory.path, params={"pageToken": token, "orderBy": order}))
        assert [*page["stores"], *rest["stores"]] == expected
    assert_refused(memory.get(Memory.path, params={"orderBy": "asc"}), 400, "orderBy: must be ASC or DESC")
    assert_refused(memory.get(Memory.path, params={"pageSize": 101}), 400, "from 1 to 100")
    assert "orderBy=ASC" in str(memory.emulator.journal)
