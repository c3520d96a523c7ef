"""Resources of ultravox.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.ultravox.twilio_telephony import TwilioTelephony as TwilioTelephony

__all__ = ["TwilioTelephony"]
