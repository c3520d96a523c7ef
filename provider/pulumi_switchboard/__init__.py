"""Manage the configuration of conversational systems on Twilio and Ultravox with Pulumi."""

from pulumi_switchboard import twilio as twilio
from pulumi_switchboard.program.provider import Provider as Provider

__all__ = ["Provider", "twilio"]
