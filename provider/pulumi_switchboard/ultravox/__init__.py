"""Resources and look-ups of ultravox.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.ultravox.twilio_telephony import GetTwilioTelephonyResult as GetTwilioTelephonyResult
from pulumi_switchboard.ultravox.twilio_telephony import TwilioTelephony as TwilioTelephony
from pulumi_switchboard.ultravox.twilio_telephony import get_twilio_telephony as get_twilio_telephony
from pulumi_switchboard.ultravox.twilio_telephony import (
    get_twilio_telephony_output as get_twilio_telephony_output,
)

__all__ = [
    "GetTwilioTelephonyResult",
    "TwilioTelephony",
    "get_twilio_telephony",
    "get_twilio_telephony_output",
]
