"""Resources of twilio.voice.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.twilio.voice.client_configuration import CallNotification as CallNotification
from pulumi_switchboard.twilio.voice.client_configuration import (
    CallNotificationArgsDict as CallNotificationArgsDict,
)
from pulumi_switchboard.twilio.voice.client_configuration import ClientConfiguration as ClientConfiguration
from pulumi_switchboard.twilio.voice.default_client_configuration import (
    DefaultClientConfiguration as DefaultClientConfiguration,
)
from pulumi_switchboard.twilio.voice.recording_configuration import CompositionPolicy as CompositionPolicy
from pulumi_switchboard.twilio.voice.recording_configuration import (
    CompositionPolicyArgsDict as CompositionPolicyArgsDict,
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

__all__ = [
    "CallNotification",
    "CallNotificationArgsDict",
    "ClientConfiguration",
    "CompositionPolicy",
    "CompositionPolicyArgsDict",
    "DefaultClientConfiguration",
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
]
