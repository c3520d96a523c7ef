"""Resources and look-ups of twilio.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.twilio import conversations as conversations
from pulumi_switchboard.twilio import memory as memory
from pulumi_switchboard.twilio import orchestrator as orchestrator
from pulumi_switchboard.twilio import voice as voice

__all__ = ["conversations", "memory", "orchestrator", "voice"]
