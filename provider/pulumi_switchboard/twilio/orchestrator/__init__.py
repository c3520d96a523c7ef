"""Resources and look-ups of twilio.orchestrator.

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
from pulumi_switchboard.twilio.orchestrator.configuration import (
    GetConfigurationResult as GetConfigurationResult,
)
from pulumi_switchboard.twilio.orchestrator.configuration import StatusCallback as StatusCallback
from pulumi_switchboard.twilio.orchestrator.configuration import (
    StatusCallbackArgsDict as StatusCallbackArgsDict,
)
from pulumi_switchboard.twilio.orchestrator.configuration import StatusTimeouts as StatusTimeouts
from pulumi_switchboard.twilio.orchestrator.configuration import (
    StatusTimeoutsArgsDict as StatusTimeoutsArgsDict,
)
from pulumi_switchboard.twilio.orchestrator.configuration import get_configuration as get_configuration
from pulumi_switchboard.twilio.orchestrator.configuration import (
    get_configuration_output as get_configuration_output,
)
from pulumi_switchboard.twilio.orchestrator.configuration import list_configurations as list_configurations
from pulumi_switchboard.twilio.orchestrator.configuration import (
    list_configurations_output as list_configurations_output,
)

__all__ = [
    "CaptureRule",
    "CaptureRuleArgsDict",
    "ChannelSetting",
    "ChannelSettingArgsDict",
    "Configuration",
    "ConversationsV1Bridge",
    "ConversationsV1BridgeArgsDict",
    "GetConfigurationResult",
    "StatusCallback",
    "StatusCallbackArgsDict",
    "StatusTimeouts",
    "StatusTimeoutsArgsDict",
    "get_configuration",
    "get_configuration_output",
    "list_configurations",
    "list_configurations_output",
]
