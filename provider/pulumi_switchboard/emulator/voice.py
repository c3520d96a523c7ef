"""What the three kinds of Twilio Voice configurations have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from pulumi_switchboard.emulator.api import Api, ApiRequest, Route
from pulumi_switchboard.emulator.clock import timestamp
from pulumi_switchboard.emulator.collection import Collection, Update, Written, collection_api, replaced
from pulumi_switchboard.emulator.paging import Pages, snake_meta
from pulumi_switchboard.emulator.schema import Check, both, not_empty, nullable, record, text
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, type_ids


@dataclass(frozen=True)
class VoiceSwitches:
    """The switches of Twilio Voice."""

    voice_list_and_unset_default: bool = True
    """D-22: configurations can be listed and the default can be unset; if off, both answer 405."""
    voice_timestamps: bool = True
    """D-23: configurations have `date_created` and `date_updated`."""
    voice_create_status: Literal[201, 200] = 201
    """D-24: the status of a successful create."""
    voice_lookup_by_unique_name: bool = True
    """D-25: GET, PUT and DELETE accept the unique name in place of the id; if off, that is a 404."""
    voice_unique_names: bool = True
    """No entry: a unique name that another configuration of the kind has is a 409; if off, it is accepted."""
    voice_delete_of_default: Literal["unset", "refuse"] = "unset"
    """No entry: deleting the default configuration unsets the default, or is refused with 409."""


@dataclass(frozen=True)
class VoiceKind:
    """One kind of configurations."""

    name: str
    """In the path, and as `configurationType`."""
    check: Check
    """The member `configuration` of a request."""
    defaults: JsonObject
    """What is shown for members of it that were not sent; see `_filled`."""
    before_delete: Callable[[ApiRequest, str], None] = lambda _request, _identifier: None
    """Does what else a deletion means, or refuses it."""


def voice_api(kind: VoiceKind, switches: VoiceSwitches, *others: Route) -> Api:
    """Return the API of one kind; the other routes have precedence."""
    request = record(
        {"configuration": kind.check},
        optional={
            "unique_name": nullable(text(both(not_empty, _unique_name))),
            "description": nullable(text()),
        },
    )
    path = f"/v2/Configurations/{kind.name}"
    if not switches.voice_list_and_unset_default:
        others = (*others, Route("GET", path, None))
    collection = Collection(
        TWILIO,
        "voice.twilio.com",
        f"twilio/voice:{kind.name}Configuration",
        path,
        new_id=type_ids(f"voice_{kind.name.lower()}configuration"),
        show=partial(_shown, kind, switches),
        create=request,
        updates=[Update("PUT", request, replaced)],
        pages=Pages("content", snake_meta),
        created=switches.voice_create_status,
        find_id=partial(_find_id, switches),
        unique=["unique_name"] if switches.voice_unique_names else (),
        before_delete=kind.before_delete,
    )
    return collection_api(collection, *others)


def _unique_name(value: str) -> str | None:
    if any(character.isspace() for character in value):
        return "must not contain spaces"
    return "is reserved" if value == "Default" else None


def _find_id(switches: VoiceSwitches, objects: dict[str, JsonObject], named: str) -> str:
    """Return the id that an id or a unique name means."""
    if named in objects or not switches.voice_lookup_by_unique_name:
        return named
    found = (identifier for identifier, shown in objects.items() if shown["unique_name"] == named)
    return next(found, named)


def _shown(kind: VoiceKind, switches: VoiceSwitches, written: Written) -> JsonObject:
    """Return a configuration as the vendor shows it."""
    body, now = written.members, timestamp(written.at)
    created = written.old["date_created"] if written.old and switches.voice_timestamps else now
    return {
        "account_sid": written.request.account.id,
        "configuration": _filled(body["configuration"], kind.defaults),
        "description": body.get("description"),
        "unique_name": body.get("unique_name"),
        "id": written.id,
        **({"date_created": created, "date_updated": now} if switches.voice_timestamps else {}),
    }


def _filled(value: Any, defaults: Any) -> Any:
    """Return a value with these defaults for what was not sent.

    Defaults are a value, `{…}` for the members of an object, or `[{…}]` for the items of a list. An object
    that was not sent stays absent, and a list is null then.
    """
    if isinstance(defaults, list):
        return value and [_filled(item, defaults[0]) for item in value]
    if not isinstance(defaults, dict):
        return defaults if value is None else value
    missing = {name: default for name, default in defaults.items() if not isinstance(default, dict)}
    return {name: _filled(value.get(name), defaults.get(name)) for name in {**missing, **value}}
