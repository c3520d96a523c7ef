"""Resources and look-ups of twilio.voice.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.twilio.voice.client_configuration import CallNotification as CallNotification
from pulumi_switchboard.twilio.voice.client_configuration import (
    CallNotificationArgsDict as CallNotificationArgsDict,
)
from pulumi_switchboard.twilio.voice.client_configuration import ClientConfiguration as ClientConfiguration
from pulumi_switchboard.twilio.voice.client_configuration import (
    GetClientConfigurationResult as GetClientConfigurationResult,
)
from pulumi_switchboard.twilio.voice.client_configuration import (
    get_client_configuration as get_client_configuration,
)
from pulumi_switchboard.twilio.voice.client_configuration import (
    get_client_configuration_output as get_client_configuration_output,
)
from pulumi_switchboard.twilio.voice.client_configuration import (
    list_client_configurations as list_client_configurations,
)
from pulumi_switchboard.twilio.voice.client_configuration import (
    list_client_configurations_output as list_client_configurations_output,
)
from pulumi_switchboard.twilio.voice.default_client_configuration import (
    DefaultClientConfiguration as DefaultClientConfiguration,
)
from pulumi_switchboard.twilio.voice.default_client_configuration import (
    GetDefaultClientConfigurationResult as GetDefaultClientConfigurationResult,
)
from pulumi_switchboard.twilio.voice.default_client_configuration import (
    get_default_client_configuration as get_default_client_configuration,
)
from pulumi_switchboard.twilio.voice.default_client_configuration import (
    get_default_client_configuration_output as get_default_client_configuration_output,
)
from pulumi_switchboard.twilio.voice.recording_configuration import CompositionPolicy as CompositionPolicy
from pulumi_switchboard.twilio.voice.recording_configuration import (
    CompositionPolicyArgsDict as CompositionPolicyArgsDict,
)
from pulumi_switchboard.twilio.voice.recording_configuration import (
    GetRecordingConfigurationResult as GetRecordingConfigurationResult,
)
from pulumi_switchboard.twilio.voice.recording_configuration import (
    RecordingConfiguration as RecordingConfiguration,
)
from pulumi_switchboard.twilio.voice.recording_configuration import RecordingFeature as RecordingFeature
from pulumi_switchboard.twilio.voice.recording_configuration import (
    RecordingFeatureArgsDict as RecordingFeatureArgsDict,
)
from pulumi_switchboard.twilio.voice.recording_configuration import (
    RecordingStatusCallback as RecordingStatusCallback,
)
from pulumi_switchboard.twilio.voice.recording_configuration import (
    RecordingStatusCallbackArgsDict as RecordingStatusCallbackArgsDict,
)
from pulumi_switchboard.twilio.voice.recording_configuration import (
    get_recording_configuration as get_recording_configuration,
)
from pulumi_switchboard.twilio.voice.recording_configuration import (
    get_recording_configuration_output as get_recording_configuration_output,
)
from pulumi_switchboard.twilio.voice.recording_configuration import (
    list_recording_configurations as list_recording_configurations,
)
from pulumi_switchboard.twilio.voice.recording_configuration import (
    list_recording_configurations_output as list_recording_configurations_output,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    GetTranscriptionConfigurationResult as GetTranscriptionConfigurationResult,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    ParticipantDefault as ParticipantDefault,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    ParticipantDefaultArgsDict as ParticipantDefaultArgsDict,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    TranscriptionConfiguration as TranscriptionConfiguration,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    TranscriptionStatusCallback as TranscriptionStatusCallback,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    TranscriptionStatusCallbackArgsDict as TranscriptionStatusCallbackArgsDict,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    get_transcription_configuration as get_transcription_configuration,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    get_transcription_configuration_output as get_transcription_configuration_output,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    list_transcription_configurations as list_transcription_configurations,
)
from pulumi_switchboard.twilio.voice.transcription_configuration import (
    list_transcription_configurations_output as list_transcription_configurations_output,
)

__all__ = [
    "CallNotification",
    "CallNotificationArgsDict",
    "ClientConfiguration",
    "CompositionPolicy",
    "CompositionPolicyArgsDict",
    "DefaultClientConfiguration",
    "GetClientConfigurationResult",
    "GetDefaultClientConfigurationResult",
    "GetRecordingConfigurationResult",
    "GetTranscriptionConfigurationResult",
    "ParticipantDefault",
    "ParticipantDefaultArgsDict",
    "RecordingConfiguration",
    "RecordingFeature",
    "RecordingFeatureArgsDict",
    "RecordingStatusCallback",
    "RecordingStatusCallbackArgsDict",
    "TranscriptionConfiguration",
    "TranscriptionStatusCallback",
    "TranscriptionStatusCallbackArgsDict",
    "get_client_configuration",
    "get_client_configuration_output",
    "get_default_client_configuration",
    "get_default_client_configuration_output",
    "get_recording_configuration",
    "get_recording_configuration_output",
    "get_transcription_configuration",
    "get_transcription_configuration_output",
    "list_client_configurations",
    "list_client_configurations_output",
    "list_recording_configurations",
    "list_recording_configurations_output",
    "list_transcription_configurations",
    "list_transcription_configurations_output",
]
