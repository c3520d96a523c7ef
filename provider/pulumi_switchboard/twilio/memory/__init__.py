"""Resources of twilio.memory.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.twilio.memory.store import Store as Store

__all__ = ["Store"]
