"""Resources of twilio.conversations.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.twilio.conversations.webhook_configuration import (
    WebhookConfiguration as WebhookConfiguration,
)

__all__ = ["WebhookConfiguration"]
