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

__all__ = [
    "CallNotification",
    "CallNotificationArgsDict",
    "ClientConfiguration",
    "DefaultClientConfiguration",
]
