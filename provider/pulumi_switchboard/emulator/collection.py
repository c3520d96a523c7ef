"""Declared collections: many objects of one type, and the requests that follow from the declaration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pulumi_switchboard.emulator.accepted import AcceptedWrites, accepted, operation_route
from pulumi_switchboard.emulator.api import ApiRequest, Handler, Refused, Reply, Route, Vendor, route
from pulumi_switchboard.emulator.etag import etag_of, refuse_other_version
from pulumi_switchboard.emulator.idempotency import OtherContent, idempotent
from pulumi_switchboard.emulator.operations import Operations, start_operation
from pulumi_switchboard.emulator.paging import Pages, list_page
from pulumi_switchboard.emulator.reads import (
    Readiness,
    not_ready,
    note_change,
    note_start,
    read_all,
    read_one,
)
from pulumi_switchboard.emulator.request_body import JSON
from pulumi_switchboard.emulator.schema import Check
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.written import Update, Written


@dataclass(frozen=True)
class Unique:
    """A value that only one object of an account can have."""

    name: str
    """What the refusal calls it."""

    of: Callable[[JsonObject], object]
    """Returns the value of a request or an object; None if it has none."""


def by_id(_objects: dict[str, JsonObject], named: str) -> str:
    """Return the id that an id means: the id itself."""
    return named


def _already_exists(name: str, _owner: str) -> Refused:
    return Refused(409, f"{name}: already exists")


@dataclass(frozen=True)
class Collection:
    """Objects of one type. A member that is None or empty is something that the collection does not have."""

    vendor: Vendor
    type: str
    """The type in the state: `twilio/voice:ClientConfiguration`."""

    path: str
    """The path of the collection; that of an object ends with its id."""

    new_id: Callable[[], str]
    request: Check
    """The body of the POST that creates an object."""

    show: Callable[[Written], JsonObject]
    """Returns an object after a write, as the vendor shows it."""

    updates: Sequence[Update] = ()
    pages: Pages | None = None
    """How it is listed."""

    noun: str = "object"
    """What errors call an object."""

    created: int = 201
    """The status of a POST that shows its object."""

    media_type: str = JSON
    find_id: Callable[[dict[str, JsonObject], str], str] = by_id
    """Returns the id that a path means."""

    unique: Sequence[Unique] = ()
    taken: Callable[[str, str], Refused] = _already_exists
    """Returns the refusal of a value that is not unique, from its name and the id of the other object."""

    limit: int = 0
    """How many objects an account can have; 0 for no limit."""

    limit_code: int | None = None
    """The vendor's error code of one object too many."""

    operations: AcceptedWrites | None = None
    """How writes are accepted that are done later; None if they are done at once."""

    refused_at_once: bool = True
    """Whether a write that its operation would refuse is refused when it arrives."""

    busy: Callable[[str], Refused] | None = None
    """Returns the refusal of a write to an object with a pending operation."""

    keys: OtherContent | None = None
    """What happens to an idempotency key with other content; None if keys have no meaning."""

    etag: bool = False
    """Whether a GET has an `ETag`, and an update obeys `If-Match`."""

    lag: int = 0
    """How many reads of an object do not see its last write."""

    readiness: Readiness | None = None
    """How a new object says that it is not ready yet."""

    before_delete: Callable[[ApiRequest, str], None] = lambda _request, _identifier: None
    """Does what else a deletion means, or refuses it."""


def collection_routes(collection: Collection) -> tuple[Route, ...]:
    """Return the routes of a collection and of its operations."""
    item = f"{collection.path}/{{id}}"

    def write(method: str, path: str, handler: Handler) -> Route:
        return route(method, path, idempotent(handler, collection.keys) if collection.keys else handler)

    routes = [
        write("POST", collection.path, partial(_create, collection)),
        route("GET", item, partial(_fetch, collection)),
        *(write(update.method, item, partial(_update, collection, update)) for update in collection.updates),
        write("DELETE", item, partial(_delete, collection)),
    ]
    if collection.pages is not None:
        routes.insert(0, route("GET", collection.path, partial(_list, collection, collection.pages)))
    if collection.operations is not None:
        routes.append(operation_route(collection.operations))
    return tuple(routes)


def _list(collection: Collection, pages: Pages, request: ApiRequest) -> Reply:
    return Reply(200, list_page(pages, request, lambda: read_all(request, collection.type)))


def _fetch(collection: Collection, request: ApiRequest) -> Reply:
    identifier = _identifier(collection, request)
    found = read_one(request, collection.type, identifier)
    if found is None:
        raise collection.vendor.not_found(request)
    headers = {"ETag": etag_of(found)} if collection.etag else {}
    if collection.readiness is not None:
        found = {**found, **not_ready(request, identifier, collection.readiness)}
    return Reply(200, found, headers)


def _create(collection: Collection, request: ApiRequest) -> Reply:
    body = collection.vendor.read(request, collection.request, collection.media_type)
    identifier = collection.new_id()

    def check() -> None:
        limit = collection.limit
        if limit and len(request.account.objects[collection.type]) >= limit:
            message = f"The account has reached its limit of {limit} {collection.noun}s"
            raise Refused(400, message, code=collection.limit_code)
        _refuse_taken(collection, request, body, owner=identifier)

    def change(at: float) -> JsonObject:
        check()
        if collection.readiness is not None:
            note_start(request, identifier, collection.readiness, at=at)
        return _keep(collection, Written(request, identifier, body, None, at))

    return _written(collection, request, identifier, check, change, status=collection.created)


def _update(collection: Collection, update: Update, request: ApiRequest) -> Reply:
    identifier, old = _find_for_write(collection, request)
    if collection.etag:
        refuse_other_version(request, old)
    body = collection.vendor.read(request, update.request, update.media_type)

    def check() -> JsonObject:
        members = update.members(_find(collection, request, identifier), body)
        _refuse_taken(collection, request, body, owner=identifier)
        return members

    def change(at: float) -> JsonObject:
        members = check()
        now = request.account.objects[collection.type][identifier]
        return _keep(collection, Written(request, identifier, members, now, at))

    return _written(collection, request, identifier, check, change)


def _delete(collection: Collection, request: ApiRequest) -> Reply:
    identifier, _ = _find_for_write(collection, request)

    def change(_at: float) -> None:
        _find(collection, request, identifier)
        collection.before_delete(request, identifier)
        note_change(request, collection.type, identifier, lag=collection.lag)
        del request.account.objects[collection.type][identifier]

    return _written(collection, request, identifier, lambda: None, change)


def _written(
    collection: Collection,
    request: ApiRequest,
    identifier: str,
    check: Callable[[], object],
    change: Callable[[float], JsonObject | None],
    *,
    status: int = 200,
) -> Reply:
    """Do a write, or start its operation.

    Args:
        collection: What is written to.
        request: The write.
        identifier: The id of the object.
        check: Refuses what the change would refuse.
        change: Makes the change, as of a time, and returns the object if it still exists.
        status: The status of an answer that shows the object.
    """
    if collection.operations is None:
        shown = change(request.now)
        return Reply(204) if shown is None else Reply(status, shown)
    if collection.refused_at_once:
        check()
    return accepted(collection.operations, request, start_operation(request, identifier, change))


def _identifier(collection: Collection, request: ApiRequest) -> str:
    return collection.find_id(request.account.objects[collection.type], request.parameters["id"])


def _find(collection: Collection, request: ApiRequest, identifier: str) -> JsonObject:
    try:
        return request.account.objects[collection.type][identifier]
    except KeyError:
        raise collection.vendor.not_found(request) from None


def _find_for_write(collection: Collection, request: ApiRequest) -> tuple[str, JsonObject]:
    identifier = _identifier(collection, request)
    if collection.busy is not None and request.account.part(Operations).busy(identifier):
        raise collection.busy(identifier)
    return identifier, _find(collection, request, identifier)


def _refuse_taken(collection: Collection, request: ApiRequest, body: JsonObject, *, owner: str) -> None:
    for unique in collection.unique:
        wanted = unique.of(body)
        for identifier, other in request.account.objects[collection.type].items():
            if wanted is not None and identifier != owner and unique.of(other) == wanted:
                raise collection.taken(unique.name, identifier)


def _keep(collection: Collection, written: Written) -> JsonObject:
    shown = collection.show(written)
    note_change(written.request, collection.type, written.id, lag=collection.lag)
    written.request.account.objects[collection.type][written.id] = shown
    return shown
