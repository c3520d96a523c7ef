"""Resources of twilio.orchestrator.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.twilio.orchestrator.configuration import CaptureRule as CaptureRule
from pulumi_switchboard.twilio.orchestrator.configuration import CaptureRuleArgsDict as CaptureRuleArgsDict
from pulumi_switchboard.twilio.orchestrator.configuration import ChannelSetting as ChannelSetting
from pulumi_switchboard.twilio.orchestrator.configuration import (
    ChannelSettingArgsDict as ChannelSettingArgsDict,
)
from pulumi_switchboard.twilio.orchestrator.configuration import Configuration as Configuration
from pulumi_switchboard.twilio.orchestrator.configuration import (
    ConversationsV1Bridge as ConversationsV1Bridge,
)
from pulumi_switchboard.twilio.orchestrator.configuration import (
    ConversationsV1BridgeArgsDict as ConversationsV1BridgeArgsDict,
)
from pulumi_switchboard.twilio.orchestrator.configuration import StatusCallback as StatusCallback
from pulumi_switchboard.twilio.orchestrator.configuration import (
    StatusCallbackArgsDict as StatusCallbackArgsDict,
)
from pulumi_switchboard.twilio.orchestrator.configuration import StatusTimeouts as StatusTimeouts
from pulumi_switchboard.twilio.orchestrator.configuration import (
    StatusTimeoutsArgsDict as StatusTimeoutsArgsDict,
)

__all__ = [
    "CaptureRule",
    "CaptureRuleArgsDict",
    "ChannelSetting",
    "ChannelSettingArgsDict",
    "Configuration",
    "ConversationsV1Bridge",
    "ConversationsV1BridgeArgsDict",
    "StatusCallback",
    "StatusCallbackArgsDict",
    "StatusTimeouts",
    "StatusTimeoutsArgsDict",
]
