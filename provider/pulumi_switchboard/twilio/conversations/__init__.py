"""Resources of twilio.conversations.

Generated from the definitions by `make generate`: change those, not this file.
"""

from pulumi_switchboard.twilio.conversations.webhook_configuration import (
    WebhookConfiguration as WebhookConfiguration,
)

__all__ = ["WebhookConfiguration"]
