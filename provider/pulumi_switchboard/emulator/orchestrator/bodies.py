"""The request bodies that Conversation Orchestrator accepts."""

from dataclasses import dataclass

from pulumi_switchboard.emulator.schema import (
    Check,
    array,
    at_most,
    boolean,
    both,
    integer,
    mapping,
    matching,
    nullable,
    one_of,
    record,
    text,
    web_url,
)

_MISSING = "must not be null"

_DISPLAY_NAME = text(both(at_most(32), matching("[a-zA-Z0-9-_ ]+")))
_DESCRIPTION = text(at_most(512))
_GROUPING = one_of(
    "GROUP_BY_PROFILE",
    "GROUP_BY_PARTICIPANT_ADDRESSES",
    "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
)
_MINUTES = nullable(integer(least=1))


def _record(
    required: dict[str, Check], optional: dict[str, Check] | None = None, *, tolerant: bool = False
) -> Check:
    return record(required, optional=optional, missing=_MISSING, tolerant=tolerant)


def _channel(*, tolerant: bool) -> Check:
    timeouts = _record({}, {"inactive": _MINUTES, "closed": _MINUTES}, tolerant=tolerant)
    rule = _record({"from": text(), "to": text()}, {"metadata": nullable(mapping(text()))}, tolerant=tolerant)
    members = {"statusTimeouts": nullable(timeouts), "captureRules": nullable(array(rule, most=100))}
    return _record({}, members, tolerant=tolerant)


def _lists(*, tolerant: bool) -> dict[str, Check]:
    """Return the members that are optional in every request. Null is the same as absent."""
    callback = _record({"url": text(web_url)}, {"method": nullable(one_of("POST", "GET"))}, tolerant=tolerant)
    bridge = _record({"serviceId": text(matching("IS[0-9a-f]{32}"))}, tolerant=tolerant)
    return {
        "statusCallbacks": nullable(array(callback, most=2)),
        "intelligenceConfigurationIds": nullable(array(text(), most=5)),
        "memoryExtractionEnabled": nullable(boolean()),
        "conversationsV1Bridge": nullable(bridge),
    }


_OF_EVERY_WRITE = {
    "description": _DESCRIPTION,
    "conversationGroupingType": _GROUPING,
    "memoryStoreId": text(),
}

_NEWER = {
    "traitExtractionStrategyIds": nullable(array(text())),
    "observationExtractionStrategyIds": nullable(array(text())),
    "redactionConfigurationId": nullable(text()),
}


@dataclass(frozen=True)
class Bodies:
    """The checks of the bodies of the three writes."""

    create: Check
    replace: Check
    """It ignores unknown members, so that an answer to a GET can be sent unchanged."""
    patch: Check
    """Null clears a member and removes a channel."""


def bodies(*, has_newer_members: bool) -> Bodies:
    """Return the checks of the bodies."""
    newer = _NEWER if has_newer_members else {}
    create = _record(
        {"displayName": _DISPLAY_NAME, **_OF_EVERY_WRITE},
        {"channelSettings": nullable(mapping(_channel(tolerant=False))), **_lists(tolerant=False), **newer},
    )
    replace = _record(
        {**_OF_EVERY_WRITE, "channelSettings": mapping(_channel(tolerant=True))},
        {"displayName": nullable(_DISPLAY_NAME), **_lists(tolerant=True), **newer},
        tolerant=True,
    )
    patch = _record(
        {},
        {
            "displayName": nullable(_DISPLAY_NAME),
            "description": nullable(_DESCRIPTION),
            "conversationGroupingType": _GROUPING,
            "memoryStoreId": nullable(text()),
            "channelSettings": mapping(nullable(_channel(tolerant=False))),
            **_lists(tolerant=False),
            **newer,
        },
    )
    return Bodies(create, replace, patch)
