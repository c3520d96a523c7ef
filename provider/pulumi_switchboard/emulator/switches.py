"""What the emulator does where the vendors' documentation leaves the answer open."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, get_args, get_type_hints


@dataclass(frozen=True)
class Switches:
    """One field for each open question; the defaults are what we think most likely.

    An entry such as `D-23` is one of the project's list of disagreements between the vendors' sources.
    """

    voice_list_and_unset_default: bool = True
    """D-22: Client configurations can be listed and the default can be unset; if off, both answer 405."""

    voice_timestamps: bool = True
    """D-23: Client configurations have `date_created` and `date_updated`."""

    voice_create_status: Literal[201, 200] = 201
    """D-24: the status of a successful create."""

    voice_lookup_by_unique_name: bool = True
    """D-25: GET, PUT and DELETE accept the unique name in place of the id; if off, that is a 404."""

    voice_unique_names: bool = True
    """No entry: a unique name that is taken in the account is refused with 409; if off, it is accepted."""

    voice_delete_of_default: Literal["unset", "refuse"] = "unset"
    """No entry: deleting the default configuration unsets the default, or is refused with 409."""

    orchestrator_related: Literal["present", "null", "absent"] = "present"
    """D-12: `related` in the answer to an accepted write has the configuration's id, is null or is absent."""

    orchestrator_operation_related: Literal["present", "completed", "null", "absent"] = "present"
    """D-12: the same in an operation; `completed`: only a COMPLETED one has it."""

    orchestrator_related_prefix: Literal["conv", "cfg", "cfg_alias"] = "conv"
    """D-01: `related` has the id, or the id with `cfg_` for `conv_`; `cfg_alias`: paths accept that id."""

    orchestrator_operation_result: bool = False
    """D-12: a COMPLETED operation has `result` with `type` and `id`."""

    orchestrator_accepted_headers: Literal["all", "operation_id", "location", "none"] = "all"
    """No entry: which of `Operation-Id` and `Location` the answer to an accepted write has."""

    orchestrator_status_url: Literal["own", "elsewhere"] = "own"
    """No entry: `statusUrl` and `Location` are on the emulator's origin or on one that does not exist."""

    orchestrator_running: bool = True
    """D-11: an operation is PENDING and then RUNNING; if off, it is PENDING until it ends."""

    orchestrator_operation_error_code: bool = False
    """D-14: the error of a failed operation also has `code`."""

    orchestrator_young_operation: int = 0
    """No entry: how many first GETs of an operation are 404."""

    orchestrator_operation_days: int = 0
    """No entry: how many days after its end an operation is kept; 0 for no limit."""

    orchestrator_lag: int = 0
    """No entry: how many reads of a configuration after its operation still show the old version."""

    orchestrator_fill: Literal["null", "empty", "absent"] = "null"
    """No entry: members that were not sent are shown as null, empty or not at all."""

    orchestrator_newer_members: bool = False
    """No entry: configurations have the three members that are only in the vendor's SDK of October 2026."""

    orchestrator_error_shape: Literal["E1", "E2", "E1_conflict_400"] = "E1"
    """D-13: the body of errors; `E1_conflict_400` is E1, but the `code` of a 409 is 400."""

    orchestrator_synchronous: bool = False
    """D-43: writes are done at once and answer 201, 200 or 204, without an operation."""

    orchestrator_patch: bool = True
    """D-10: there is a PATCH; if off, it is a 405."""

    orchestrator_grouping_type_can_change: bool = False
    """D-16: a PUT or PATCH may change the grouping type; if off, that is a 400."""

    orchestrator_concurrent_writes: Literal["refuse", "accept"] = "refuse"
    """No entry: a write to a configuration with a pending operation is a 409, or is accepted."""

    orchestrator_key_with_other_content: Literal["replay", "refuse", "conflict"] = "replay"
    """No entry: a known idempotency key with another request gets the first answer, a 400 or a 409."""

    orchestrator_unique_bridges: bool = True
    """No entry: a v1 service that another configuration has is a 409; if off, it is accepted."""

    orchestrator_unique_display_names: bool = False
    """No entry: a display name that is taken is a 409; if off, it is accepted."""

    orchestrator_limit: int = 0
    """D-15: how many configurations an account can have; 0 for no limit."""

    conversations_unknown_filters: Literal["accept", "refuse"] = "accept"
    """D-27: filters that are not among the 23 of the newest description are accepted, or refused with 400."""

    conversations_filter_order: Literal["kept", "sorted", "reversed"] = "kept"
    """No entry: filters are in the order of the request, sorted or reversed."""

    conversations_empty_value: Literal["null", "empty", "ignore"] = "null"
    """No entry: an empty value unsets its member, makes it an empty text or list, or is ignored."""

    conversations_method_case: Literal["upper", "lower", "kept"] = "upper"
    """D-30: `method` is in upper case, in lower case or as in the request."""

    conversations_unset_target: Literal["webhook", "null"] = "webhook"
    """No entry: the value of an unset `target`."""

    ultravox_create_over_existing: Literal["replace", "refuse", "conflict"] = "replace"
    """No entry: a POST over an existing configuration replaces it with 201, or is a 400 or a 409."""

    ultravox_token_prefix_length: int = 4
    """No entry: how many characters of the auth token the prefix has."""

    ultravox_context_mapping_in_patch: Literal["replace", "merge"] = "replace"
    """No entry: a PATCH replaces `requestContextMapping`, or adds its members to the old ones."""

    ultravox_agent_order: Literal["kept", "sorted"] = "kept"
    """No entry: agent ids are in the order of the request, or sorted."""

    ultravox_fill: Literal["empty", "absent"] = "empty"
    """No entry: members that are empty or false are shown as they are, or not at all."""


def parse_switches(assignments: Iterable[str]) -> Switches:
    """Build switches from texts of the form `NAME=VALUE`.

    Raises:
        ValueError: A text has another form, an unknown name, or a value that the switch does not have.
    """
    kinds = get_type_hints(Switches)
    names = [field.name for field in fields(Switches)]
    values: dict[str, object] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ValueError(f"'{assignment}' is not of the form NAME=VALUE")
        if name not in names:
            raise ValueError(f"there is no switch '{name}'; there are {', '.join(names)}")
        if kinds[name] is int:
            values[name] = _number(name, text)
            continue
        choices = _choices(kinds[name])
        if text not in choices:
            raise ValueError(f"{name} cannot be '{text}'; it can be {' or '.join(choices)}")
        values[name] = choices[text]
    return Switches(**values)  # type: ignore[arg-type]


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} cannot be '{text}'; it can be a number from 0 up")
    return int(text)


def _choices(kind: object) -> dict[str, object]:
    """Return the values of a switch by their texts."""
    if kind is bool:
        return {"on": True, "off": False}
    return {str(choice): choice for choice in get_args(kind)}
