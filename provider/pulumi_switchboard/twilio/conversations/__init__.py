"""Resources and look-ups of twilio.conversations.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.twilio.conversations.webhook_configuration import (
    GetWebhookConfigurationResult as GetWebhookConfigurationResult,
)
from pulumi_switchboard.twilio.conversations.webhook_configuration import (
    WebhookConfiguration as WebhookConfiguration,
)
from pulumi_switchboard.twilio.conversations.webhook_configuration import (
    get_webhook_configuration as get_webhook_configuration,
)
from pulumi_switchboard.twilio.conversations.webhook_configuration import (
    get_webhook_configuration_output as get_webhook_configuration_output,
)

__all__ = [
    "GetWebhookConfigurationResult",
    "WebhookConfiguration",
    "get_webhook_configuration",
    "get_webhook_configuration_output",
]
