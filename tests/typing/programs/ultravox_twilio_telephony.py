"""What type checkers have to accept of `ultravox.TwilioTelephony`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

import pulumi
from pulumi_switchboard.ultravox import TwilioTelephony, get_twilio_telephony, get_twilio_telephony_output
from typing_extensions import assert_type


def declare(
    *,
    account_sid: pulumi.Input[str],
    auth_token: pulumi.Input[str],
    call_creation_allowed_agent_ids: pulumi.Input[Sequence[pulumi.Input[str]] | None],
    call_creation_allow_all_agents: pulumi.Input[bool | None],
    request_context_mapping: pulumi.Input[Mapping[str, pulumi.Input[str]] | None],
    on_destroy: pulumi.Input[Literal["restore", "reset", "retain"] | None],
) -> TwilioTelephony:
    """Every argument may be a value or an output, at every depth."""
    return TwilioTelephony(
        "declared",
        account_sid=account_sid,
        auth_token=auth_token,
        call_creation_allowed_agent_ids=call_creation_allowed_agent_ids,
        call_creation_allow_all_agents=call_creation_allow_all_agents,
        request_context_mapping=request_context_mapping,
        on_destroy=on_destroy,
    )


fewest = TwilioTelephony(
    "fewest", account_sid="AC33333333333333333333333333333333", auth_token="1f1f-first-token-of-the-telephony"
)
made = declare(
    account_sid="AC33333333333333333333333333333333",
    auth_token="1f1f-first-token-of-the-telephony",
    call_creation_allowed_agent_ids=[
        "3c90c3cc-0d44-4b50-8888-8dd25736052a",
        "0f0e0d0c-0b0a-4908-8706-050403020100",
    ],
    call_creation_allow_all_agents=False,
    request_context_mapping={"From": "caller.number"},
    on_destroy="reset",
)
assert_type(made.id, pulumi.Output[str])
assert_type(made.account_sid, pulumi.Output[str])
assert_type(made.auth_token, pulumi.Output[str])
assert_type(made.call_creation_allowed_agent_ids, pulumi.Output[list[str] | None])
assert_type(made.call_creation_allow_all_agents, pulumi.Output[bool | None])
assert_type(made.request_context_mapping, pulumi.Output[dict[str, str] | None])
assert_type(made.on_destroy, pulumi.Output[Literal["restore", "reset", "retain"]])
assert_type(made.auth_token_prefix, pulumi.Output[str | None])
copied = TwilioTelephony(
    "copied",
    account_sid=made.account_sid,
    auth_token=made.auth_token,
    call_creation_allowed_agent_ids=made.call_creation_allowed_agent_ids,
    call_creation_allow_all_agents=made.call_creation_allow_all_agents,
    request_context_mapping=made.request_context_mapping,
    on_destroy=made.on_destroy,
)
looked_up = get_twilio_telephony()
later = get_twilio_telephony_output()
assert_type(looked_up.account_sid, str)
assert_type(looked_up.call_creation_allowed_agent_ids, list[str] | None)
assert_type(looked_up.call_creation_allow_all_agents, bool | None)
assert_type(looked_up.request_context_mapping, dict[str, str] | None)
assert_type(looked_up.auth_token_prefix, str | None)
assert_type(asdict(looked_up), dict[str, Any])
