"""Configuration types of Twilio."""
