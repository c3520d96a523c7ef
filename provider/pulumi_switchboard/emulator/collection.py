"""Declared collections and account settings: what is special about a type, and the routes that follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pulumi_switchboard.emulator.accepted import AcceptedWrites, accepted, operation_route
from pulumi_switchboard.emulator.api import (
    Api,
    ApiRequest,
    ErrorFormat,
    Handler,
    Refused,
    Reply,
    Route,
    Vendor,
)
from pulumi_switchboard.emulator.etag import etag_of, refuse_other_version
from pulumi_switchboard.emulator.idempotency import OtherContent, idempotent
from pulumi_switchboard.emulator.operations import Operations, start_operation
from pulumi_switchboard.emulator.paging import Pages, list_page
from pulumi_switchboard.emulator.reads import Readiness, note_change, note_start, read_all, read_one, unready
from pulumi_switchboard.emulator.request_body import JSON
from pulumi_switchboard.emulator.schema import Check
from pulumi_switchboard.emulator.store import JsonObject


@dataclass(frozen=True)
class Written:
    """One write of an object, at the time when it is done."""

    request: ApiRequest
    id: str
    members: JsonObject
    """What was sent; in an update, what the update has made of it."""
    old: JsonObject | None
    """The object before the write; None if it is new."""
    at: float


def replaced(_old: JsonObject, body: JsonObject) -> JsonObject:
    """Return the members after an update that replaces all of them."""
    return body


def merged(old: JsonObject, body: JsonObject) -> JsonObject:
    """Return the members after an update that changes only those that it has."""
    return {**old, **body}


@dataclass(frozen=True)
class Update:
    """One way to change an object."""

    method: str
    body: Check
    members: Callable[[JsonObject, JsonObject], JsonObject]
    """Returns the members from those of the old object and the body, or refuses the change."""


@dataclass(frozen=True)
class Collection:
    """The objects of one type, or an account setting: the one object of its type, at the path itself."""

    vendor: Vendor
    host: str
    """The host without region and edge: `voice.twilio.com`."""
    type: str
    """The type in the state: `twilio/voice:ClientConfiguration`."""
    path: str
    new_id: Callable[[ApiRequest], str]
    """Returns the id of a new object, or the one of an account setting."""
    show: Callable[[Written], JsonObject]
    """Returns an object after a write, as the vendor shows it."""
    media_type: str = JSON
    """The content type of requests."""
    create: Check | None = None
    """The body of the POST that creates an object; None if there is no such request."""
    updates: Sequence[Update] = ()
    fixed: Sequence[str] = ()
    """The members that an update cannot change."""
    deletes: bool = True
    noun: str = "object"
    """What errors call an object."""

    # Which objects there are
    is_setting: bool = False
    """Whether it is an account setting."""
    find_id: Callable[[dict[str, JsonObject], str], str] = lambda _objects, named: named
    """Returns the id that a path means."""
    unset: Callable[[ApiRequest], JsonObject] | None = None
    """Returns an account setting that was never written; None if it does not exist then."""
    exists: tuple[int, str] | None = None
    """Status and message of a POST over an account setting; None if it replaces the setting."""
    unique: Sequence[str] = ()
    """The members, with dots inside another one, whose values only one object can have."""
    taken: Callable[[str, str], Refused] = lambda name, _owner: Refused(409, f"{name}: already exists")
    """Returns the refusal of a value that is not unique, from its member and the id of the other object."""
    limit: int = 0
    """How many objects an account can have; 0 for no limit."""
    limit_code: int | None = None
    """The vendor's error code of one object too many."""
    before_delete: Callable[[ApiRequest, str], None] = lambda _request, _identifier: None
    """Does what else a deletion means, or refuses it."""

    # How writes are answered
    created: int = 201
    """The status of a POST that shows its object."""
    operations: AcceptedWrites | None = None
    """How writes that are done later are accepted; None if all are done at once."""
    refused_at_once: bool = True
    """Whether a write is refused when it arrives if its operation would fail."""
    busy: Callable[[str], Refused] | None = None
    """Returns the refusal of a write to an object with a pending operation; None if it is accepted."""
    keys: OtherContent | None = None
    """What happens to an idempotency key with other content; None if keys have no meaning."""

    # How objects are read
    pages: Pages | None = None
    """How they are listed; None if they are not."""
    etag: bool = False
    """Whether a GET has an `ETag`, and an update obeys `If-Match`."""
    lag: int = 0
    """How many reads of an object do not see its last write."""
    readiness: Readiness | None = None
    """How a new object says that it is not ready yet."""


def collection_api(collection: Collection, *others: Route, error: ErrorFormat | None = None) -> Api:
    """Return the API of a collection and its operations; the other routes have precedence."""
    query = collection.pages.query if collection.pages else frozenset[str]()
    return Api(collection.vendor, collection.host, (*others, *_routes(collection)), query, error)


def _routes(collection: Collection) -> list[Route]:
    item = collection.path if collection.is_setting else f"{collection.path}/{{id}}"

    def once(handler: Handler) -> Handler:
        return handler if collection.keys is None else idempotent(handler, collection.keys)

    routes = [Route("GET", item, partial(_fetch, collection))]
    if collection.pages is not None:
        routes.append(Route("GET", collection.path, partial(_list, collection, collection.pages)))
    if collection.create is not None:
        routes.append(Route("POST", collection.path, once(partial(_create, collection, collection.create))))
    routes += [
        Route(update.method, item, once(partial(_update, collection, update)))
        for update in collection.updates
    ]
    if collection.deletes:
        routes.append(Route("DELETE", item, once(partial(_delete, collection))))
    if collection.operations is not None:
        routes.append(operation_route(collection.operations))
    return routes


def _list(collection: Collection, pages: Pages, request: ApiRequest) -> Reply:
    return Reply(200, list_page(pages, request, lambda: read_all(request, collection.type)))


def _fetch(collection: Collection, request: ApiRequest) -> Reply:
    identifier = _identifier(collection, request)
    found = read_one(request, collection.type, identifier) or _unset(collection, request)
    headers = {"ETag": etag_of(found)} if collection.etag else {}
    if collection.readiness is not None:
        found = {**found, **unready(request, identifier, collection.readiness)}
    return Reply(200, found, headers)


def _create(collection: Collection, check_body: Check, request: ApiRequest) -> Reply:
    body = collection.vendor.read(request, check_body, collection.media_type)
    identifier = collection.new_id(request)
    objects = request.account.objects[collection.type]
    if collection.exists is not None and identifier in objects:
        raise Refused(*collection.exists)

    def check() -> None:
        if collection.limit and len(objects) >= collection.limit:
            message = f"The account has reached its limit of {collection.limit} {collection.noun}s"
            raise Refused(400, message, code=collection.limit_code)
        _refuse_taken(collection, request, body, owner=identifier)

    def change(at: float) -> JsonObject:
        check()
        if collection.readiness is not None:
            note_start(request, identifier, collection.readiness, at=at)
        return _keep(collection, Written(request, identifier, body, None, at))

    return _write(collection, request, identifier, check, change, status=collection.created)


def _update(collection: Collection, update: Update, request: ApiRequest) -> Reply:
    identifier, old = _find_for_write(collection, request)
    if collection.etag:
        refuse_other_version(request, old)
    body = collection.vendor.read(request, update.body, collection.media_type)

    def check() -> tuple[JsonObject, JsonObject]:
        current = _find(collection, request, identifier)
        for name in collection.fixed:
            if body.get(name, current[name]) != current[name]:
                raise Refused(400, f"{name}: cannot be changed")
        members = update.members(current, body)
        _refuse_taken(collection, request, body, owner=identifier)
        return current, members

    def change(at: float) -> JsonObject:
        current, members = check()
        return _keep(collection, Written(request, identifier, members, current, at))

    return _write(collection, request, identifier, check, change)


def _delete(collection: Collection, request: ApiRequest) -> Reply:
    identifier, _ = _find_for_write(collection, request)

    def change(_at: float) -> None:
        _find(collection, request, identifier)
        collection.before_delete(request, identifier)
        note_change(request, collection.type, identifier, lag=collection.lag)
        del request.account.objects[collection.type][identifier]

    return _write(collection, request, identifier, lambda: None, change)


def _write(
    collection: Collection,
    request: ApiRequest,
    identifier: str,
    check: Callable[[], object],
    change: Callable[[float], JsonObject | None],
    *,
    status: int = 200,
) -> Reply:
    """Do a write, or accept it and start its operation.

    `change` makes the change, as of a time, and returns the object as it is shown; None if it is deleted. It
    refuses what is not allowed by then, as others may have changed the account before an operation ends.
    `check` refuses the same when the request arrives.
    """
    if collection.operations is None or collection.operations.at_once:
        shown = change(request.now)
        return Reply(204) if shown is None else Reply(status, shown)
    if collection.refused_at_once:
        check()
    return accepted(collection.operations, request, start_operation(request, identifier, change))


def _identifier(collection: Collection, request: ApiRequest) -> str:
    if collection.is_setting:
        return collection.new_id(request)
    return collection.find_id(request.account.objects[collection.type], request.parameters["id"])


def _find(collection: Collection, request: ApiRequest, identifier: str) -> JsonObject:
    return request.account.objects[collection.type].get(identifier) or _unset(collection, request)


def _unset(collection: Collection, request: ApiRequest) -> JsonObject:
    if collection.unset is None:
        raise collection.vendor.not_found(request)
    return collection.unset(request)


def _find_for_write(collection: Collection, request: ApiRequest) -> tuple[str, JsonObject]:
    identifier = _identifier(collection, request)
    if collection.busy is not None and request.account.part(Operations).busy(identifier):
        raise collection.busy(identifier)
    return identifier, _find(collection, request, identifier)


def _refuse_taken(collection: Collection, request: ApiRequest, body: JsonObject, *, owner: str) -> None:
    for path in collection.unique:
        wanted = _value(body, path)
        for identifier, other in request.account.objects[collection.type].items():
            if wanted is not None and identifier != owner and _value(other, path) == wanted:
                raise collection.taken(path.partition(".")[0], identifier)


def _value(members: JsonObject, path: str) -> object:
    value: Any = members
    for name in path.split("."):
        value = (value or {}).get(name)
    return value


def _keep(collection: Collection, written: Written) -> JsonObject:
    shown = collection.show(written)
    note_change(written.request, collection.type, written.id, lag=collection.lag)
    written.request.account.objects[collection.type][written.id] = shown
    return shown
