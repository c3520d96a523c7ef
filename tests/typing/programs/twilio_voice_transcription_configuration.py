"""What type checkers have to accept of `twilio.voice.TranscriptionConfiguration`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pulumi
from pulumi_switchboard.twilio.voice import (
    GetTranscriptionConfigurationResult,
    ParticipantDefault,
    ParticipantDefaultArgsDict,
    TranscriptionConfiguration,
    TranscriptionStatusCallback,
    TranscriptionStatusCallbackArgsDict,
    get_transcription_configuration,
    get_transcription_configuration_output,
    list_transcription_configurations,
    list_transcription_configurations_output,
)
from typing_extensions import assert_type


def declare(
    *,
    transcription_engine: pulumi.Input[str],
    language: pulumi.Input[str],
    participant_defaults: pulumi.Input[Sequence[pulumi.Input[ParticipantDefaultArgsDict]]],
    unique_name: pulumi.Input[str | None],
    description: pulumi.Input[str | None],
    speech_model: pulumi.Input[str | None],
    transcription_status_callback: pulumi.Input[TranscriptionStatusCallbackArgsDict | None],
    conversation_configuration_id: pulumi.Input[str | None],
) -> TranscriptionConfiguration:
    """Every argument may be a value or an output, at every depth."""
    return TranscriptionConfiguration(
        "declared",
        transcription_engine=transcription_engine,
        language=language,
        participant_defaults=participant_defaults,
        unique_name=unique_name,
        description=description,
        speech_model=speech_model,
        transcription_status_callback=transcription_status_callback,
        conversation_configuration_id=conversation_configuration_id,
    )


fewest = TranscriptionConfiguration(
    "fewest",
    transcription_engine="deepgram",
    language="en-US",
    participant_defaults=[
        {"audio_channel_index": 1, "type": "CUSTOMER"},
        {"audio_channel_index": 2, "type": "HUMAN_AGENT"},
    ],
    conversation_configuration_id="conv_configuration_1",
)
made = declare(
    unique_name="support",
    description="Calls to the support desk",
    transcription_engine="deepgram",
    language="en-US",
    participant_defaults=[
        {"audio_channel_index": 1, "type": "CUSTOMER"},
        {"audio_channel_index": 2, "type": "HUMAN_AGENT"},
    ],
    speech_model="nova-3",
    transcription_status_callback={
        "url": "https://desk.example.com/words?key=parameter-of-a-url",
        "method": "POST",
    },
    conversation_configuration_id="conv_configuration_1",
)
assert_type(made.id, pulumi.Output[str])
assert_type(made.configuration_id, pulumi.Output[str])
assert_type(made.account_sid, pulumi.Output[str])
assert_type(made.date_created, pulumi.Output[str | None])
assert_type(made.date_updated, pulumi.Output[str | None])
assert_type(made.unique_name, pulumi.Output[str | None])
assert_type(made.description, pulumi.Output[str | None])
assert_type(made.transcription_engine, pulumi.Output[str])
assert_type(made.language, pulumi.Output[str])
assert_type(made.participant_defaults, pulumi.Output[list[ParticipantDefault]])
assert_type(made.speech_model, pulumi.Output[str | None])
assert_type(made.transcription_status_callback, pulumi.Output[TranscriptionStatusCallback | None])
assert_type(made.conversation_configuration_id, pulumi.Output[str | None])
copied = TranscriptionConfiguration(
    "copied",
    unique_name=made.unique_name,
    description=made.description,
    transcription_engine=made.transcription_engine,
    language=made.language,
    participant_defaults=made.participant_defaults,
    speech_model=made.speech_model,
    transcription_status_callback=made.transcription_status_callback,
    conversation_configuration_id=made.conversation_configuration_id,
)
assert_type(get_transcription_configuration(id="it"), GetTranscriptionConfigurationResult)
assert_type(
    get_transcription_configuration_output(id=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetTranscriptionConfigurationResult],
)
assert_type(get_transcription_configuration(unique_name="it"), GetTranscriptionConfigurationResult)
assert_type(
    get_transcription_configuration_output(unique_name=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetTranscriptionConfigurationResult],
)
looked_up = get_transcription_configuration(id="it")
later = get_transcription_configuration_output(id="it")
assert_type(looked_up.configuration_id, str)
assert_type(looked_up.account_sid, str)
assert_type(looked_up.date_created, str | None)
assert_type(looked_up.date_updated, str | None)
assert_type(looked_up.unique_name, str | None)
assert_type(looked_up.description, str | None)
assert_type(looked_up.transcription_engine, str)
assert_type(looked_up.language, str)
assert_type(looked_up.participant_defaults, list[ParticipantDefault])
assert_type(looked_up.speech_model, str | None)
assert_type(looked_up.transcription_status_callback, TranscriptionStatusCallback | None)
assert_type(looked_up.conversation_configuration_id, str | None)
assert_type(asdict(looked_up), dict[str, Any])
assert_type(list_transcription_configurations(), list[GetTranscriptionConfigurationResult])
assert_type(
    list_transcription_configurations_output(), pulumi.Output[list[GetTranscriptionConfigurationResult]]
)
again = TranscriptionConfiguration(
    "again",
    transcription_engine=looked_up.transcription_engine,
    language=looked_up.language,
    participant_defaults=looked_up.participant_defaults,
    unique_name=looked_up.unique_name,
    description=looked_up.description,
    speech_model=looked_up.speech_model,
    transcription_status_callback=looked_up.transcription_status_callback,
    conversation_configuration_id=looked_up.conversation_configuration_id,
)
afterwards = TranscriptionConfiguration(
    "afterwards",
    transcription_engine=later.apply(lambda found: found.transcription_engine),
    language=later.apply(lambda found: found.language),
    participant_defaults=later.apply(lambda found: found.participant_defaults),
    unique_name=later.apply(lambda found: found.unique_name),
    description=later.apply(lambda found: found.description),
    speech_model=later.apply(lambda found: found.speech_model),
    transcription_status_callback=later.apply(lambda found: found.transcription_status_callback),
    conversation_configuration_id=later.apply(lambda found: found.conversation_configuration_id),
)
