"""The switches of Conversation Orchestrator."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class OrchestratorSwitches:
    """The switches of Twilio Conversation Orchestrator."""

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
    orchestrator_fill: Literal["absent", "null", "empty"] = "absent"
    """No entry: members that were not sent are absent (the vendor's schema allows no null), null or empty."""
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
