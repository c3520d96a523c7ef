"""What type checkers have to accept of `twilio.orchestrator.Configuration`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

import pulumi
from pulumi_switchboard.twilio.orchestrator import (
    ChannelSetting,
    ChannelSettingArgsDict,
    Configuration,
    ConversationsV1Bridge,
    ConversationsV1BridgeArgsDict,
    GetConfigurationResult,
    StatusCallback,
    StatusCallbackArgsDict,
    get_configuration,
    get_configuration_output,
    list_configurations,
    list_configurations_output,
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
assert_type(get_configuration(id="it"), GetConfigurationResult)
assert_type(
    get_configuration_output(id=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetConfigurationResult],
)
assert_type(get_configuration(display_name="it"), GetConfigurationResult)
assert_type(
    get_configuration_output(display_name=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetConfigurationResult],
)
looked_up = get_configuration(id="it")
later = get_configuration_output(id="it")
assert_type(looked_up.display_name, str)
assert_type(looked_up.description, str)
assert_type(
    looked_up.conversation_grouping_type,
    Literal[
        "GROUP_BY_PROFILE",
        "GROUP_BY_PARTICIPANT_ADDRESSES",
        "GROUP_BY_PARTICIPANT_ADDRESSES_AND_CHANNEL_TYPE",
    ],
)
assert_type(looked_up.memory_store_id, str)
assert_type(looked_up.channel_settings, dict[str, ChannelSetting] | None)
assert_type(looked_up.status_callbacks, list[StatusCallback] | None)
assert_type(looked_up.intelligence_configuration_ids, list[str] | None)
assert_type(looked_up.memory_extraction_enabled, bool)
assert_type(looked_up.conversations_v1_bridge, ConversationsV1Bridge | None)
assert_type(looked_up.configuration_id, str)
assert_type(looked_up.account_sid, str)
assert_type(looked_up.version, int | None)
assert_type(looked_up.created_at, str | None)
assert_type(looked_up.updated_at, str | None)
assert_type(asdict(looked_up), dict[str, Any])
assert_type(list_configurations(memory_store_id=looked_up.memory_store_id), list[GetConfigurationResult])
assert_type(
    list_configurations_output(memory_store_id=made.memory_store_id),
    pulumi.Output[list[GetConfigurationResult]],
)
again = Configuration(
    "again",
    display_name=looked_up.display_name,
    description=looked_up.description,
    conversation_grouping_type=looked_up.conversation_grouping_type,
    memory_store_id=looked_up.memory_store_id,
    channel_settings=looked_up.channel_settings,
    status_callbacks=looked_up.status_callbacks,
    intelligence_configuration_ids=looked_up.intelligence_configuration_ids,
    memory_extraction_enabled=looked_up.memory_extraction_enabled,
    conversations_v1_bridge=looked_up.conversations_v1_bridge,
)
afterwards = Configuration(
    "afterwards",
    display_name=later.apply(lambda found: found.display_name),
    description=later.apply(lambda found: found.description),
    conversation_grouping_type=later.apply(lambda found: found.conversation_grouping_type),
    memory_store_id=later.apply(lambda found: found.memory_store_id),
    channel_settings=later.apply(lambda found: found.channel_settings),
    status_callbacks=later.apply(lambda found: found.status_callbacks),
    intelligence_configuration_ids=later.apply(lambda found: found.intelligence_configuration_ids),
    memory_extraction_enabled=later.apply(lambda found: found.memory_extraction_enabled),
    conversations_v1_bridge=later.apply(lambda found: found.conversations_v1_bridge),
)
