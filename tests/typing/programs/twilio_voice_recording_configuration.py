"""What type checkers have to accept of `twilio.voice.RecordingConfiguration`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pulumi
from pulumi_switchboard.twilio.voice import (
    CompositionPolicy,
    CompositionPolicyArgsDict,
    GetRecordingConfigurationResult,
    RecordingConfiguration,
    RecordingFeature,
    RecordingFeatureArgsDict,
    RecordingStatusCallback,
    RecordingStatusCallbackArgsDict,
    get_recording_configuration,
    get_recording_configuration_output,
    list_recording_configurations,
    list_recording_configurations_output,
)
from typing_extensions import assert_type


def declare(
    *,
    unique_name: pulumi.Input[str | None],
    description: pulumi.Input[str | None],
    composition_policy: pulumi.Input[CompositionPolicyArgsDict | None],
    call_recording_status_callback: pulumi.Input[RecordingStatusCallbackArgsDict | None],
    conference_recording_status_callback: pulumi.Input[RecordingStatusCallbackArgsDict | None],
    features: pulumi.Input[Sequence[pulumi.Input[RecordingFeatureArgsDict]] | None],
) -> RecordingConfiguration:
    """Every argument may be a value or an output, at every depth."""
    return RecordingConfiguration(
        "declared",
        unique_name=unique_name,
        description=description,
        composition_policy=composition_policy,
        call_recording_status_callback=call_recording_status_callback,
        conference_recording_status_callback=conference_recording_status_callback,
        features=features,
    )


fewest = RecordingConfiguration(
    "fewest",
)
made = declare(
    unique_name="support",
    description="Calls to the support desk",
    composition_policy={"channels": "dual", "trim": "trim-silence", "track": "both"},
    call_recording_status_callback={
        "url": "https://desk.example.com/recorded?key=parameter-of-a-url",
        "method": "GET",
        "events": ["in-progress", "completed"],
    },
    conference_recording_status_callback={
        "url": "https://desk.example.com/conference",
        "method": "POST",
        "events": ["absent"],
    },
    features=[
        {
            "type": "transcriptionConfiguration",
            "feature_id": "voice_transcriptionconfiguration_1",
            "description": "For quality",
        },
        {
            "type": "transcriptionConfiguration",
            "feature_id": "voice_transcriptionconfiguration_2",
            "description": "For search",
        },
    ],
)
assert_type(made.id, pulumi.Output[str])
assert_type(made.configuration_id, pulumi.Output[str])
assert_type(made.account_sid, pulumi.Output[str])
assert_type(made.date_created, pulumi.Output[str | None])
assert_type(made.date_updated, pulumi.Output[str | None])
assert_type(made.unique_name, pulumi.Output[str | None])
assert_type(made.description, pulumi.Output[str | None])
assert_type(made.composition_policy, pulumi.Output[CompositionPolicy | None])
assert_type(made.call_recording_status_callback, pulumi.Output[RecordingStatusCallback | None])
assert_type(made.conference_recording_status_callback, pulumi.Output[RecordingStatusCallback | None])
assert_type(made.features, pulumi.Output[list[RecordingFeature] | None])
copied = RecordingConfiguration(
    "copied",
    unique_name=made.unique_name,
    description=made.description,
    composition_policy=made.composition_policy,
    call_recording_status_callback=made.call_recording_status_callback,
    conference_recording_status_callback=made.conference_recording_status_callback,
    features=made.features,
)
assert_type(get_recording_configuration(id="it"), GetRecordingConfigurationResult)
assert_type(
    get_recording_configuration_output(id=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetRecordingConfigurationResult],
)
assert_type(get_recording_configuration(unique_name="it"), GetRecordingConfigurationResult)
assert_type(
    get_recording_configuration_output(unique_name=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetRecordingConfigurationResult],
)
looked_up = get_recording_configuration(id="it")
later = get_recording_configuration_output(id="it")
assert_type(looked_up.configuration_id, str)
assert_type(looked_up.account_sid, str)
assert_type(looked_up.date_created, str | None)
assert_type(looked_up.date_updated, str | None)
assert_type(looked_up.unique_name, str | None)
assert_type(looked_up.description, str | None)
assert_type(looked_up.composition_policy, CompositionPolicy | None)
assert_type(looked_up.call_recording_status_callback, RecordingStatusCallback | None)
assert_type(looked_up.conference_recording_status_callback, RecordingStatusCallback | None)
assert_type(looked_up.features, list[RecordingFeature] | None)
assert_type(asdict(looked_up), dict[str, Any])
assert_type(list_recording_configurations(), list[GetRecordingConfigurationResult])
assert_type(list_recording_configurations_output(), pulumi.Output[list[GetRecordingConfigurationResult]])
again = RecordingConfiguration(
    "again",
    unique_name=looked_up.unique_name,
    description=looked_up.description,
    composition_policy=looked_up.composition_policy,
    call_recording_status_callback=looked_up.call_recording_status_callback,
    conference_recording_status_callback=looked_up.conference_recording_status_callback,
    features=looked_up.features,
)
afterwards = RecordingConfiguration(
    "afterwards",
    unique_name=later.apply(lambda found: found.unique_name),
    description=later.apply(lambda found: found.description),
    composition_policy=later.apply(lambda found: found.composition_policy),
    call_recording_status_callback=later.apply(lambda found: found.call_recording_status_callback),
    conference_recording_status_callback=later.apply(
        lambda found: found.conference_recording_status_callback
    ),
    features=later.apply(lambda found: found.features),
)
