"""Declared account settings: one object of an account, and the requests that follow from the declaration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pulumi_switchboard.emulator.api import ApiRequest, Refused, Reply, Route, Vendor, route
from pulumi_switchboard.emulator.request_body import JSON
from pulumi_switchboard.emulator.schema import Check
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.written import Update, Written


@dataclass(frozen=True)
class AccountSetting:
    """An object that exists at most once in an account."""

    vendor: Vendor
    type: str
    """The type in the state."""

    path: str
    show: Callable[[Written], JsonObject]
    """Returns the object after a write, as the vendor shows it."""

    id: str | None = None
    """The id in the state; None for the id of the account."""

    unset: Callable[[ApiRequest], JsonObject] | None = None
    """Returns the object of an account that has never written it; None if there is none then."""

    request: Check | None = None
    """The body of the POST that creates the object; None if there is no such request."""

    exists: Refused | None = None
    """The refusal of a POST if there is an object; None if the POST replaces the object."""

    updates: Sequence[Update] = ()
    deletes: bool = False
    """Whether there is a DELETE."""


def setting_routes(setting: AccountSetting) -> tuple[Route, ...]:
    """Return the routes of an account setting."""
    routes = [route("GET", setting.path, partial(_fetch, setting))]
    if setting.request is not None:
        routes.append(route("POST", setting.path, partial(_create, setting, setting.request)))
    routes += [
        route(update.method, setting.path, partial(_update, setting, update)) for update in setting.updates
    ]
    if setting.deletes:
        routes.append(route("DELETE", setting.path, partial(_delete, setting)))
    return tuple(routes)


def _fetch(setting: AccountSetting, request: ApiRequest) -> Reply:
    return Reply(200, _find(setting, request))


def _create(setting: AccountSetting, check: Check, request: ApiRequest) -> Reply:
    body = setting.vendor.read(request, check, JSON)
    if setting.exists is not None and _id(setting, request) in request.account.objects[setting.type]:
        raise setting.exists
    return Reply(201, _keep(setting, request, body, None))


def _update(setting: AccountSetting, update: Update, request: ApiRequest) -> Reply:
    old = _find(setting, request)
    body = setting.vendor.read(request, update.request, update.media_type)
    return Reply(200, _keep(setting, request, update.members(old, body), old))


def _delete(setting: AccountSetting, request: ApiRequest) -> Reply:
    _find(setting, request)
    request.account.objects[setting.type].clear()
    return Reply(204)


def _id(setting: AccountSetting, request: ApiRequest) -> str:
    return setting.id or request.account.id


def _find(setting: AccountSetting, request: ApiRequest) -> JsonObject:
    found = request.account.objects[setting.type].get(_id(setting, request))
    if found is not None:
        return found
    if setting.unset is None:
        raise setting.vendor.not_found(request)
    return setting.unset(request)


def _keep(
    setting: AccountSetting, request: ApiRequest, members: JsonObject, old: JsonObject | None
) -> JsonObject:
    shown = setting.show(Written(request, _id(setting, request), members, old, request.now))
    request.account.objects[setting.type][_id(setting, request)] = shown
    return shown
