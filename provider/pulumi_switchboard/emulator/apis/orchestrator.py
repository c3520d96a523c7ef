"""Twilio Conversation Orchestrator (Conversations v2): configurations and the operations of their writes."""

from functools import partial

from pulumi_switchboard.emulator.accepted import AcceptedWrites
from pulumi_switchboard.emulator.api import Api, ApiDefinition, Refused, Reply, Route
from pulumi_switchboard.emulator.collection import Collection, Update, collection_api
from pulumi_switchboard.emulator.operations import Operation
from pulumi_switchboard.emulator.orchestrator.bodies import bodies
from pulumi_switchboard.emulator.orchestrator.configuration import patched, replaced, shown
from pulumi_switchboard.emulator.orchestrator.switches import OrchestratorSwitches
from pulumi_switchboard.emulator.paging import Pages
from pulumi_switchboard.emulator.schema import matching
from pulumi_switchboard.emulator.store import JsonObject
from pulumi_switchboard.emulator.twilio import TWILIO, error_code, type_ids

_OPERATIONS = "/v2/ControlPlane/Operations"
_HEADERS = {"all": {"Operation-Id", "Location"}, "operation_id": {"Operation-Id"}, "location": {"Location"}}
_ERROR = ("type", "title", "status", "detail", "instance")
_SERVER_ERRORS_FROM = 500
_CONFLICT = 409


def _conflict(message: str, blocker: str) -> Refused:
    """Return the refusal of a write because of another configuration, which the answer names."""
    return Refused(_CONFLICT, message, headers={"X-Conflicting-Resource-Id": blocker})


def _find_id(switches: OrchestratorSwitches, _objects: dict[str, JsonObject], named: str) -> str:
    is_alias = switches.orchestrator_related_prefix == "cfg_alias" and named.startswith("cfg_")
    return named.replace("cfg_", "conv_", 1) if is_alias else named


def _related(switches: OrchestratorSwitches, operation: Operation, choice: str) -> JsonObject:
    if choice == "absent":
        return {}
    if choice == "null":
        return {"related": None}
    is_alias = switches.orchestrator_related_prefix != "conv"
    named = operation.subject.replace("conv_", "cfg_", 1) if is_alias else operation.subject
    return {"related": {"configurationId": named}}


def _related_in_operation(switches: OrchestratorSwitches, operation: Operation, status: str) -> JsonObject:
    choice = switches.orchestrator_operation_related
    if choice == "completed":
        choice = "present" if status == "COMPLETED" else "absent"
    return _related(switches, operation, choice)


def _error(switches: OrchestratorSwitches, refused: Refused) -> Reply:
    """Return an error in the format that the switch says."""
    if switches.orchestrator_error_shape == "E2":
        body = {
            "code": error_code(refused),
            "message": refused.message,
            "httpStatusCode": refused.status,
            "userError": refused.status < _SERVER_ERRORS_FROM,
            "params": {},
        }
        return Reply(refused.status, body, TWILIO.error(refused).headers)
    if switches.orchestrator_error_shape == "E1_conflict_400" and refused.status == _CONFLICT:
        refused = Refused(_CONFLICT, refused.message, code=400, headers=refused.headers)
    return TWILIO.error(refused)


def _api(switches: OrchestratorSwitches) -> Api:
    accepted = bodies(has_newer_members=switches.orchestrator_newer_members)
    unique = {
        "conversationsV1Bridge.serviceId": switches.orchestrator_unique_bridges,
        "displayName": switches.orchestrator_unique_display_names,
    }
    operations = AcceptedWrites(
        _OPERATIONS,
        answer=lambda operation: _related(switches, operation, switches.orchestrator_related),
        more=partial(_related_in_operation, switches),
        error=_ERROR + (("code",) if switches.orchestrator_operation_error_code else ()),
        has_result=switches.orchestrator_operation_result,
        at_once=switches.orchestrator_synchronous,
        headers=frozenset(_HEADERS.get(switches.orchestrator_accepted_headers, ())),
        origin=None if switches.orchestrator_status_url == "own" else "https://elsewhere.example",
        running="RUNNING" if switches.orchestrator_running else "PENDING",
        young=switches.orchestrator_young_operation,
        kept_days=switches.orchestrator_operation_days,
    )
    message = "Another operation on the configuration is in progress"
    is_busy = switches.orchestrator_concurrent_writes == "refuse"
    memory_store = matching("mem_(store|service)_[0-7][0-9a-z]{25}")
    configurations = Collection(
        TWILIO,
        "conversations.twilio.com",
        "twilio/orchestrator:Configuration",
        "/v2/ControlPlane/Configurations",
        new_id=type_ids("conv_configuration"),
        show=partial(shown, switches),
        create=accepted.create,
        noun="configuration",
        updates=[Update("PUT", accepted.replace, replaced), Update("PATCH", accepted.patch, patched)],
        fixed=() if switches.orchestrator_grouping_type_can_change else ["conversationGroupingType"],
        pages=Pages("configurations", filters={"memoryStoreId": memory_store}),
        find_id=partial(_find_id, switches),
        unique=[path for path, is_unique in unique.items() if is_unique],
        taken=lambda name, owner: _conflict(f"{name}: another configuration has it already", owner),
        limit=switches.orchestrator_limit,
        operations=operations,
        busy=(lambda identifier: _conflict(message, identifier)) if is_busy else None,
        keys=switches.orchestrator_key_with_other_content,
        lag=switches.orchestrator_lag,
    )
    no_patch = Route("PATCH", f"{configurations.path}/{{id}}", None)
    others = () if switches.orchestrator_patch else (no_patch,)
    return collection_api(configurations, *others, error=partial(_error, switches))


api = ApiDefinition(OrchestratorSwitches, _api)
