"""Manage the configuration of conversational systems on Twilio and Ultravox with Pulumi."""
