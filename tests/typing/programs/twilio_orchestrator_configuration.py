"""What type checkers have to accept of `twilio.orchestrator.Configuration`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import pulumi
from pulumi_switchboard.twilio.orchestrator import (
    ChannelSetting,
    ChannelSettingArgsDict,
    Configuration,
    ConversationsV1Bridge,
    ConversationsV1BridgeArgsDict,
    StatusCallback,
    StatusCallbackArgsDict,
)
from typing_extensions import assert_type


def declare(
    *,
    display_name: pulumi.Input[str],
    description: pulumi.Input[str],
    conversation_grouping_type: pulumi.Input[
        Literal[
            "GROUP_BY_PROFILE",
            "GROUP_BY_PARTICIPANT_ADDRESSES",
            "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
        ]
    ],
    memory_store_id: pulumi.Input[str],
    channel_settings: pulumi.Input[Mapping[str, pulumi.Input[ChannelSettingArgsDict]] | None],
    status_callbacks: pulumi.Input[Sequence[pulumi.Input[StatusCallbackArgsDict]] | None],
    intelligence_configuration_ids: pulumi.Input[Sequence[pulumi.Input[str]] | None],
    memory_extraction_enabled: pulumi.Input[bool | None],
    conversations_v1_bridge: pulumi.Input[ConversationsV1BridgeArgsDict | None],
) -> Configuration:
    """Every argument may be a value or an output, at every depth."""
    return Configuration(
        "declared",
        display_name=display_name,
        description=description,
        conversation_grouping_type=conversation_grouping_type,
        memory_store_id=memory_store_id,
        channel_settings=channel_settings,
        status_callbacks=status_callbacks,
        intelligence_configuration_ids=intelligence_configuration_ids,
        memory_extraction_enabled=memory_extraction_enabled,
        conversations_v1_bridge=conversations_v1_bridge,
    )


fewest = Configuration(
    "fewest",
    display_name="Support",
    description="Customer support",
    conversation_grouping_type="GROUP_BY_PROFILE",
    memory_store_id="mem_store_01k1etk2y5f1y9fpe2epfdtvv2",
)
made = declare(
    display_name="Support",
    description="Customer support",
    conversation_grouping_type="GROUP_BY_PROFILE",
    memory_store_id="mem_store_01k1etk2y5f1y9fpe2epfdtvv2",
    channel_settings={
        "SMS": {
            "status_timeouts": {"inactive": 10, "closed": 15},
            "capture_rules": [
                {"from_": "*", "to": "+18005550101", "metadata": {"callType": "PSTN", "from_": "x"}},
                {"from_": "+18005550101", "to": "*", "metadata": {"callType": "SIP"}},
            ],
        }
    },
    status_callbacks=[
        {"url": "https://desk.example.com/status?key=parameter-of-a-callback", "method": "POST"},
        {"url": "https://log.example.com/status", "method": "GET"},
    ],
    intelligence_configuration_ids=["intelligence_1", "intelligence_2"],
    memory_extraction_enabled=True,
    conversations_v1_bridge={"service_id": "IS00000000000000000000000000000000"},
)
assert_type(made.id, pulumi.Output[str])
assert_type(made.display_name, pulumi.Output[str])
assert_type(made.description, pulumi.Output[str])
assert_type(
    made.conversation_grouping_type,
    pulumi.Output[
        Literal[
            "GROUP_BY_PROFILE",
            "GROUP_BY_PARTICIPANT_ADDRESSES",
            "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
        ]
    ],
)
assert_type(made.memory_store_id, pulumi.Output[str])
assert_type(made.channel_settings, pulumi.Output[dict[str, ChannelSetting] | None])
assert_type(made.status_callbacks, pulumi.Output[list[StatusCallback] | None])
assert_type(made.intelligence_configuration_ids, pulumi.Output[list[str] | None])
assert_type(made.memory_extraction_enabled, pulumi.Output[bool])
assert_type(made.conversations_v1_bridge, pulumi.Output[ConversationsV1Bridge | None])
assert_type(made.configuration_id, pulumi.Output[str])
assert_type(made.account_sid, pulumi.Output[str])
assert_type(made.version, pulumi.Output[int | None])
assert_type(made.created_at, pulumi.Output[str | None])
assert_type(made.updated_at, pulumi.Output[str | None])
copied = Configuration(
    "copied",
    display_name=made.display_name,
    description=made.description,
    conversation_grouping_type=made.conversation_grouping_type,
    memory_store_id=made.memory_store_id,
    channel_settings=made.channel_settings,
    status_callbacks=made.status_callbacks,
    intelligence_configuration_ids=made.intelligence_configuration_ids,
    memory_extraction_enabled=made.memory_extraction_enabled,
    conversations_v1_bridge=made.conversations_v1_bridge,
)
